"""A dataset as a stream of what people did: the actions that would have left these records.

The same dataset always gives the same actions with the same ids, so that playing on after a stop
repeats nothing. Where records contradict the rules of the domain (a unit on two calls at once), the
earlier assignment ends when the later one begins (`overlaps`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveAtFacility,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    OpenIncident,
    SetDisposition,
    SetPriority,
    StartEnRoute,
    StartTransport,
    UnitToSend,
)
from dutyroom.domain.kernel import Command
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.judging import CleanRow
from dutyroom.importing.overlaps import ends_ms, in_turn

GATEWAY: Final = Actor("recorded-gateway", "gateway")
TAKER: Final = Actor("recorded-taker", "call_taker")
DISPATCHER: Final = Actor("recorded-dispatcher", "dispatcher")
ANSWER_MS: Final = 4_000
"""The records don't say when a call was answered: so long after it rang, at most."""
LINE: Final = "911"
CLEARED: Final = "done"
CANCELLED: Final = "cancelled"
"""The reasons that the pack of a dataset has for the end of an assignment."""

AS_RECORDED: Final = "recorded"
"""The reason of that pack for sending others than the recommended units."""


class Recorded(NamedTuple):
    """Somebody did something, at a time in milliseconds UTC; ``action`` is the action's id."""

    at_ms: int
    actor: Actor
    action: UUID
    command: Command


_Report = type[StartEnRoute | ArriveOnScene | StartTransport | ArriveAtFacility]
_STEPS: Final[tuple[tuple[str, _Report], ...]] = (
    ("en_route_at", StartEnRoute),
    ("on_scene_at", ArriveOnScene),
    ("transport_at", StartTransport),
    ("at_facility_at", ArriveAtFacility),
)
_SIGN_ON, _CALL, _UNIT, _CONCLUSION = range(4)
"""What comes first of things with the same time: a unit's steps follow its call and go before the
conclusion, which needs them."""


@dataclass(frozen=True, slots=True)
class _Done:
    """Somebody did something. ``place`` orders what has the same time and the same part."""

    at_ms: int
    part: int
    place: int
    key: str
    actor: Actor
    command: Any

    def step(self) -> Recorded:
        """With the same id each time the same record is played."""
        action = _id("action", f"{self.key}/{self.command.VERB}")
        return Recorded(self.at_ms, self.actor, action, self.command)


def recorded_stream(dataset: Path) -> Iterator[Recorded]:
    """All that happened, in the order of its times, from the folder of a dataset."""
    yield from stream_of(read_rows(dataset))


def stream_of(rows: list[CleanRow]) -> Iterator[Recorded]:
    """All that happened, in the order of its times. Units sign on before the first call."""
    found: list[_Done] = []
    ends = ends_ms(rows)
    start_ms = min((row.at("received_at") for row in rows), default=0)
    turns: dict[str, int] = {}
    for unit, own in in_turn(rows).items():
        on = SignOn(unit, (crew_of(unit),))
        found.append(_Done(start_ms, _SIGN_ON, 0, f"unit/{unit}", DISPATCHER, on))
        turns |= {row.row_id: turn for turn, row in enumerate(own)}
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        calls[row.call_id].append(row)
    for call, own in calls.items():
        found += _call(call, own, ends)
        for row in own:
            found += _response(row, incident_of(call), ends[row.row_id], turns[row.row_id])
    found.sort(key=lambda one: (one.at_ms, one.part, one.place, one.key))
    for one in found:
        yield one.step()


def crew_of(unit: str) -> str:
    """The staff number that stands for the crew of a unit: the records know of no persons."""
    return f"{unit}-1"


def incident_of(call: str) -> UUID:
    """The incident that is opened for a recorded call."""
    return _id("incident", call)


def _id(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"dutyroom:recorded:{kind}:{name}")


def _call(call: str, own: list[CleanRow], ends: dict[str, int]) -> Iterator[_Done]:
    """The call itself and the conclusion of its incident."""
    first = min(own, key=lambda row: row.row_id)
    received, entered = first.at("received_at"), first.times["entered_at"]
    sent = min(row.at("dispatched_at") for row in own)
    opened = min(received if entered is None else entered, sent)
    call_id, incident, key = _id("call", call), incident_of(call), f"call/{call}"

    def at_desk(at_ms: int, place: int, actor: Actor, command: Command) -> _Done:
        return _Done(at_ms, _CALL, place, key, actor, command)

    yield at_desk(received, 0, GATEWAY, ReceiveCall(call_id, LINE))
    yield at_desk(min(received + ANSWER_MS, opened), 1, TAKER, ClaimCall(call_id))
    opening = OpenIncident(
        incident, first.category, first.first_priority, _place(first), call=call_id
    )
    yield at_desk(opened, 2, TAKER, opening)
    yield at_desk(opened, 3, TAKER, EndCall(call_id))
    if first.priority != first.first_priority:  # when is not recorded: at the latest by now
        yield at_desk(sent, 4, TAKER, SetPriority(incident, first.priority))
    last = max(ends[row.row_id] for row in own)
    concluded = SetDisposition(incident, first.disposition)
    yield _Done(last, _CONCLUSION, 0, key, DISPATCHER, concluded)
    yield _Done(last, _CONCLUSION, 1, key, DISPATCHER, CloseIncident(incident))


def _place(row: CleanRow) -> Place:
    label = ", ".join(filter(None, (row.address, row.locality)))
    return Place(row.lon, row.lat, label, "crossing" if "/" in row.address else "street")


def _response(row: CleanRow, incident: UUID, end_ms: int, turn: int) -> Iterator[_Done]:
    """One unit's way; ``turn`` counts its responses, so that one ends before the next begins.

    A unit that was never on scene was cancelled on the way.
    """
    assignment, key = _id("assignment", row.row_id), f"row/{row.row_id}"
    officer = Actor(crew_of(row.unit_id), "field_officer", row.unit_id)
    place = turn * 10

    def step(at_ms: int, nth: int, actor: Actor, command: Command) -> _Done:
        return _Done(at_ms, _UNIT, place + nth, key, actor, command)

    send = Dispatch(incident, (UnitToSend(assignment, row.unit_id),), AS_RECORDED)
    yield step(row.at("dispatched_at"), 0, DISPATCHER, send)
    arrived = False
    for nth, (name, command) in enumerate(_STEPS, start=1):
        at_ms = row.times[name]
        if at_ms is not None and at_ms <= end_ms:
            yield step(at_ms, nth, officer, command(incident, assignment))
            arrived = arrived or name != "en_route_at"
    if arrived:
        yield step(end_ms, 9, officer, ClearAssignment(incident, assignment, CLEARED))
    else:
        yield step(end_ms, 9, DISPATCHER, CancelAssignment(incident, assignment, CANCELLED))
