"""Figures of a stage by week, and by organisation and category, through the API."""

import pytest
from tests.api.test_bulletin import closed, numbers, reader
from tests.harness.rooms import TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.bulletin import week_at

pytestmark = pytest.mark.db
__all__ = ["closed"]


def test_weeks_and_parts_of_a_stage_open_their_cases(room: TestRoom, closed: str) -> None:
    answer = reader("sun").get("/api/stage-figures?stage=analyse&weeks=4").json()
    this = week_at(now_ms(), room.pack.timezone).name
    assert (answer["week"], answer["next"], len(answer["weeks"])) == (this, None, 4)
    last = answer["weeks"][-1]
    assert (last["week"], last["figures"]["done"]) == (this, [closed])
    assert all(not one["figures"]["done"] for one in answer["weeks"][:-1])
    [part] = [one for one in answer["parts"] if one["figures"]["done"]]
    assert part["category"] == room.pack.vocabulary.categories[0].code
    assert part["figures"] == last["figures"] | {"median_s": part["figures"]["median_s"]}
    assert len(numbers(answer, last["figures"]["there"])) == 1


def test_of_another_category_there_is_nothing(room: TestRoom, closed: str) -> None:
    [_, other, *_] = room.pack.vocabulary.categories
    answer = reader("sun").get(f"/api/stage-figures?stage=analyse&category={other.code}").json()
    assert (answer["parts"], answer["cases"]) == ([], [])
    assert [one["figures"]["done"] for one in answer["weeks"]] == [[]] * 8


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("week=2026-W99", 404),
        ("week=2999-W01", 404),
        ("org=nowhere", 404),
        ("weeks=27", 422),
        ("weeks=0", 422),
        ("stage=concluded", 422),
    ],
)
def test_of_what_there_is_not_it_says_nothing(room: TestRoom, asked: str, status: int) -> None:
    assert reader("sun").get(f"/api/stage-figures?{asked}").status_code == status


def test_a_member_of_an_organisation_is_told_of_that_one_only(room: TestRoom, closed: str) -> None:
    own, other = [one.path for one in room.pack.orgs if one.path.count("/") == 1][:2]
    client = reader("li", own)
    assert client.get("/api/stage-figures").json()["org"] == own
    assert client.get(f"/api/stage-figures?org={other}").status_code == 404
