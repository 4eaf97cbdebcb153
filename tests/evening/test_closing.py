"""Simulated colleagues take the steps that the route of a matter asks for, and no other."""

from dataclasses import replace

import pytest

from dutyroom.clocks.route import Leg, Light, Route
from dutyroom.core.text import Text
from dutyroom.evening.closing import Handled, may_conclude, next_of

USUAL = Route("usual", Text("Usual", "一般"), (Leg("conclude", "dispatcher"),))
LIGHT = replace(USUAL, code="light", light=Light("resolved", "done"))
APPROVED = replace(
    USUAL,
    code="approved",
    legs=(Leg("supervise", "supervisor", ("approved",)), *USUAL.legs),
)
READY = Handled(
    200.0, disposition=True, approved=False, has_open_tasks=False, patience_s=300.0, least_s=60.0
)


@pytest.mark.parametrize("route", [None, USUAL, LIGHT])
def test_a_matter_that_needs_no_approval_is_closed(route: Route | None) -> None:
    assert next_of(route, READY) == "close"


def test_how_it_came_out_is_said_first() -> None:
    assert next_of(APPROVED, replace(READY, disposition=False)) == "give_disposition"


def test_one_that_needs_approval_waits_for_the_supervisor_and_is_closed_then() -> None:
    assert next_of(APPROVED, READY) is None
    assert next_of(APPROVED, replace(READY, waited_s=301.0)) == "approve"
    assert next_of(APPROVED, replace(READY, approved=True)) == "close"


def test_one_with_work_left_is_approved_but_not_closed() -> None:
    left = replace(READY, waited_s=301.0, has_open_tasks=True)
    assert next_of(APPROVED, left) == "approve"
    assert next_of(APPROVED, replace(left, approved=True)) is None
    assert next_of(USUAL, left) is None


@pytest.mark.parametrize("waited_s", [10.0, 59.0])
def test_nothing_is_done_as_long_as_it_is_left_to_people(waited_s: float) -> None:
    assert next_of(USUAL, replace(READY, waited_s=waited_s)) is None


def test_some_light_matters_are_concluded_from_the_scene_and_no_others() -> None:
    assert may_conclude(LIGHT, 0.1)
    assert not may_conclude(LIGHT, 0.9)
    assert not may_conclude(USUAL, 0.1)
    assert not may_conclude(None, 0.1)
