"""The keeper tells of every kind of record that has a deadline: once, late where it was late."""

import json
import threading
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.harness.duty import MINUTE_MS, Duty, Time, without_leases
from tests.harness.rooms import TestRoom
from tests.harness.watched import BEGINS, DAY_MS

from dutyroom.actions.keeper import Keeper
from dutyroom.domain import AGGREGATES
from dutyroom.domain.watching.state import Watched
from dutyroom.journal.models import JournalEntry
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db
TOLD = ("deadline.told.v1", "loop.clock_escalated.v1")
SLEPT_MS = 29 * DAY_MS + 377 * MINUTE_MS
ENDED = ("matter", "notice")
EVERYBODY = ("call_taker", "dispatcher", "supervisor", "station_command", "desk_specialist")


def test_no_kind_with_deadlines_is_left_out() -> None:
    watched = {one.name for one in AGGREGATES if one.state and issubclass(one.state, Watched)}
    assert BEGINS.keys() == watched | {one.name for one in AGGREGATES if one.look}


@pytest.fixture
def begun(room: TestRoom, time: Time, duty: Duty) -> Mapping[str, UUID]:
    """A record of each kind, none of them due yet; one of every role is on duty."""
    duty.by_role = {role: (f"a {role}",) for role in EVERYBODY}
    duty.by_role |= {"supervisor": ("supervisor",), "dispatcher": ("dispatcher",)}
    return {kind: begin(room, time.now_ms()) for kind, begin in BEGINS.items()}


def told(begun: Mapping[str, UUID]) -> dict[str, list[dict[str, Any]]]:
    """What the journal says was told of each, the oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, id_ in begun.items():
        entries = JournalEntry.objects.filter(stream=f"{kind}:{id_}", type__in=TOLD)
        found[kind] = [json.loads(bytes(one.body)) for one in entries.order_by("position")]
    return found


def turns(watching: Keeper) -> int:
    """Until nothing is due; how many records that were."""
    looked = 0
    while count := watching.turn():
        looked += count
        assert looked < 1_000
    return looked


def next_look_ms(kind: str, id_: UUID) -> int | None:
    """When the keeper looks at it next."""
    rows = ListedView.objects.filter(kind=kind).values_list("row", "look_ms")
    found: int | None = next(look for row, look in rows if json.loads(row)["id"] == str(id_))
    return found


def wait_until(time: Time, at_ms: int) -> None:
    time.ahead_ms += max(0, at_ms - time.now_ms()) + 1_000


def test_each_step_is_told_once_and_in_time(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
) -> None:
    watching = Keeper(room.room.door)
    for _ in range(40):
        looks = [next_look_ms(kind, id_) for kind, id_ in begun.items()]
        waiting = [one for one in looks if one is not None]
        assert waiting
        wait_until(time, min(waiting))
        turns(watching)
        if all(told(begun).values()):
            break
    for kind, steps in told(begun).items():
        numbers = [(one.get("deadline", one.get("clock")), one["step"]) for one in steps]
        assert len(numbers) == len(set(numbers)), (kind, numbers)
        assert all(one["to"] for one in steps), kind
        assert all(one["late_ms"] < MINUTE_MS for one in steps), kind


def test_asleep_for_weeks_it_tells_once_says_how_late_and_the_next_lies_ahead(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
) -> None:
    time.ahead_ms += SLEPT_MS
    watching = Keeper(room.room.door)
    turns(watching)
    said = told(begun)
    for kind, id_ in begun.items():
        deadlines = [one.get("deadline", one.get("clock")) for one in said[kind]]
        assert deadlines, kind
        assert len(deadlines) == len(set(deadlines)), kind
        assert max(one["late_ms"] for one in said[kind]) > MINUTE_MS, kind
        ahead = next_look_ms(kind, id_)
        assert ahead is None or ahead > time.now_ms(), kind
    assert turns(watching) == 0
    time.ahead_ms += 40 * DAY_MS  # the matter and the notice have ended by themselves
    turns(watching)
    assert [told(begun)[kind] for kind in ENDED] == [said[kind] for kind in ENDED]


def test_two_at_once_and_one_after_them_tell_once(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
) -> None:
    time.ahead_ms += SLEPT_MS
    with without_leases():
        both = [threading.Thread(target=_turns_and_close, args=(room,)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    running = Keeper(room.room.door)
    running.start()
    running.stop()
    for kind, steps in told(begun).items():
        deadlines = [one.get("deadline", one.get("clock")) for one in steps]
        assert deadlines, kind
        assert len(deadlines) == len(set(deadlines)), kind


def _turns_and_close(room: TestRoom) -> None:
    try:
        turns(Keeper(room.room.door))
    finally:
        connection.close()


def test_where_nobody_is_on_duty_the_next_are_told_at_once_and_the_record_says_so(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
    duty: Duty,
) -> None:
    duty.by_role = {"supervisor": ("wei",)}
    time.ahead_ms += SLEPT_MS
    turns(Keeper(room.room.door))
    for kind, steps in told(begun).items():
        assert steps, kind
        assert all(one["to"] == ["wei"] for one in steps), kind


def test_nobody_at_all_is_said_too(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
    duty: Duty,
) -> None:
    duty.by_role = {}
    time.ahead_ms += SLEPT_MS
    watching = Keeper(room.room.door)
    turns(watching)
    for kind, steps in told(begun).items():
        assert steps, kind
        assert all(one["to"] == [] and one["passed"] for one in steps), kind
    assert turns(watching) == 0


def test_what_was_told_stands_in_the_row_until_it_is_done(
    room: TestRoom,
    begun: Mapping[str, UUID],
    time: Time,
) -> None:
    from tests.harness.rooms import TAKER

    from dutyroom.domain.callbacks.commands import ClaimCallBack, NoteNotReached

    wait_until(time, next_look_ms("call_back", begun["call_back"]) or 0)
    turns(Keeper(room.room.door))
    row = room.row("call_backs", begun["call_back"])
    assert row["alarm"]["told"] == ["a call_taker", "dispatcher"]
    room.done(TAKER, ClaimCallBack(begun["call_back"]))
    for _ in range(room.pack.loop.call_backs.attempts if room.pack.loop.call_backs else 0):
        room.done(TAKER, NoteNotReached(begun["call_back"]))
    (over,) = ListedView.objects.filter(kind="call_back").values_list("row", "look_ms")
    assert (json.loads(over[0])["alarm"], over[1]) == (None, None)
