"""The row of a follow-up call: what consoles see of it, without what the caller said. Times are
milliseconds UTC."""

from typing import Final
from uuid import UUID, uuid5

import msgspec

from dutyroom.domain.callbacks.commands import Rating, Solved, Then
from dutyroom.domain.callbacks.state import CallBackPhase, CallBackState, clocks
from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class CallBackRow(msgspec.Struct, frozen=True, kw_only=True):
    """The follow-up call of the incident of this `id`, whose number, category and organisation it
    has. `attended`: a unit was on scene; `attempts` in vain; `because`: why it is set aside. The
    ratings, `solved` and `then` are empty until the caller answered. `from_ms`: from when its time
    counts; `provisional`: that counts days whose holidays hadn't been announced then."""

    id: str
    number: str
    category: str
    org: str
    state: CallBackPhase
    due_ms: int
    by_hand: bool
    attended: bool
    offered_ms: int
    since_ms: int
    taken_by: str
    attempts: int
    attitude: Rating | None
    speed: Rating | None
    result: Rating | None
    solved: Solved | None
    then: Then
    because: str
    position: int
    alarm: AlarmRow | None = None
    provisional: bool = False
    from_ms: int | None = None


def render(id_: str, one: CallBackState, last: Change) -> CallBackRow:
    """The row of a follow-up call."""
    return CallBackRow(
        id=id_,
        number=one.number,
        category=one.category,
        org=one.org,
        state=one.phase,
        due_ms=one.due_ms,
        by_hand=one.by_hand,
        attended=one.attended,
        offered_ms=one.offered_ms,
        since_ms=one.since_ms,
        taken_by=one.taken_by,
        attempts=one.attempts,
        attitude=one.attitude,
        speed=one.speed,
        result=one.result,
        solved=one.solved,
        then=one.then,
        because=one.because,
        position=last.position,
        alarm=alarm_row(one, clocks(one)),
        provisional=one.to_call and one.provisional,
        from_ms=one.due_from_ms,
    )


def columns(one: CallBackState) -> Columns:
    """Open as long as somebody is to call."""
    return Columns(one.to_call, one.phase, one.org, owner=one.taken_by)


def key_of(incident: str) -> str:
    """By which the row is kept: its id is the incident's."""
    return str(uuid5(UUID(incident), "call_back"))


def _key(id_: str, _state: CallBackState) -> str:
    return key_of(id_)


LIST: Final = List("call_backs", CallBackRow, render, columns, key=_key)
