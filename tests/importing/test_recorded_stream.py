"""The stream of recorded calls obeys every rule of the domain, whatever the records say."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.room import Room
from tests.domain.strategies import CODES
from tests.harness.examples import DEEP, examples

from dutyroom.domain.context import Codes
from dutyroom.domain.incidents.commands import CancelAssignment, ClearAssignment
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import About, Event, Refusal
from dutyroom.importing.contract import load_contract
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.fields import TIMES
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.judging import CleanRow
from dutyroom.importing.recorded import (
    AS_RECORDED,
    CANCELLED,
    CLEARED,
    Recorded,
    recorded_stream,
    stream_of,
)
from dutyroom.policy import may_do

pytestmark = [pytest.mark.unit, pytest.mark.replay]
CONTRACT = load_contract("sf-fire")
_RECORDED_CODES = Codes(
    categories={one.code: one.priority for one in CONTRACT.categories.values()},
    priorities=frozenset(range(1, len(CONTRACT.priority_levels) + 1)),
    capabilities=CODES.capabilities,
    clear_reasons=frozenset({CLEARED}),
    cancel_reasons=frozenset({CANCELLED}),
    unavailable_reasons=frozenset(),
    override_reasons=frozenset({AS_RECORDED}),
    dispositions=frozenset(one.code for one in CONTRACT.dispositions.values()),
    no_incident_reasons=frozenset(),
    reopen_reasons=frozenset(),
)


class PlayRoom(Room):
    """Takes closed incidents off the table, so that a week is played in seconds."""

    def __init__(self, units: Iterable[str]) -> None:
        super().__init__(_RECORDED_CODES, tuple(units))
        self.closed: dict[UUID, IncidentState] = {}

    def apply(self, stream: str, event: Event, at_ms: int) -> None:
        super().apply(stream, event, at_ms)
        kind, _, id_ = stream.partition(":")
        state = self.states.get(stream)
        if kind == "incident" and isinstance(state, IncidentState) and state.state == "closed":
            self.closed[UUID(id_)] = state
            del self.states[stream]


def play(rows: list[CleanRow]) -> tuple[PlayRoom, list[Recorded]]:
    """Play all rows; nothing may be refused, by the rules or by policy."""
    room = PlayRoom({row.unit_id for row in rows})
    stream = list(stream_of(rows))
    for one in stream:
        unit = _unit_of(room, one.command)
        facts = About(unit=unit, channel=getattr(one.command, "channel", None))
        allowed = may_do(one.actor.role, one.actor.unit, one.command.VERB, facts)
        assert allowed.allowed, (one, allowed.because.en)
        decision = room.act(one.command, one.actor)
        assert not isinstance(decision, Refusal), (one, decision)
        assert decision, f"already done: {one}"
    assert not room.incidents
    assert {call.state for call in room.calls.values()} <= {"ended"}
    return room, stream


def _unit_of(room: Room, command: Any) -> str | None:
    assignment = getattr(command, "assignment", None)
    if assignment is None:
        return getattr(command, "unit", None)
    found = room.incidents[command.incident].assignment(assignment)
    return found.unit if found else None


def row(call: int, unit: str, times: dict[str, int | None]) -> CleanRow:
    return CleanRow(
        row_id=f"{call}-{unit}",
        call_id=str(call),
        incident_id=str(call),
        unit_id=unit,
        unit_kind="engine",
        category="ALARM",
        first_priority=2,
        priority=2,
        disposition="fire",
        address="100 Block of MAIN ST",
        locality="",
        zone="",
        station_area="1",
        als=False,
        lon=-122.41,
        lat=37.78,
        times=dict.fromkeys(TIMES) | times,
    )


def response(*, received: int, sent: int, cleared: int, **steps: int) -> dict[str, int | None]:
    return {"received_at": received, "dispatched_at": sent, "cleared_at": cleared, **steps}


@st.composite
def recorded_rows(draw: st.DrawFn) -> list[CleanRow]:
    """Few units, many calls, few moments: everything happens at once."""
    rows = []
    for call in range(draw(st.integers(1, 6))):
        received = draw(st.integers(0, 6))
        for unit in draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3, unique=True)):
            steps = sorted(draw(st.lists(st.integers(received, 12), min_size=6, max_size=6)))
            times: dict[str, int | None] = dict(zip(TIMES[2:], steps, strict=True))
            for name in draw(st.sets(st.sampled_from(TIMES[3:7]))):
                times[name] = None
            times["received_at"] = received
            times["entered_at"] = draw(st.none() | st.integers(received, 12))
            rows.append(row(call, unit, times))
    return rows


@pytest.mark.slow
@given(recorded_rows())
@settings(max_examples=examples(100, at_night=3000))
def test_no_records_lead_to_a_refusal(rows: list[CleanRow]) -> None:
    room, stream = play(rows)
    assert len(room.closed) == len({row.call_id for row in rows})
    assert len({action for _, _, action, _ in stream}) == len(stream)
    times = [at_ms for at_ms, *_ in stream]
    assert times == sorted(times)


@given(recorded_rows(), st.randoms(use_true_random=False))
@settings(max_examples=examples(50))
def test_the_order_of_the_rows_makes_no_difference(rows: list[CleanRow], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))
    assert list(stream_of(shuffled)) == list(stream_of(rows))


def test_a_unit_sent_while_committed_leaves_its_earlier_call() -> None:
    first = row(1, "E1", response(received=0, sent=10, en_route_at=20, on_scene_at=90, cleared=100))
    second = row(2, "E1", response(received=40, sent=50, on_scene_at=70, cleared=80))
    _, stream = play([first, second])
    ends = [
        (one.at_ms, one.command.VERB)
        for one in stream
        if isinstance(one.command, ClearAssignment | CancelAssignment)
    ]
    # It never arrived before it was sent elsewhere.
    assert ends == [(50, "assignment.cancel"), (80, "assignment.clear")]


def test_a_transport_without_an_arrival_is_no_cancellation() -> None:
    times = response(received=0, sent=1, transport_at=5, at_facility_at=9, cleared=12)
    _, stream = play([row(1, "E1", times)])
    assert stream[-3].command.VERB == "assignment.clear"


def test_the_order_within_a_call() -> None:
    times = response(received=0, entered_at=20_000, sent=30_000, on_scene_at=60_000, cleared=90_000)
    _, stream = play([row(1, "E1", times)])
    assert [(at_ms, command.VERB) for at_ms, _, _, command in stream] == [
        (0, "unit.sign_on"),
        (0, "call.receive"),
        (4_000, "call.claim"),
        (20_000, "incident.open"),
        (20_000, "call.end"),
        (30_000, "incident.dispatch"),
        (60_000, "assignment.on_scene"),
        (90_000, "assignment.clear"),
        (90_000, "incident.set_disposition"),
        (90_000, "incident.close"),
    ]


@pytest.mark.slow
def test_a_week_of_san_francisco_is_played_without_a_refusal(
    shared_data: Path, tmp_path: Path
) -> None:
    """At a commit every fifth call of it: each action takes its time."""
    file = shared_data / "sffd_2018" / "sffd_week_20180115_0121.csv.gz"
    report = import_calls(file, CONTRACT, tmp_path)
    every = read_rows(tmp_path / report.name)
    rows = [row for row in every if DEEP or row.call_id[-1] in "37"]
    room, stream = play(rows)
    verbs = Counter(command.VERB for _, _, _, command in stream)
    assert verbs["incident.open"] == verbs["incident.close"] == len(room.closed)
    assert len(room.closed) == len({row.call_id for row in rows})
    assert report.calls == len({row.call_id for row in every})
    assert verbs["incident.dispatch"] == len(rows)
    assert verbs["assignment.clear"] + verbs["assignment.cancel"] == len(rows)
    again = list(recorded_stream(tmp_path / report.name))
    assert [one.action for one in again] == [one.action for one in stream_of(every)]
