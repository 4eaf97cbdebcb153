"""Chases: further calls about the same matter, linked by hand, raised until acknowledged."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from dutyroom.domain.calls.known import IncidentOf
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.commands import AcknowledgeChase, RecordChase
from dutyroom.domain.incidents.events import IncidentChaseAcknowledged, IncidentChased
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.linking import join, keep_what_it_says
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import Decision, Emitted, Refusal


@dataclass(frozen=True, slots=True)
class Chased:
    """How often a matter was chased, since when, and whether somebody has seen all of it."""

    count: int
    first_ms: int | None
    last_ms: int | None
    seen: bool


def chased(whole: Iterable[IncidentState]) -> Chased:
    """The chases of an incident together with those of all that is merged into it."""
    chases = [one for part in whole for one in part.chases]
    times = [one.at_ms for one in chases]
    return Chased(
        count=len(chases),
        first_ms=min(times, default=None),
        last_ms=max(times, default=None),
        seen=all(one.seen for one in chases),
    )


def decide_chase(command: RecordChase, state: IncidentState, context: Context) -> Decision:
    """Link a call as a chase; what it brought from the incident that it was linked to is kept.

    One that was linked to this incident as a report becomes a chase.
    """
    if state.is_chase(command.call):
        return ()
    event = IncidentChased(command.call)
    if context.answer(IncidentOf(command.call)) == command.incident:
        if state.channel == "telephone" and state.calls[:1] == (command.call,):
            return refusals.call_reported_it(command.incident, command.call, state.number)
        return (Emitted(f"incident:{command.incident}", event),)
    joined = join(command.incident, event, context)
    if isinstance(joined, Refusal):
        return joined
    return (*joined, *keep_what_it_says(command.incident, command.call, None, context))


def decide_acknowledge(
    command: AcknowledgeChase, state: IncidentState, context: Context
) -> Decision:
    """Acknowledge the chases that were made until then, here and in what is merged into it."""
    parts = parts_of(state, partial(incident_of, context=context))
    acknowledged = IncidentChaseAcknowledged(command.until_ms)
    return tuple(
        Emitted(f"incident:{id_}", acknowledged)
        for id_, part in ((command.incident, state), *parts)
        if any(not one.seen and one.at_ms <= command.until_ms for one in part.chases)
    )
