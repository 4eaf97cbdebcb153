"""What indexes say to a decision."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from dutyroom.actions import members
from dutyroom.attachments.files import uploaded
from dutyroom.citypack import CityPack
from dutyroom.citypack.public_places import public_places
from dutyroom.core.ids import PUBLIC_NUMBERS, public_number
from dutyroom.core.roles import ROLES
from dutyroom.core.text import both
from dutyroom.domain import AGGREGATES
from dutyroom.domain.attachments.known import Kept, KeptOf, Upload, Uploaded
from dutyroom.domain.calls.known import IncidentOf, NotSafe, NotSafeToCall
from dutyroom.domain.desk_requests.known import DeskLoad, WorksAtDesk
from dutyroom.domain.handovers.known import Receivers
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.events import OfAssignment
from dutyroom.domain.incidents.known import (
    Approved,
    FreshNumber,
    OpenIncidents,
    OpenWork,
    Work,
    ZoneAt,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Index, State
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.notices.commands import AcknowledgeNotice
from dutyroom.domain.notices.known import Present
from dutyroom.domain.on_duty import OnDuty
from dutyroom.domain.partner_keys.known import KeysInForce
from dutyroom.domain.referrals.known import ReferredBy, ToCarry
from dutyroom.domain.spots.known import Public, PublicPlaceOf, SpotOf
from dutyroom.domain.station_handovers.commands import ConfirmStationItem
from dutyroom.domain.station_handovers.items import HandedItem
from dutyroom.domain.station_handovers.known import CommandOffice, DueItems, OpenStationHandover
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.units.known import Aboard, AtPress, Commitment, CommitmentOf, Held, Press
from dutyroom.domain.units.whereabouts import place_doubt
from dutyroom.domain.values import Place, PlaceKind, Position
from dutyroom.policy import VERBS
from dutyroom.projections import crews
from dutyroom.projections.attachments import kept_of
from dutyroom.projections.desk_requests import load_of
from dutyroom.projections.facts import Fact
from dutyroom.projections.handed import due_items, open_station_handover
from dutyroom.projections.partner_keys import keys_in_force
from dutyroom.projections.referrals import referred_by
from dutyroom.projections.repeats import spot_of
from dutyroom.projections.work import open_work

type StateOf = Callable[[str], State | None]


@dataclass(frozen=True, slots=True)
class Known:
    """Where answers come from. ``numbers`` are public numbers that no row has yet, ``carried`` is
    what a new referral may carry of an incident."""

    cursor: CursorWrapper
    pack: CityPack | None
    state: StateOf
    occurred_at_ms: int
    carried: Mapping[str, object]
    numbers: Collection[str] = ()


def answer(index: Index[Any], known: Known) -> object:
    """What an index says."""
    return _ANSWERS[type(index)](index, known)


def _incident_of(index: IncidentOf, known: Known) -> UUID | None:
    known.cursor.execute(
        "SELECT incident FROM projections_callview WHERE id = %s", [str(index.call)]
    )
    row = known.cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None


def _not_safe_to_call(index: NotSafeToCall, known: Known) -> NotSafe | None:
    def find(id_: UUID) -> IncidentState | None:
        found = known.state(f"incident:{id_}")
        return found if isinstance(found, IncidentState) else None

    incident = _incident_of(IncidentOf(index.call), known)
    return not_safe(incident, find) if incident else None


def _public_place_of(index: PublicPlaceOf, known: Known) -> Public | None:
    found = public_places(known.pack).of(index.key) if known.pack else None
    if found is None:
        return None
    label = both(found.name)
    kind: PlaceKind = "point" if found.kind == "zone" else found.kind
    return Public(Place(found.lon, found.lat, label, kind), found.zone)


def _spot_of(index: SpotOf, known: Known) -> UUID | None:
    now_ms = known.occurred_at_ms
    return spot_of(known.cursor, index.place, index.kind, now_ms)


def _commitment_of(index: CommitmentOf, known: Known) -> Commitment | None:
    known.cursor.execute(
        'SELECT id, incident FROM projections_assignmentview WHERE unit = %s AND "open"',
        [index.unit],
    )
    row = known.cursor.fetchone()
    incident = known.state(f"incident:{row[1]}") if row else None
    if not isinstance(incident, IncidentState):
        return None
    assignment = incident.assignment(UUID(row[0]))
    if assignment is None or assignment.open_state is None:
        return None
    return Commitment(UUID(row[1]), assignment.id, incident.number, assignment.open_state)


def _aboard(index: Aboard, known: Known) -> tuple[str, ...]:
    return crews.aboard(known.cursor, [index.person]).get(index.person, ())


def _receivers(_index: Receivers, _known: Known) -> tuple[str, ...] | None:
    return members.receivers()


def _present(index: Present, _known: Known) -> tuple[str, ...]:
    return members.on_duty("concerned", VERBS[AcknowledgeNotice.VERB], index.org)


def _works_for(index: WorksFor, _known: Known) -> str | None:
    return members.works_for(index.member)


def _due_items(index: DueItems, known: Known) -> tuple[HandedItem, ...]:
    if known.pack is None:
        return ()
    return due_items(known.cursor, index.org, known.occurred_at_ms, known.pack.timezone)


def _open_station_handover(index: OpenStationHandover, known: Known) -> UUID | None:
    return open_station_handover(known.cursor, index.org)


def _command_office(index: CommandOffice, _known: Known) -> tuple[str, ...] | None:
    return members.working_for(index.org, ConfirmStationItem.VERB)


def _open_work(index: OpenWork, known: Known) -> tuple[Work, ...]:
    return open_work(known.cursor, index.incident)


def _desk_load(index: DeskLoad, known: Known) -> int:
    return load_of(known.cursor, index.desk)


def _works_at_desk(index: WorksAtDesk, _known: Known) -> str | None:
    return members.works_at_desk(index.member)


def _uploaded(index: Uploaded, _known: Known) -> Upload | None:
    return uploaded(settings.HOME.attachments, index.attachment)


def _kept_of(index: KeptOf, known: Known) -> Kept:
    return kept_of(known.cursor, index.incident)


def _referred_by(index: ReferredBy, known: Known) -> tuple[UUID, str] | None:
    return referred_by(known.cursor, index.incident, index.agreement)


def _keys_in_force(index: KeysInForce, known: Known) -> int:
    return keys_in_force(known.cursor, index.org, index.at_ms)


def _to_carry(_index: ToCarry, known: Known) -> Mapping[str, object]:
    return known.carried


def _on_duty(index: OnDuty, _known: Known) -> tuple[str, ...]:
    """Of any role: whoever is concerned, since who is named can open what is theirs."""
    if not index.role:
        return members.on_duty("concerned", ROLES, index.org)
    return members.on_duty("told", (index.role,), index.org)


def _open_incidents(_index: OpenIncidents, known: Known) -> tuple[UUID, ...]:
    known.cursor.execute(
        'SELECT id FROM projections_incidentview WHERE "open" ORDER BY opened_at_ms, id'
    )
    return tuple(UUID(row[0]) for row in known.cursor.fetchall())


def _approved(index: Approved, known: Known) -> bool:
    loop = known.state(f"loop:{index.incident}")
    return isinstance(loop, LoopState) and loop.approved


def _fresh_number(_index: FreshNumber, known: Known) -> str:
    while True:
        number = public_number(secrets.randbelow(PUBLIC_NUMBERS))
        if number in known.numbers:
            continue
        known.cursor.execute("SELECT 1 FROM projections_incidentview WHERE number = %s", [number])
        if known.cursor.fetchone() is None:
            return number


def _zone_at(index: ZoneAt, known: Known) -> str:
    return known.pack.zone_at(index.lon, index.lat) if known.pack else ""


def _at_press(index: AtPress, known: Known) -> Press:
    """Where the unit was when its button was pressed, and the incident that it was on then."""
    if known.pack is None:
        return Press()
    pressed_ms = known.occurred_at_ms
    position, last = index.position, _last_position(known.cursor, known.pack, index.unit)
    if position is None or place_doubt(position.lon, position.lat, known.pack.bounds):
        position = last
    elif last is not None and position.at_ms < last.at_ms <= pressed_ms:
        position = last  # what the phone sent along is an older fix than what is known
    elif position.at_ms > pressed_ms:  # its clock is wrong; its place needn't be
        position = replace(position, at_ms=pressed_ms)
    zone = known.pack.zone_at(position.lon, position.lat) if position else ""
    return Press(position, zone, _held(index.unit, known))


def _last_position(cursor: CursorWrapper, pack: CityPack, unit: str) -> Position | None:
    cursor.execute("SELECT lon, lat, at_ms FROM projections_unitposition WHERE unit = %s", [unit])
    row = cursor.fetchone()
    if row is None or place_doubt(row[0], row[1], pack.bounds):
        return None
    return Position(*row)


def _held(unit: str, known: Known) -> Held | None:
    """The incident that the unit was on at a time that may lie back."""
    known.cursor.execute(
        "SELECT incident FROM projections_assignmentview WHERE unit = %s AND dispatched_at_ms <= %s"
        " AND (ended_at_ms IS NULL OR ended_at_ms > %s) ORDER BY dispatched_at_ms DESC",
        [unit, known.occurred_at_ms, known.occurred_at_ms],
    )
    row = known.cursor.fetchone()
    incident = known.state(f"incident:{row[0]}") if row else None
    return Held(UUID(row[0]), incident.number) if isinstance(incident, IncidentState) else None


_ANSWERS: Final[Mapping[type[Index[Any]], Callable[[Any, Known], object]]] = {
    IncidentOf: _incident_of,
    NotSafeToCall: _not_safe_to_call,
    PublicPlaceOf: _public_place_of,
    SpotOf: _spot_of,
    CommitmentOf: _commitment_of,
    Aboard: _aboard,
    Receivers: _receivers,
    Present: _present,
    OnDuty: _on_duty,
    WorksFor: _works_for,
    OpenWork: _open_work,
    DueItems: _due_items,
    OpenStationHandover: _open_station_handover,
    CommandOffice: _command_office,
    DeskLoad: _desk_load,
    WorksAtDesk: _works_at_desk,
    Uploaded: _uploaded,
    KeptOf: _kept_of,
    ReferredBy: _referred_by,
    ToCarry: _to_carry,
    KeysInForce: _keys_in_force,
    OpenIncidents: _open_incidents,
    FreshNumber: _fresh_number,
    Approved: _approved,
    ZoneAt: _zone_at,
    AtPress: _at_press,
}


_WORK: Final = tuple(one.name for one in AGGREGATES if one.list and one.list.keeps_open)


def _nothing(_index: Index[Any]) -> tuple[str, ...]:
    return ()


_OF_ROWS: Final[Mapping[type[Index[Any]], Callable[[Any], tuple[str, ...]]]] = {
    Aboard: lambda _index: ("unit",),
    Approved: _nothing,
    AtPress: lambda index: (f"unit:{index.unit}",),
    CommitmentOf: lambda index: (f"unit:{index.unit}",),
    FreshNumber: _nothing,  # what waits is given as `numbers`
    IncidentOf: lambda _index: ("call", "incident"),
    OnDuty: _nothing,
    OpenIncidents: lambda _index: ("incident",),
    OpenWork: lambda _index: _WORK,
    Present: _nothing,
    Receivers: _nothing,
    WorksFor: _nothing,
    ZoneAt: _nothing,
}


def changed_by(facts: Sequence[Fact]) -> set[str]:
    """What of rows these facts change: the kinds of their records, and units whose assignments they
    are about."""
    kinds = {one.kind for one in facts}
    return kinds | {
        f"unit:{one.event.unit}" for one in facts if isinstance(one.event, OfAssignment)
    }


def hangs_on(index: Index[Any], changed: AbstractSet[str]) -> bool:
    """Whether the question may be answered otherwise once the rows show what has `changed_by`
    facts. Of a question that isn't listed here nobody knows: any may."""
    of_rows = _OF_ROWS.get(type(index))
    return bool(changed) if of_rows is None else not changed.isdisjoint(of_rows(index))
