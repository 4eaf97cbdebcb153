"""A room in memory: decides commands with exactly the records they ask for, and folds the events."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any
from uuid import UUID

from dutyroom.clocks.loop import NO_LOOP
from dutyroom.domain import AGGREGATES
from dutyroom.domain.asking import asks, asks_more, kind_of
from dutyroom.domain.attachments.known import Kept, KeptOf, Upload, Uploaded
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.calls.known import IncidentOf, NotSafeToCall
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Actor, Codes, Context
from dutyroom.domain.decide import decide, with_following
from dutyroom.domain.desk_requests.known import DeskLoad, WorksAtDesk
from dutyroom.domain.desk_requests.state import AT_WORK, DeskRequestState
from dutyroom.domain.evolve import evolve
from dutyroom.domain.handovers.known import Receivers
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.events import (
    IncidentCallLinked,
    IncidentCallUnlinked,
    IncidentChased,
)
from dutyroom.domain.incidents.known import (
    Approved,
    FreshNumber,
    OpenIncidents,
    OpenWork,
    Work,
    ZoneAt,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Ask, Command, Decision, Emitted, Event, Index, Refusal, State
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.on_duty import OnDuty
from dutyroom.domain.orders.state import OrderState
from dutyroom.domain.orgs import concerns, within
from dutyroom.domain.partner_keys.known import KeysInForce
from dutyroom.domain.partner_keys.state import PartnerKeyState
from dutyroom.domain.referrals.known import ReferredBy, ToCarry
from dutyroom.domain.referrals.state import WAITING, ReferralState
from dutyroom.domain.spots.known import Public, PublicPlaceOf, SpotOf
from dutyroom.domain.spots.state import SpotState
from dutyroom.domain.station_handovers.items import HandedItem
from dutyroom.domain.station_handovers.known import CommandOffice, DueItems, OpenStationHandover
from dutyroom.domain.station_handovers.state import StationHandoverState
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.units.crews import person_key
from dutyroom.domain.units.known import Aboard, Commitment, CommitmentOf
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.values import Place

from .strategies import CODES, START_MS, UNITS

ANNA = Actor("anna", "dispatcher")


class Room:
    """`now_ms` moves on by a second with each command."""

    def __init__(self, codes: Codes = CODES, units: tuple[str, ...] = UNITS) -> None:
        self.codes = replace(codes, units=frozenset(units))
        self.states: dict[str, State] = {}
        self.links: dict[UUID, UUID] = {}
        self.journal: list[tuple[str, Event, int]] = []
        self.members = ("anna", "bo", "chen", "dai")
        self.loop = NO_LOOP
        self.on_duty: dict[str, tuple[str, ...]] = {}
        self.duty_of: dict[str, str] = {}  # who isn't named is on duty for the whole room
        self.works_for: dict[str, str] = {"anna": "city", "bo": "city/north", "chen": "city/north"}
        self.command_offices: dict[str, str] = {}
        self.works_at_desk: dict[str, str] = {"bo": "city/fraud", "chen": "city/fraud"}
        self.uploads: dict[UUID, Upload] = {}
        self.to_carry: dict[str, object] = {}
        self.now_ms = START_MS

    @property
    def calls(self) -> dict[UUID, CallState]:
        return self._of("call", CallState)

    @property
    def incidents(self) -> dict[UUID, IncidentState]:
        return self._of("incident", IncidentState)

    @property
    def handovers(self) -> dict[UUID, HandoverState]:
        return self._of("handover", HandoverState)

    @property
    def tasks(self) -> dict[UUID, TaskState]:
        return self._of("task", TaskState)

    @property
    def orders(self) -> dict[UUID, OrderState]:
        return self._of("supervision_order", OrderState)

    @property
    def desk_requests(self) -> dict[UUID, DeskRequestState]:
        return self._of("desk_request", DeskRequestState)

    @property
    def station_handovers(self) -> dict[UUID, StationHandoverState]:
        return self._of("station_handover", StationHandoverState)

    @property
    def attachments(self) -> dict[UUID, AttachmentState]:
        return self._of("attachment", AttachmentState)

    @property
    def referrals(self) -> dict[UUID, ReferralState]:
        return self._of("referral", ReferralState)

    @property
    def units(self) -> dict[str, UnitState]:
        """Every unit of the pack."""
        known = {id_: self.states.get(f"unit:{id_}") for id_ in sorted(self.codes.units)}
        return {id_: s if isinstance(s, UnitState) else UnitState() for id_, s in known.items()}

    def _of[S](self, name: str, kind: type[S]) -> dict[UUID, S]:
        return {
            UUID(stream.partition(":")[2]): state
            for stream, state in self.states.items()
            if stream.startswith(f"{name}:") and isinstance(state, kind)
        }

    def act(
        self, command: Command, actor: Actor = ANNA, *, occurred_at_ms: int | None = None
    ) -> Decision:
        """Decide and, unless refused, apply."""
        self.now_ms += 1_000
        at_ms = self.now_ms if occurred_at_ms is None else occurred_at_ms
        context = self.context(command, actor, at_ms)
        decided = decide(command, context)
        if isinstance(decided, Refusal):
            return decided
        decision = with_following(decided, self.more_of(context, decided))
        for emitted in decision:
            self.apply(emitted.stream, emitted.event, at_ms)
        return decision

    def does(self, command: Command, actor: Actor = ANNA, **when: int) -> tuple[str, ...]:
        """Act, insist that it is not refused, and give the types of the events."""
        decision = self.act(command, actor, **when)
        assert not isinstance(decision, Refusal), decision
        return tuple(emitted.event.TYPE for emitted in decision)

    def refuses(self, command: Command, actor: Actor = ANNA, **when: int) -> Refusal:
        """Act, insist that it is refused, and give the refusal."""
        decision = self.act(command, actor, **when)
        assert isinstance(decision, Refusal), decision
        return decision

    def context(self, command: Command, actor: Actor = ANNA, at_ms: int | None = None) -> Context:
        """What the command asks for, and nothing else."""
        occurred_ms = self.now_ms if at_ms is None else at_ms
        context = Context(
            self.now_ms, occurred_ms, actor, self.codes, pack_hash="pack", loop=self.loop
        )
        asked: frozenset[Ask] = frozenset()
        while more := asks(command, context) - asked:
            asked |= more
            context = self.load(context, asked)
        return context

    def more_of(self, context: Context, decided: tuple[Emitted, ...]) -> Context:
        """With what is asked for besides, given what was decided."""
        asked: frozenset[Ask] = frozenset((*context.states, *context.answers))
        while more := asks_more(decided, context) - asked:
            asked |= more
            context = self.load(context, asked)
        return context

    def full_context(self, command: Command, actor: Actor = ANNA) -> Context:
        """Everything there is."""
        asked = asks(command, self.context(command, actor))
        everything: set[Ask] = {*asked, *self.states, OpenIncidents(), Receivers()}
        everything |= {OpenWork(one) for one in self.incidents}
        for unit in self.codes.units:
            everything |= {f"unit:{unit}", CommitmentOf(unit)}
        return self.load(self.context(command, actor), everything)

    def load(self, context: Context, asked: AbstractSet[Ask]) -> Context:
        streams = {one for one in asked if isinstance(one, str)}
        seen = {
            stream: kind_of(stream).seen(
                stream.partition(":")[2], self.states.get(stream), self.codes
            )
            for stream in streams
        }
        return replace(
            context,
            states={stream: state for stream, state in seen.items() if state is not None},
            answers={one: self.answer(one) for one in asked if isinstance(one, Index)},
        )

    def answer(self, index: Index[Any]) -> object:
        match index:
            case IncidentOf(call):
                return self.links.get(call)
            case NotSafeToCall(call):
                linked = self.links.get(call)
                return not_safe(linked, self.incidents.get) if linked else None
            case CommitmentOf(unit):
                return self.commitments().get(unit)
            case Aboard(person):
                return self.aboard(person)
            case OpenIncidents():
                return self.open_incidents()
            case Receivers():
                return self.members
            case FreshNumber():
                return "1000-0009"
            case ZoneAt():
                return "north"
            case Approved(incident):
                loop = self.states.get(f"loop:{incident}")
                return isinstance(loop, LoopState) and loop.approved
            case WorksFor(member):
                return self.works_for.get(member)
            case OpenWork(incident):
                return self.open_work(incident)
            case DueItems(org):
                return self.due_items(org)
            case OpenStationHandover(org):
                found = self.station_handovers.items()
                return next((i for i, one in found if (one.org, one.phase) == (org, "open")), None)
            case CommandOffice(org):
                offices = sorted(self.command_offices.items())
                return tuple(name for name, own in offices if within(org, own))
            case DeskLoad(desk):
                there = [one for one in self.desk_requests.values() if one.desk == desk]
                return sum(one.phase in AT_WORK for one in there)
            case WorksAtDesk(member):
                return self.works_at_desk.get(member)
            case OnDuty(role, org):
                there = [self.on_duty.get(role, ())] if role else [*self.on_duty.values()]
                names = dict.fromkeys(name for some in there for name in some)
                return tuple(one for one in names if concerns(org, self.duty_of.get(one, "")))
        return self.answer_of_more(index)

    def answer_of_more(self, index: Index[Any]) -> object:
        match index:
            case Uploaded(attachment):
                return self.uploads.get(attachment)
            case KeptOf(incident):
                sizes = [one.size for one in self.attachments.values() if one.incident == incident]
                return Kept(len(sizes), sum(sizes))
        return self.answer_of_partners(index)

    def answer_of_partners(self, index: Index[Any]) -> object:
        match index:
            case ReferredBy(incident, agreement):
                waiting = self.waiting_referrals(incident)
                found = (one for one in waiting if one[1].sent.agreement == agreement)
                return next(((id_, one.sent.by) for id_, one in found), None)
            case KeysInForce(org, at_ms):
                keys = self._of("partner_key", PartnerKeyState).values()
                mine = [one for one in keys if one.added.org == org]
                return sum(one.phase_at(at_ms) == "active" for one in mine)
            case ToCarry():
                return self.to_carry
            case PublicPlaceOf("place:bridge"):
                return Public(Place(121.0, 31.0, "Bridge", "place"), "north")
            case SpotOf(place, kind):
                return self.spot_of(place, kind)
        return index.unknown()

    def spot_of(self, place: str, kind: str) -> UUID | None:
        spots = self._of("spot", SpotState)
        for id_, one in spots.items():
            there = (one.taken.place, one.taken.kind) == (place, kind)
            if there and one.phase_at(self.now_ms) == "taken_on":
                return id_
        return None

    def open_incidents(self) -> tuple[UUID, ...]:
        return tuple(id_ for id_, one in self.incidents.items() if one.state == "open")

    def open_work(self, incident: UUID) -> tuple[Work, ...]:
        """As `projections/work.py` finds it."""
        found: list[Work] = []
        for kind in AGGREGATES:
            if kind.list is None or kind.state is None:
                continue
            for id_, state in self._of(kind.name, kind.state).items():
                columns = kind.list.columns(state)
                keeps = columns.open and columns.state in kind.list.keeps_open
                if keeps and columns.incident == incident:
                    found.append(Work(kind.name, id_, columns.state))
        return tuple(found)

    def due_items(self, org: str) -> tuple[HandedItem, ...]:
        """Of tasks, within a day."""
        waited = [
            (one.due_ms, id_, one)
            for id_, one in self.tasks.items()
            if one.org == org and one.due_ms is not None and one.phase != "submitted"
        ]
        return tuple(
            HandedItem("task", id_, one.number, due_ms, due_ms <= self.now_ms, one.owner)
            for due_ms, id_, one in sorted(waited, key=lambda each: each[:2])
            if not one.over and due_ms < self.now_ms + 86_400_000
        )

    def waiting_referrals(self, incident: UUID) -> list[tuple[UUID, ReferralState]]:
        mine = [one for one in self.referrals.items() if one[1].sent.incident == incident]
        return [one for one in mine if one[1].phase in WAITING]

    def aboard(self, person: str) -> tuple[str, ...]:
        return tuple(
            id_ for id_, unit in self.units.items() if person in map(person_key, unit.crew)
        )

    def commitments(self) -> dict[str, Commitment]:
        return {
            one.unit: Commitment(id_, one.id, incident.number, one.open_state)
            for id_, incident in self.incidents.items()
            for one in incident.assignments
            if one.open_state is not None
        }

    def apply(self, stream: str, event: Event, at_ms: int) -> None:
        """Fold one event into the record of its stream."""
        self.journal.append((stream, event, at_ms))
        state = evolve(self.states.get(stream), event, at_ms)
        if state is not None:
            self.states[stream] = state
        kind, _, id_ = stream.partition(":")
        if kind == "incident":
            if isinstance(event, IncidentCallLinked | IncidentChased):
                self.links[event.call] = UUID(id_)
            elif isinstance(event, IncidentCallUnlinked) and self.links.get(event.call) == UUID(
                id_
            ):
                del self.links[event.call]
