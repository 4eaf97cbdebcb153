"""What the planner's desk refuses before anything is started."""

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
