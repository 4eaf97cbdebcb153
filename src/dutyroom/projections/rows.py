"""From states to the rows of the board, and rows as the JSON that is kept and sent.

Promised times come from the city pack's clocks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from dutyroom.citypack import CityPack
from dutyroom.citypack.codes import codes_of
from dutyroom.domain.calls.row import CallRow
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.incidents.chasing import chased
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.needed import NOBODY, Needed, may_be_needed
from dutyroom.domain.incidents.plans import PlanFor, plan_needs, unmet
from dutyroom.domain.incidents.points import Known, Point, any_number, points_of
from dutyroom.domain.incidents.row import AssignmentRow, ClockRow, IncidentRow, NeedRow
from dutyroom.domain.incidents.state import AssignmentState, IncidentState
from dutyroom.domain.incidents.urgency import matters
from dutyroom.domain.kernel import Change
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.units.row import UnitRow
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.values import Need, Urgency

type Promise = Literal["dispatch", "en_route", "on_scene"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """The open assignment that holds a unit, as its row shows it."""

    incident: str
    number: str
    priority: int
    assignment: AssignmentState


def as_text(row: msgspec.Struct) -> str:
    """A row as stored and sent."""
    return msgspec.json.encode(row).decode()


read_call: Final[Callable[[str], CallRow]] = msgspec.json.Decoder(CallRow).decode
read_incident: Final[Callable[[str], IncidentRow]] = msgspec.json.Decoder(IncidentRow).decode
read_loop: Final[Callable[[str], LoopRow]] = msgspec.json.Decoder(LoopRow).decode
read_unit: Final[Callable[[str], UnitRow]] = msgspec.json.Decoder(UnitRow).decode


def call_row(
    id_: str, call: CallState, incident: str | None, last: Change, *, chase: bool = False
) -> CallRow:
    """The row of a call; ``incident`` is the one that it is linked to, or chases."""
    return CallRow(
        id=id_,
        line=call.line,
        org=call.org,
        state=call.state,
        silent=call.silent,
        received_at_ms=call.received_at_ms,
        since_ms=call.since_ms,
        claimed_by=call.claimed_by or None,
        incident=incident,
        chase=chase,
        call_backs=call.call_backs,
        call_back_owed=call.owes_call_back(linked=incident is not None),
        has_details=call.has_details,
        changed_by=last.by,
        position=last.position,
    )


def incident_row(
    pack: CityPack,
    id_: str,
    incident: IncidentState,
    last: Change,
    merged: Sequence[IncidentState] = (),
    calls: Iterable[CallState] = (),
    asked: Needed = NOBODY,
) -> IncidentRow:
    """The row of an incident.

    Its calls, chases and notes are counted together with those of all that are merged into it.
    ``calls`` are the states of these calls, ``asked`` those who were asked about any of them.
    """
    missing = incident_unmet(pack, incident)
    together = (incident, *merged)
    chases = chased(together)
    mark = next((one for one in together if one.unsafe), None)
    needed = incident_needed(pack, together, asked)
    points = incident_points(pack, incident, calls, missing, needed)
    return IncidentRow(
        id=id_,
        number=incident.number,
        category=incident.category,
        first_category=incident.first_category,
        priority=incident.priority,
        zone=incident.zone,
        org=looked_after_by(incident, codes_of(pack), pack.loop),
        place_version=incident.place_version,
        channel=incident.channel,
        state=incident.state,
        progress=incident.progress,
        opened_at_ms=incident.opened_at_ms,
        occurred_at_ms=incident.opened_at_ms,
        since_ms=incident.since_ms,
        assignments=tuple(_assignment(one) for one in incident.assignments),
        unmet=tuple(NeedRow(capability=one.capability, count=one.count) for one in missing),
        clock=_clock(pack, incident, bool(missing)),
        calls=len({call for one in together for call in one.calls}),
        chases=chases.count,
        first_chase_at_ms=chases.first_ms,
        last_chase_at_ms=chases.last_ms,
        chase_seen=chases.seen,
        reopened_at_ms=incident.reopened_at_ms,
        notes=notes_of(together),
        minor=any(one.minor for one in together),
        unsafe=mark is not None,
        unsafe_reason=mark.unsafe_reason if mark else "",
        points=sum(one.how is None for one in points),
        merged_into=str(incident.merged_into) if incident.merged_into else None,
        absorbed=tuple(str(one) for one in incident.absorbed),
        disposition=incident.disposition or None,
        changed_by=last.by,
        changed_at_ms=last.at_ms,
        position=last.position,
    )


def notes_of(together: Iterable[IncidentState]) -> int:
    """How many notes they have that nobody has struck."""
    return sum(len(one.notes) - len(one.struck) for one in together)


def plan_of(pack: CityPack) -> PlanFor:
    """The response plans of a pack; a category of an older pack has none today."""

    def plan_for(category: str, priority: int) -> tuple[Need, ...]:
        try:
            return pack.plan_for(category, priority)
        except KeyError:
            return ()

    return plan_for


def incident_needs(pack: CityPack, incident: IncidentState) -> tuple[Need, ...]:
    """What the incident needs in all: response plans, answers, and what was asked for."""
    return plan_needs(plan_of(pack), incident, codes_of(pack))


def incident_unmet(pack: CityPack, incident: IncidentState) -> tuple[Need, ...]:
    """What no assigned unit covers yet; nothing for an incident that is not open."""
    if incident.state != "open":
        return ()
    at_work = (one.unit for one in incident.open_assignments)
    assigned = [capabilities_of(pack, unit) for unit in (*at_work, *incident.served)]
    return unmet(incident_needs(pack, incident), assigned)


def incident_needed(pack: CityPack, together: Sequence[IncidentState], asked: Needed) -> Needed:
    """Who may be needed on an incident, the first of those that are one by now, and wasn't asked
    about any of them."""
    minor = any(one.minor for one in together)
    return may_be_needed(together[0], codes_of(pack), minor=minor).without(asked)


def incident_points(
    pack: CityPack,
    incident: IncidentState,
    calls: Iterable[CallState],
    unmet: Iterable[Need],
    needed: Needed,
) -> tuple[Point, ...]:
    """What is open about an incident, and what of it is settled; nothing for one that is not open,
    nor by a pack without a loop."""
    if incident.state != "open" or not pack.loop.calendars:
        return ()
    short = incident.progress != "pending" and any(unmet)
    return points_of(incident, codes_of(pack), Known(any_number(calls), short, needed=needed))


def capabilities_of(pack: CityPack, unit: str) -> frozenset[str]:
    """What a unit can do; nothing for one that the pack no longer has."""
    try:
        return pack.unit(unit).capabilities
    except KeyError:
        return frozenset()


def unit_row(
    pack: CityPack,
    id_: str,
    unit: UnitState,
    commitment: Commitment | None,
    heard_at_ms: int | None,
    last: Change,
) -> UnitRow:
    """The row of a unit; its position is put in when the board is read."""
    listed = pack.unit(id_)
    assignment = commitment.assignment if commitment else None
    status = unit.status(assignment.open_state if assignment else None)
    since_ms = assignment.since_ms if assignment else unit.since_ms
    return UnitRow(
        id=id_,
        kind=listed.kind,
        station=listed.station,
        org=pack.org_of(id_),
        capabilities=tuple(sorted(listed.capabilities)),
        crew=unit.crew,
        status=status,
        since_ms=since_ms,
        reason=unit.unavailable_reason or None,
        incident=commitment.incident if commitment else None,
        number=commitment.number if commitment else None,
        priority=commitment.priority if commitment else None,
        assignment=str(assignment.id) if assignment else None,
        heard_at_ms=heard_at_ms,
        silence_due_ms=_silence_due_ms(pack, status, since_ms, heard_at_ms),
        emergency=None if unit.emergency == "quiet" else unit.emergency,
        emergency_since_ms=unit.emergency_since_ms,
        emergency_zone=unit.emergency_zone or None,
        emergency_incident=str(unit.emergency_incident) if unit.emergency_incident else None,
        emergency_number=unit.emergency_number or None,
        lon=listed.lon,
        lat=listed.lat,
        position_at_ms=None,
        position_doubt=None,
        changed_by=last.by,
        position=last.position,
    )


def _assignment(one: AssignmentState) -> AssignmentRow:
    return AssignmentRow(
        id=str(one.id),
        unit=one.unit,
        state=one.state,
        since_ms=one.since_ms,
        recommended=one.recommended,
        reason=one.reason or None,
        moved_from=str(one.moved_from.incident) if one.moved_from else None,
        moved_to=str(one.moved_to.incident) if one.moved_to else None,
    )


_NEXT_CLOCK: Final[Mapping[str, Promise]] = {
    "pending": "dispatch",
    "dispatched": "en_route",
    "en_route": "on_scene",
}


def _clock(pack: CityPack, incident: IncidentState, unmet: bool) -> ClockRow | None:
    """The promise that runs now and is due first; of several matters, the earliest."""
    if incident.state != "open":
        return None
    own, *others = matters(incident)
    running = [_promise(pack, incident, own, _NEXT_CLOCK.get(own.progress))]
    for one in others:
        # Who waits for nothing more than is there already waits for nobody.
        waits = unmet or incident.progress == "pending"
        name: Promise | None = "on_scene" if one.progress in ("dispatched", "en_route") else None
        name = "dispatch" if one.progress == "pending" and waits else name
        running.append(_promise(pack, incident, one, name))
    return min((one for one in running if one), key=lambda one: one.due_ms, default=None)


def _promise(
    pack: CityPack, incident: IncidentState, of: Urgency, name: Promise | None
) -> ClockRow | None:
    """What is promised to one matter: from its beginning, or from the dispatch of its units."""
    clocks, from_ms = pack.clocks, of.waiting_from_ms
    within_s: float | None = None
    if name == "dispatch":
        within_s = clocks.dispatch_s.get(of.priority)
    elif name == "en_route":
        within_s = clocks.en_route_s
        from_ms = min(one.since_ms for one in incident.open_assignments)
    elif name == "on_scene":
        within_s = clocks.on_scene_s.get(of.priority)
    if name is None or within_s is None:
        return None
    return ClockRow(name=name, from_ms=from_ms, due_ms=from_ms + round(within_s * 1000))


def _silence_due_ms(
    pack: CityPack, status: str, since_ms: int, heard_at_ms: int | None
) -> int | None:
    within_s = pack.clocks.silence_s.get(status)
    if within_s is None:
        return None
    return max(since_ms, heard_at_ms or 0) + round(within_s * 1000)
