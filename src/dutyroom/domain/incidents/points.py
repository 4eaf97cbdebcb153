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
from dutyroom.domain.incidents.state import IncidentState, SettledPoint
from dutyroom.domain.kernel import Decision, Emitted, Event
from dutyroom.domain.replacing import replace
from dutyroom.domain.values import Place, PointKind, Settled


@dataclass(frozen=True, slots=True)
class Known:
    """What points depend on besides the incident's own state.

    `has_number`: one of its calls has a number to call back on; None: it has no call, or an older
    version doesn't say. `short`: units are or were there, and fewer than its plan asks for.
    `similar`: so many open incidents may be the same happening.
    """

    has_number: bool | None
    short: bool
    similar: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """`prompt` is the question, where it is one; `how` is None while it is open."""

    kind: PointKind
    prompt: str = ""
    how: Settled | None = None
    reason: str = ""


def points_of(state: IncidentState, codes: Codes, known: Known) -> tuple[Point, ...]:
    """The points that there are, each with what somebody has said about it."""
    said = {(one.point, one.prompt): one for one in state.settled}
    found = []
    for point in _points(state, codes, known):
        settled = said.get((point.kind, point.prompt))
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
    questions = codes.prompts.get(state.category, {}) if command.point == "prompt" else {""}
    if command.prompt not in questions:
        return shared_refusals.unknown_code("prompt", command.prompt)
    if command.how == "struck" and not command.reason:
        return shared_refusals.reason_needed("reason")
    reasons = codes.point_reasons if command.how == "struck" else {""}
    if command.reason not in reasons:
        return shared_refusals.unknown_code("reason", command.reason)
    settled = SettledPoint(command.point, command.prompt, command.how, command.reason)
    if settled in state.settled:
        return ()
    event = IncidentPointSettled(command.point, command.prompt, command.how, command.reason)
    return (Emitted(f"incident:{command.incident}", event),)


def decide_reopen_point(command: ReopenPoint, state: IncidentState) -> Decision:
    """Ask again what was settled."""
    if not any(_is(one, command.point, command.prompt) for one in state.settled):
        return ()
    event = IncidentPointReopened(command.point, command.prompt)
    return (Emitted(f"incident:{command.incident}", event),)


def evolve_points(state: IncidentState, event: Event) -> IncidentState:
    """What is settled after an event."""
    match event:
        case IncidentPointSettled(point, prompt, how, reason):
            others = tuple(one for one in state.settled if not _is(one, point, prompt))
            return replace(state, settled=(*others, SettledPoint(point, prompt, how, reason)))
        case IncidentPointReopened(point, prompt):
            return replace(
                state, settled=tuple(one for one in state.settled if not _is(one, point, prompt))
            )
    anew = _ASKED_ANEW.get(type(event), ())
    if anew and state.settled:
        return replace(state, settled=tuple(o for o in state.settled if o.point not in anew))
    return state


def _is(one: SettledPoint, point: PointKind, prompt: str) -> bool:
    return (one.point, one.prompt) == (point, prompt)


_ASKED_ANEW: Final[Mapping[type[Event], tuple[PointKind, ...]]] = {
    IncidentPlaceChanged: ("place", "similar"),
    IncidentCategoryChanged: ("category", "similar", "units"),
    IncidentPriorityChanged: ("units",),
    IncidentMoreRequested: ("units",),
    IncidentUrgencyKept: ("category", "units"),
}
"""Points that were settled for what is no longer so."""
