"""What lies at the stations when the demo begins: matters of yesterday with work left on them,
callers who asked again this morning, and what was concluded last week. Entered afterwards, through
the same door as everything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import numpy as np

from dutyroom.actions.door import Outcome
from dutyroom.actions.request import Request
from dutyroom.actions.room import Room
from dutyroom.citypack import CityPack
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    ClearAssignment,
    OpenIncident,
    RecordChase,
    SetDisposition,
)
from dutyroom.domain.loops.commands import PauseClock
from dutyroom.domain.tasks import TASKS
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    NewStep,
    OfferTask,
    ReturnTask,
    SendBackTask,
    StartTask,
    SubmitTask,
    TickStep,
)
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.evening.attached import attached, hand_in
from dutyroom.evening.callbacks import called_back
from dutyroom.evening.callers import Callers
from dutyroom.evening.desks import asked_of_desks
from dutyroom.evening.divided import divided
from dutyroom.evening.halves import both
from dutyroom.evening.handing_over import handovers
from dutyroom.evening.joint import joint_operation
from dutyroom.evening.last_week import last_week
from dutyroom.evening.laying import Entry, Laying, first_stations, new_id
from dutyroom.evening.left_over import CHASES, MATTERS, OUTCOMES, Matter, Work
from dutyroom.evening.ordering import orders_laid
from dutyroom.evening.partners import referred
from dutyroom.evening.stations import SIMULATED, command_of, officer_of
from dutyroom.evening.weeks_ago import weeks_ago
from dutyroom.projections.models import ListedView

GATEWAY: Final = Actor("gateway", "gateway")
TAKER: Final = Actor(f"{SIMULATED}call-taker", "call_taker")
LINE: Final = "110-1"
PRIORITY: Final = 3
TO_APPROVE: Final = "stage.supervise"
"""What starts the clock within which a supervisor approves the handling."""
HANDLED_H: Final = 0.4
CHASED_H: Final = (2.6, 1.7, 0.8)
"""How long the crews took, and when callers asked again, in hours before now."""


def morning(pack: CityPack, seed: int, now_ms: int, named: str = "") -> list[Entry]:
    """All of it in the order in which it happened; none where the city has no police station.

    ``named`` is an officer of the first zone's station who can sign in: one task is offered to
    them.
    """
    stations = first_stations(pack)
    if not stations or not reasons_of(pack):
        return []
    laid = _Morning(pack, seed, now_ms, stations, named=named)
    own = list(laid.entries())
    asked = asked_of_desks(laid, own, reasons_of(pack))
    entries = (
        *called_back(laid),
        *last_week(laid),
        *own,
        *asked,
        *referred(laid, own),
        *joint_operation(laid, own),
        *handovers(laid),
        *attached(laid, own),
        *divided(laid, own),
        *weeks_ago(laid),
        *orders_laid(laid, own, reasons_of(pack)),
    )
    return sorted(entries, key=lambda one: one[0])


def enter(room: Room, entries: list[Entry], seed: int) -> list[Outcome]:
    """Ask the door for them, each at its time. Nothing in a room where there were tasks before."""
    if ListedView.objects.filter(kind=TASKS.name).exists():
        return []
    random = np.random.default_rng((seed, 1))
    outcomes = []
    for at_ms, actor, command in entries:
        if isinstance(command, AddAttachment):
            hand_in(room, actor, command)
        outcomes.append(room.door.perform(Request(new_id(random, at_ms), actor, command, at_ms)))
    return outcomes


@dataclass(slots=True)
class _Morning(Laying):
    named: str = ""
    _units: dict[str, tuple[int, int]] = field(default_factory=dict)
    """When each unit came on duty and was done, in milliseconds UTC."""

    def entries(self) -> Iterator[Entry]:
        callers = Callers(self.pack, self.random)
        said = iter(zip(CHASES, CHASED_H, strict=True))
        for number, matter in enumerate(MATTERS):
            org = self.stations[matter.station % len(self.stations)]
            incident = self._hours(matter.hours_ago)
            yield from self._met(matter, incident, org, number)
            for place, work in enumerate(matter.work):
                yield from self._work(work, incident, org, matter.hours_ago - 1, place)
            if matter.chased:
                words, hours = next(said)
                yield from self._chase(callers, incident, both(words), hours)
            if matter.waits_h is not None:
                yield from self._pause(matter.category, incident, self.at(matter.waits_h))
        for unit, (from_ms, to_ms) in self._units.items():
            yield from_ms, self.dispatcher, SignOn(unit, self.crew(unit))
            yield to_ms, self.dispatcher, SignOff(unit)

    def _met(self, matter: Matter, incident: UUID, org: str, number: int) -> Iterator[Entry]:
        """A patrol meets it, and is done with it after a while."""
        words = self.pack.vocabulary
        unit = self.unit(matter.category, PRIORITY, number)
        crew = Actor(f"{unit.id}-1", "field_officer", unit.id)
        assignment = self._hours(matter.hours_ago)
        at_ms, done_ms = self.at(matter.hours_ago), self.at(matter.hours_ago - HANDLED_H)
        came, left = self._units.get(unit.id, (at_ms, done_ms))
        self._units[unit.id] = (min(came, at_ms - 1), max(left, done_ms + 2))
        met = OpenIncident(
            incident,
            matter.category,
            PRIORITY,
            self.place(org),
            "on_view",
            unit=unit.id,
            assignment=assignment,
            text=both(matter.said),
        )
        yield at_ms, crew, met
        reason = next(iter(words.codes("clear_reasons")))
        yield done_ms, crew, ClearAssignment(incident, assignment, reason)
        done = next(iter(words.codes("dispositions")))
        yield done_ms + 1, self.dispatcher, SetDisposition(incident, done)

    def _hours(self, hours_ago: float) -> UUID:
        return self.new(self.at(hours_ago))

    def _work(
        self, work: Work, incident: UUID, org: str, from_h: float, place: int
    ) -> Iterator[Entry]:
        """A task on it, as far as it has come until now. What nobody has accepted was offered
        within the last half hour; what is late, yesterday."""
        if work.until in ("offered", "returned") and work.due_h > 0:
            from_h = 0.35 - 0.1 * place
        task = self._hours(from_h)
        steps = tuple(NewStep(self._hours(from_h), both(text)) for text in work.steps)
        offer = OfferTask(
            task,
            incident,
            work.kind,
            org,
            both(work.what),
            work.team,
            self.named if work.named else "",
            PRIORITY,
            self.at(-work.due_h),
            steps,
        )
        command, officer = command_of(org), officer_of(org, place % 2 + 1)
        yield self.at(from_h), command if work.within else self.dispatcher, offer
        first, *more = self._reasons
        last = more[-1] if more else first
        accepted = (self.at(from_h - 0.3), officer, AcceptTask(task))
        submitted = (self.at(1.5), officer, SubmitTask(task, OUTCOMES[work.kind]))
        match work.until:
            case "accepted":
                yield accepted
            case "in_progress":
                yield from (accepted, (self.at(1.8), officer, StartTask(task)))
                if steps:
                    yield self.at(1.2), officer, TickStep(task, steps[0].step)
            case "submitted":
                yield from (accepted, submitted)
            case "sent_back":
                yield from (accepted, submitted, (self.at(0.8), command, SendBackTask(task, last)))
            case "approved":
                yield from (accepted, submitted, (self.at(1.0), command, ApproveTask(task)))
            case "returned":
                yield self.at(0.05), officer, ReturnTask(task, first)

    def _chase(self, callers: Callers, incident: UUID, said: str, hours: float) -> Iterator[Entry]:
        """Somebody calls about it again. Of the first one the dispatcher has taken note."""
        call, caller, at_ms = self._hours(hours), callers.caller(), self.at(hours)
        yield at_ms, GATEWAY, ReceiveCall(call, LINE, caller.number)
        yield at_ms + 9_000, TAKER, ClaimCall(call)
        yield at_ms + 30_000, TAKER, RecordCallDetails(call, caller, said)
        yield at_ms + 55_000, TAKER, RecordChase(incident, call)
        yield at_ms + 60_000, TAKER, EndCall(call)
        if hours == CHASED_H[0]:
            yield at_ms + 300_000, self.dispatcher, AcknowledgeChase(incident, at_ms + 300_000)

    def _pause(self, category: str, incident: UUID, at_ms: int) -> Iterator[Entry]:
        """The approval waits, if the city pack allows it."""
        for rule in self.pack.loop.clocks:
            if TO_APPROVE in rule.starts and category in rule.categories and rule.pauses:
                yield at_ms, self.dispatcher, PauseClock(incident, rule.code, rule.pauses[0])

    @property
    def _reasons(self) -> tuple[str, ...]:
        return reasons_of(self.pack)


def reasons_of(pack: CityPack) -> tuple[str, ...]:
    """Why a task may be returned or sent back."""
    return tuple(one.code for one in pack.loop.task_reasons if not one.retired)
