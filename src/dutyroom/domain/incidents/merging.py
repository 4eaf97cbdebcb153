"""Merging two incidents that are one, and splitting them again without loss.

Notes and calls stay in their streams; only open assignments move, in the state they have. What
came through a merge is remembered (`AssignmentState.through`), so that a split takes it back, also
along a chain of merges. A chain is split from the outside in. What the merged incident asked for
(its priority, its needs, its promises) is kept by the one it is merged into, until the split.
"""

from uuid import UUID, uuid5

from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.assignments import leave
from dutyroom.domain.incidents.checks import check_incident
from dutyroom.domain.incidents.commands import MergeIncident, SplitIncident
from dutyroom.domain.incidents.complaints import complaint_of_one
from dutyroom.domain.incidents.events import (
    AssignmentReceived,
    IncidentAbsorbed,
    IncidentMerged,
    IncidentReleased,
    IncidentSplit,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import AssignmentState, IncidentState
from dutyroom.domain.incidents.urgency import matters
from dutyroom.domain.kernel import Decision, Emitted


def decide_merge(command: MergeIncident, context: Context) -> Decision:
    """Merge `incident` into `into`; its open assignments go along."""
    source_id, target_id = command.incident, command.into
    if source_id == target_id:
        return refusals.cannot_merge_into_itself(source_id)
    known = incident_of(source_id, context)
    if known is not None and known.merged_into == target_id:
        return ()
    source = check_incident(source_id, command.VERB, context)
    if not isinstance(source, IncidentState):
        return source
    target = check_incident(target_id, "<absorb>", context)
    if not isinstance(target, IncidentState):
        return target
    if apart := complaint_of_one(source, target, context.loop):
        return refusals.complaint_stays_apart(apart)
    left, came = _move(
        source_id,
        target_id,
        [(one, (*one.through, source_id)) for one in source.open_assignments],
    )
    return (
        *left,
        Emitted(f"incident:{source_id}", IncidentMerged(target_id)),
        Emitted(f"incident:{target_id}", IncidentAbsorbed(source_id)),
        Emitted(
            f"incident:{target_id}",
            IncidentUrgencyKept(source_id, "incident", source.priority, matters(source)),
        ),
        *came,
    )


def decide_split(command: SplitIncident, context: Context) -> Decision:
    """Take a merged incident out again, with those of its units that are still at work."""
    source_id = command.incident
    source = check_incident(source_id, command.VERB, context)
    if not isinstance(source, IncidentState):
        return source
    target_id = source.merged_into
    if target_id is None:
        return refusals.not_merged(source_id)
    target = check_incident(target_id, "<release>", context)
    if not isinstance(target, IncidentState):
        if target_state := incident_of(target_id, context):
            outer = target_state.merged_into
            if outer is not None:
                return refusals.split_outer_first(source_id, target_id, outer)
        return target
    returning = [one for one in target.open_assignments if one.through[-1:] == (source_id,)]
    left, came = _move(target_id, source_id, [(one, one.through[:-1]) for one in returning])
    return (
        *left,
        Emitted(f"incident:{target_id}", IncidentReleased(source_id)),
        Emitted(f"incident:{source_id}", IncidentSplit(target_id)),
        *came,
    )


def _move(
    from_id: UUID, to_id: UUID, moving: list[tuple[AssignmentState, tuple[UUID, ...]]]
) -> tuple[list[Emitted], list[Emitted]]:
    """What ends in one incident and goes on in the other, with what it came through."""
    left: list[Emitted] = []
    came: list[Emitted] = []
    for one, through in moving:
        if one.open_state is None:
            continue
        # Derived from the assignment it continues: new each time, the same for a repeated try.
        new = uuid5(one.id, f"to {to_id}")
        left.append(Emitted(f"incident:{from_id}", leave(one, to_id, new)))
        received = AssignmentReceived(
            new,
            one.unit,
            from_incident=from_id,
            from_assignment=one.id,
            state=one.open_state,
            since_ms=one.since_ms,
            recommended=one.recommended,
            through=through,
        )
        came.append(Emitted(f"incident:{to_id}", received))
    return left, came
