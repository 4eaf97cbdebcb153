"""Open points of an incident: what is missing or unsure, until a person confirms or strikes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Codes, Context
from dutyroom.domain.incidents.commands import ReopenPoint, SettlePoint
from dutyroom.domain.incidents.events import (
    IncidentCategoryChanged,
    IncidentMoreRequested,
    IncidentPlaceChanged,
    IncidentPointReopened,
    IncidentPointSettled,
    IncidentPriorityChanged,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.needed import NOBODY, Needed, may_be_needed
from dutyroom.domain.incidents.state import IncidentState, SettledPoint
from dutyroom.domain.kernel import Decision, Emitted, Event, Refusal
from dutyroom.domain.marked import DeskCode, OrgPath
from dutyroom.domain.replacing import replace
from dutyroom.domain.values import Place, PointKind, Settled


@dataclass(frozen=True, slots=True)
class Known:
    """What points depend on besides the incident's own state.

    `has_number`: one of its calls has a number to call back on; None: it has no call, or an older
    version doesn't say. `short`: units are or were there, and fewer than its plan asks for.
    `similar`: so many open incidents may be the same happening. `needed`: who may be needed and
    wasn't asked yet.
    """

    has_number: bool | None
    short: bool
    similar: int = 0
    needed: Needed = NOBODY


@dataclass(frozen=True, slots=True)
class Point:
    """`prompt` is the question, where it is one, `partner` and `desk` who may be needed; `how` is
    None while it is open."""

    kind: PointKind
    prompt: str = ""
    how: Settled | None = None
    reason: str = ""
    partner: OrgPath = ""
    desk: DeskCode = ""


type _Which = tuple[PointKind, str, OrgPath, DeskCode]
"""What makes a point one and no other."""


def points_of(state: IncidentState, codes: Codes, known: Known) -> tuple[Point, ...]:
    """The points that there are, each with what somebody has said about it."""
    said = {_which(one): one for one in state.settled}
    found = []
    for point in _points(state, codes, known):
        settled = said.get((point.kind, point.prompt, point.partner, point.desk))
        found.append(replace(point, how=settled.how, reason=settled.reason) if settled else point)
    return tuple(found)


def _points(state: IncidentState, codes: Codes, known: Known) -> Iterator[Point]:
    if not state.precise:
        yield Point("place")
    answered = dict(state.answers)
    for prompt in codes.prompts.get(state.category, {}):
        if prompt not in answered:
            yield Point("prompt", prompt)
    if known.has_number is False:
        yield Point("number")
    if any(part.category != state.category for one in state.inherited for part in one.parts):
        yield Point("category")
    if known.similar or any(one.point == "similar" for one in state.settled):
        yield Point("similar")
    if known.short:
        yield Point("units")
    yield from (Point("partner", partner=one) for one in known.needed.partners)
    yield from (Point("desk", desk=one) for one in known.needed.desks)


def any_number(calls: Iterable[CallState]) -> bool | None:
    """Whether somebody who called can be called back; None where there is no call, or one of them
    is of an older version that doesn't say."""
    known: set[bool | None] = set()
    for call in calls:  # which are only loaded as far as they are asked for
        if call.has_number:
            return True
        known.add(call.has_number)
    return False if known == {False} else None


def is_precise(place: Place) -> bool:
    """Whether a unit would find it: a street alone has no end."""
    return place.kind != "street"


def decide_settle(command: SettlePoint, state: IncidentState, context: Context) -> Decision:
    """Settle a point. One that is no longer there is settled in vain: that does no harm."""
    codes = context.codes
    if wrong := _check_which(command, state, codes):
        return wrong
    if command.how == "struck" and not command.reason:
        return shared_refusals.reason_needed("reason")
    reasons = codes.point_reasons if command.how == "struck" else {""}
    if command.reason not in reasons:
        return shared_refusals.unknown_code("reason", command.reason)
    said = (command.point, command.prompt, command.how, command.reason)
    if SettledPoint(*said, command.partner, command.desk) in state.settled:
        return ()
    event = IncidentPointSettled(*said, command.partner, command.desk)
    return (Emitted(f"incident:{command.incident}", event),)


def _check_which(command: SettlePoint, state: IncidentState, codes: Codes) -> Refusal | None:
    """A question, a partner or a desk is named where the point is about one, and nowhere else."""
    kind, needed = command.point, may_be_needed(state, codes, minor=False)
    if command.prompt not in (codes.prompts.get(state.category, {}) if kind == "prompt" else {""}):
        return shared_refusals.unknown_code("prompt", command.prompt)
    if command.partner not in (needed.partners if kind == "partner" else ("",)):
        return shared_refusals.unknown_code("partner", command.partner)
    if command.desk not in (needed.desks if kind == "desk" else ("",)):
        return shared_refusals.unknown_code("desk", command.desk)
    return None


def decide_reopen_point(command: ReopenPoint, state: IncidentState) -> Decision:
    """Ask again what was settled."""
    if _which(command) not in map(_which, state.settled):
        return ()
    event = IncidentPointReopened(*_which(command))
    return (Emitted(f"incident:{command.incident}", event),)


def evolve_points(state: IncidentState, event: Event) -> IncidentState:
    """What is settled after an event."""
    match event:
        case IncidentPointSettled(point, prompt, how, reason, partner, desk):
            settled = SettledPoint(point, prompt, how, reason, partner, desk)
            return replace(state, settled=(*_others(state, event), settled))
        case IncidentPointReopened():
            return replace(state, settled=_others(state, event))
    anew = _ASKED_ANEW.get(type(event), ())
    if anew and state.settled:
        return replace(state, settled=tuple(o for o in state.settled if o.point not in anew))
    return state


def _others(
    state: IncidentState, event: IncidentPointSettled | IncidentPointReopened
) -> tuple[SettledPoint, ...]:
    return tuple(one for one in state.settled if _which(one) != _which(event))


def _which(
    one: SettledPoint | IncidentPointSettled | IncidentPointReopened | ReopenPoint,
) -> _Which:
    return one.point, one.prompt, one.partner, one.desk


_ASKED_ANEW: Final[Mapping[type[Event], tuple[PointKind, ...]]] = {
    IncidentPlaceChanged: ("place", "similar"),
    IncidentCategoryChanged: ("category", "similar", "units", "partner", "desk"),
    IncidentPriorityChanged: ("units",),
    IncidentMoreRequested: ("units",),
    IncidentUrgencyKept: ("category", "units"),
}
"""Points that were settled for what is no longer so."""
