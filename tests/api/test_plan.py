"""The planner's desk: what is kept of plans, and what is refused before anything is started."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import TestRoom

from dutyroom.api.asking import Refused

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


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
    deleted = client.delete(f"/api/plan/plans/{key}").json()
    assert deleted["plan"]["name"] == "By hand"
    assert (
        client.post(f"/api/plan/plans/{key}", {"name": "x"}, "application/json").status_code == 404
    )
    version = deleted["version"]
    assert keep(f"?copy_of={key}&version={version}", name="By hand")["id"] == key
    assert json.loads(file(key).read_text("utf-8")) == said
    gone = client.post("/api/plan/plans?copy_of=none", {"name": "x"}, "application/json")
    assert gone.status_code == 404


def test_what_a_plan_changes_is_shown_in_both_languages_however_it_was_written(
    room: TestRoom,
) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="p", role="planner", password="!"))
    changes = [
        {"do": "set_rules", "rules": {"queue": "nearest", "lost_if_none": True, "odd": [1]}},
        {"do": "set_rules", "rules": {"preemption": {"by": 1, "of": 3}}},
        {"do": "set_shift", "id": "P1", "shift": "early"},
        {
            "do": "set_hours",
            "id": "P1",
            "hours": ["mon-fri 07:00-15:00 break 12:00 30", "sat 20:00-04:00"],
        },
        {"do": "juggle", "balls": 3},
        {},
    ]
    plan = {"name": "By hand", "changes": changes}
    kept = client.post("/api/plan/plans", plan, content_type="application/json").json()
    assert [line["zh"] for line in kept["told"]] == [
        "设定规则：排队 最近优先，无空闲力量时不等待 是，odd [1]",
        "设定规则：抢占 一级抽调三级及以下",
        "设定班次：编号 P1，班次 early",
        "设定在勤时段：编号 P1，时段 周一至周五 07:00-15:00（12:00 休息 30 分钟）、周六 20:00-04:00",
        "juggle：balls 3",
        "：",
    ]
    assert kept["told"][2]["en"] == "Shift set: P1, shift early"


def test_a_save_over_another_version_is_refused_and_says_what_to_do(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="p", role="planner", password="!"))

    def keep(to: str, **plan: str) -> Any:
        return client.post(f"/api/plan/plans{to}", plan, content_type="application/json")

    opened = keep("", name="Early").json()
    at = f"/{opened['id']}?version={opened['version']}"
    hers = keep(at, name="Early", note="hers").json()
    refused = keep(at, name="Early", note="his")
    assert refused.status_code == 409
    said = refused.json()
    assert said["refusal"] == "plan_saved_meanwhile"
    assert said["message"]["en"] == "Somebody else has saved this plan since you opened it."
    assert "save them as a copy, or look at theirs" in said["remedy"]["en"]
    assert "副本" in said["remedy"]["zh"]
    assert client.get("/api/plan").json()["plans"][1] == hers
    # Who doesn't say what they opened can't have seen what is there.
    assert keep(f"/{opened['id']}", name="Early", note="his").status_code == 409
    over = f"/{opened['id']}?version={hers['version']}"
    assert keep(over, name="Early", note="his").json()["plan"]["note"] == "his"


def test_of_many_that_save_at_once_over_one_version_only_one_does(room: TestRoom) -> None:
    from dutyroom.api.plan import _saved
    from dutyroom.planning.shown import Plan

    def saved(number: int) -> bool:
        try:
            _saved(opened.id, Plan(name="Early", note=str(number)), None, opened.version)
        except Refused:
            return False
        return True

    opened = _saved(None, Plan(name="Early"), None, "")
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(saved, range(24))) == 1
