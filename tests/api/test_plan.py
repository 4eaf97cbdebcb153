"""The planner's desk: what is kept of plans, and what is refused before anything is started."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import TestRoom

pytestmark = pytest.mark.db


def test_a_rehearsal_of_more_calls_than_make_sense_is_refused_at_once(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="p", role="planner", password="!"))
    asked = {"plans": ["today"], "hours": 168, "calls_per_h": 1_000_000}
    answer = client.post("/api/plan/runs", asked, content_type="application/json")
    assert answer.status_code == 409
    assert "168,000,000 calls" in answer.content.decode()
    assert client.get("/api/plan").json()["runs"] == []


def test_a_copy_keeps_what_the_page_does_not_show_and_a_deleted_plan_comes_back(
    room: TestRoom,
) -> None:
    from django.conf import settings

    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="p", role="planner", password="!"))

    def keep(to: str, **plan: str) -> dict[str, Any]:
        answer = client.post(f"/api/plan/plans{to}", plan, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def file(key: str) -> Path:
        return Path(settings.HOME.plans) / f"{key}.json"

    key = keep("", name="By hand")["id"]
    said = json.loads(file(key).read_text("utf-8")) | {"targets_s": {"1": 300}}
    file(key).write_text(json.dumps(said), encoding="utf-8")
    copy = keep(f"?copy_of={key}", name="Variant")["id"]
    assert json.loads(file(copy).read_text("utf-8")) == said | {"name": "Variant"}
    assert client.delete(f"/api/plan/plans/{key}").json()["plan"]["name"] == "By hand"
    assert (
        client.post(f"/api/plan/plans/{key}", {"name": "x"}, "application/json").status_code == 404
    )
    assert keep(f"?copy_of={key}", name="By hand")["id"] == key
    assert json.loads(file(key).read_text("utf-8")) == said
    gone = client.post("/api/plan/plans?copy_of=none", {"name": "x"}, "application/json")
    assert gone.status_code == 404
