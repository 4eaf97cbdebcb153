"""Closing an incident: what is still missing, counted over all that is part of it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from dutyroom.domain.calls.known import call_of
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.checks import check_not_before
from dutyroom.domain.incidents.commands import CloseIncident
from dutyroom.domain.incidents.events import IncidentClosed
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import Decision, Emitted


def decide_close(command: CloseIncident, state: IncidentState, context: Context) -> Decision:
    """Close it, or say all that is missing."""
    missing = missing_for_close(
        state, partial(incident_of, context=context), partial(call_of, context=context)
    )
    if missing:
        return refusals.incident_not_ready(command.incident, missing)
    early = check_not_before(state, context)
    stream = f"incident:{command.incident}"
    return early or (Emitted(stream, IncidentClosed(state.disposition)),)


def missing_for_close(
    state: IncidentState,
    incident: Callable[[UUID], IncidentState | None],
    call: Callable[[UUID], CallState | None],
) -> tuple[dict[str, object], ...]:
    """What closing still lacks, as JSON objects with `what`:

    `disposition`; `assignment` (still open: assignment, unit, state); `clear_reason` (assignment,
    unit); `call` (still ringing or claimed: call, state). Calls of absorbed incidents count too.
    `incident` and `call` give states; a call that isn't known is missing, with state `unknown`.
    """
    missing: list[dict[str, object]] = []
    if not state.disposition:
        missing.append({"what": "disposition"})
    for one in state.assignments:
        whose: dict[str, object] = {"assignment": str(one.id), "unit": one.unit}
        if one.open_state is not None:
            missing.append({"what": "assignment", **whose, "state": one.state})
        elif one.state == "cleared" and not one.reason:
            missing.append({"what": "clear_reason", **whose})
    whole = (state, *(part for _, part in parts_of(state, incident)))
    for id_ in dict.fromkeys(id_ for part in whole for id_ in part.calls):
        known = call(id_)
        phase = known.state if known else "unknown"
        if phase in ("ringing", "claimed", "unknown"):
            missing.append({"what": "call", "call": str(id_), "state": phase})
    return tuple(missing)
