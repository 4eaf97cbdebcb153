"""A dataset as a stream of what people did: the actions that would have left these records.

The same dataset always gives the same actions with the same ids, so that playing on after a stop
repeats nothing. Where records contradict the rules of the domain (a unit on two calls at once), the
earlier assignment ends when the later one begins.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from dutyroom.domain import commands as c
from dutyroom.domain.context import Actor
from dutyroom.intake.judging import CleanRow

GATEWAY: Final = Actor("recorded-gateway", "gateway")
TAKER: Final = Actor("recorded-taker", "call_taker")
DISPATCHER: Final = Actor("recorded-dispatcher", "dispatcher")
ANSWER_MS: Final = 4_000
"""The records don't say when a call was answered: so long after it rang, at most."""
LINE: Final = "911"
AFTER_DISPATCH: Final = 10
"""Within one moment: a unit's end comes first (it may be sent elsewhere), then what is sent, then
what happened in the very second of the dispatch."""
_STEPS: Final = (
    ("en_route_at", c.StartEnRoute),
    ("on_scene_at", c.ArriveOnScene),
    ("transport_at", c.StartTransport),
    ("at_facility_at", c.ArriveAtFacility),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody did something at a time (milliseconds UTC)."""

    at_ms: int
    order: int
    key: str
    actor: Actor
    command: Any

    @property
    def action(self) -> UUID:
        """The same id each time the same record is played."""
        return _id("action", f"{self.key}/{self.command.VERB}")


def _id(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"dutyroom:recorded:{kind}:{name}")


def recorded_stream(rows: list[CleanRow]) -> Iterator[Recorded]:
    """All that happened, in the order of its times."""
    found: list[Recorded] = []
    ends = _ends(rows)
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        calls[row.call_id].append(row)
    units = sorted({row.unit_id for row in rows})
    start_ms = min((_ms(row, "received_at") for row in rows), default=0)
    for unit in units:
        on = c.SignOn(unit, (f"{unit}-1",))
        found.append(Recorded(start_ms, 0, f"unit/{unit}", DISPATCHER, on))
    for call, own in calls.items():
        found += _call(call, own, ends)
    yield from sorted(found, key=lambda one: (one.at_ms, one.order, one.key))


def _ms(row: CleanRow, name: str) -> int:
    at = row.times[name]
    assert at is not None
    return at


def _ends(rows: list[CleanRow]) -> dict[str, int]:
    """When each row's assignment ends: as recorded, or when its unit is sent elsewhere."""
    by_unit: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    ends: dict[str, int] = {}
    for own in by_unit.values():
        own.sort(key=lambda one: (_ms(one, "dispatched_at"), one.row_id))
        following = [_ms(one, "dispatched_at") for one in own[1:]]
        for row, following_ms in zip(own, [*following, 1 << 62], strict=True):
            ends[row.row_id] = min(_ms(row, "cleared_at"), following_ms)
    return ends


def _call(call: str, own: list[CleanRow], ends: dict[str, int]) -> Iterator[Recorded]:
    own = sorted(own, key=lambda one: (_ms(one, "dispatched_at"), one.row_id))
    first = own[0]
    received = min(_ms(row, "received_at") for row in own)
    sent = _ms(first, "dispatched_at")
    entered = first.times["entered_at"]
    opened = min(max(received, entered if entered is not None else received), sent)
    call_id, incident = _id("call", call), _id("incident", call)
    key = f"call/{call}"
    yield Recorded(received, 1, key, GATEWAY, c.ReceiveCall(call_id, LINE))
    yield Recorded(min(received + ANSWER_MS, opened), 2, key, TAKER, c.ClaimCall(call_id))
    place = c.Place(first.lon, first.lat, first.address, "street")
    opening = c.OpenIncident(incident, first.category, first.priority, place, call=call_id)
    yield Recorded(opened, 3, key, TAKER, opening)
    yield Recorded(opened, 4, key, TAKER, c.EndCall(call_id))
    for row in own:
        yield from _response(row, incident, ends[row.row_id])
    last = max(ends[row.row_id] for row in own)
    set_ = c.SetDisposition(incident, first.disposition)
    yield Recorded(last, 8, key, DISPATCHER, set_)
    yield Recorded(last, 9, key, DISPATCHER, c.CloseIncident(incident))


def _response(row: CleanRow, incident: UUID, end: int) -> Iterator[Recorded]:
    assignment, key = _id("assignment", row.row_id), f"row/{row.row_id}"
    officer = Actor(f"{row.unit_id}-1", "field_officer", row.unit_id)
    send = c.Dispatch(incident, (c.UnitToSend(assignment, row.unit_id),))
    sent = _ms(row, "dispatched_at")
    yield Recorded(sent, 7, key, DISPATCHER, send)
    arrived = False
    for step, (name, command) in enumerate(_STEPS):
        at = row.times[name]
        if at is not None and at <= end:
            order = step + (AFTER_DISPATCH if at == sent else 0)
            yield Recorded(at, order, key, officer, command(incident, assignment))
            arrived = arrived or name == "on_scene_at"
    order = 6 + (AFTER_DISPATCH if end == sent else 0)
    if arrived:
        cleared = c.ClearAssignment(incident, assignment, "done")
        yield Recorded(end, order, key, officer, cleared)
    else:
        cancelled = c.CancelAssignment(incident, assignment, "cancelled")
        yield Recorded(end, order, key, DISPATCHER, cancelled)
