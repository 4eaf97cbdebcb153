"""What lies at the stations when the demo begins: matters of yesterday with work left on them, and
callers who asked again this morning. Entered afterwards, through the same door as everything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import numpy as np

from dutyroom.actions.door import Outcome
from dutyroom.actions.request import Request
from dutyroom.actions.room import Room
from dutyroom.citypack import CityPack, PackUnit
from dutyroom.core.ids import uuid7
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    ClearAssignment,
    OpenIncident,
    RecordChase,
    SetDisposition,
)
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
from dutyroom.domain.values import Place
from dutyroom.evening.callers import Callers
from dutyroom.evening.halves import both
from dutyroom.evening.left_over import CHASES, MATTERS, OUTCOMES, Matter, Work
from dutyroom.evening.stations import SIMULATED, command_of, officer_of, stations_of
from dutyroom.projections.models import ListedView

GATEWAY: Final = Actor("gateway", "gateway")
TAKER: Final = Actor(f"{SIMULATED}call-taker", "call_taker")
LINE: Final = "110-1"
MOST_STATIONS: Final = 4
PRIORITY: Final = 3
HANDLED_H: Final = 0.4
CHASED_H: Final = (2.6, 1.7, 0.8)
"""How long the crews took, and when callers asked again, in hours before now."""

type Entry = tuple[int, Actor, Any]
"""When it happened (milliseconds UTC), who did it, and what."""


def morning(pack: CityPack, seed: int, now_ms: int, named: str = "") -> list[Entry]:
    """All of it in the order in which it happened; none where the city has no police station.

    ``named`` is an officer of the first zone's station who can sign in: one task is offered to
    them.
    """
    stations = _stations(pack)
    if not stations or not pack.loop.task_reasons:
        return []
    return sorted(_Morning(pack, seed, now_ms, stations, named).entries(), key=lambda one: one[0])


def enter(room: Room, entries: list[Entry], seed: int) -> list[Outcome]:
    """Ask the door for them, each at its time. Nothing in a room where there were tasks before."""
    if ListedView.objects.filter(kind=TASKS.name).exists():
        return []
    random = np.random.default_rng((seed, 1))
    return [
        room.door.perform(Request(_id(random, at_ms), actor, command, at_ms))
        for at_ms, actor, command in entries
    ]


def _stations(pack: CityPack) -> tuple[str, ...]:
    """Those that look after zones, in the order of the zones."""
    known = stations_of((one.path, one.level) for one in pack.orgs)
    return tuple(dict.fromkeys(one.org for one in pack.zones if one.org in known))[:MOST_STATIONS]


def _id(random: np.random.Generator, at_ms: int) -> UUID:
    return uuid7(at_ms, int.from_bytes(random.bytes(10)) & ((1 << 74) - 1))


@dataclass(slots=True)
class _Morning:
    pack: CityPack
    seed: int
    now_ms: int
    stations: tuple[str, ...]
    named: str
    _random: np.random.Generator = field(init=False)
    _units: dict[str, tuple[int, int]] = field(default_factory=dict)
    """When each unit came on duty and was done, in milliseconds UTC."""

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)

    def entries(self) -> Iterator[Entry]:
        callers = Callers(self.pack, self._random)
        said = iter(zip(CHASES, CHASED_H, strict=True))
        for number, matter in enumerate(MATTERS):
            org = self.stations[matter.station % len(self.stations)]
            incident = self._new(matter.hours_ago)
            yield from self._met(matter, incident, org, number)
            for place, work in enumerate(matter.work):
                yield from self._work(work, incident, org, matter.hours_ago - 1, place)
            if matter.chased:
                words, hours = next(said)
                yield from self._chase(callers, incident, both(words), hours)
        for unit, (from_ms, to_ms) in self._units.items():
            crew = tuple(f"{unit}-{n + 1}" for n in range(self.pack.unit(unit).crew))
            yield from_ms, self._dispatcher, SignOn(unit, crew)
            yield to_ms, self._dispatcher, SignOff(unit)

    @property
    def _dispatcher(self) -> Actor:
        return Actor(f"{SIMULATED}dispatcher", "dispatcher", org=self.pack.orgs[0].path)

    def _met(self, matter: Matter, incident: UUID, org: str, number: int) -> Iterator[Entry]:
        """A patrol meets it, and is done with it after a while."""
        words = self.pack.vocabulary
        unit = self._unit(matter.category, number)
        crew = Actor(f"{unit.id}-1", "field_officer", unit.id)
        assignment = self._new(matter.hours_ago)
        at_ms, done_ms = self._at(matter.hours_ago), self._at(matter.hours_ago - HANDLED_H)
        came, left = self._units.get(unit.id, (at_ms, done_ms))
        self._units[unit.id] = (min(came, at_ms - 1), max(left, done_ms + 2))
        met = OpenIncident(
            incident,
            matter.category,
            PRIORITY,
            self._place(org),
            "on_view",
            unit=unit.id,
            assignment=assignment,
            text=both(matter.said),
        )
        yield at_ms, crew, met
        reason = next(iter(words.codes("clear_reasons")))
        yield done_ms, crew, ClearAssignment(incident, assignment, reason)
        done = next(iter(words.codes("dispositions")))
        yield done_ms + 1, self._dispatcher, SetDisposition(incident, done)

    def _work(
        self, work: Work, incident: UUID, org: str, from_h: float, place: int
    ) -> Iterator[Entry]:
        """A task on it, as far as it has come until now."""
        task = self._new(from_h)
        steps = tuple(NewStep(self._new(from_h), both(text)) for text in work.steps)
        offer = OfferTask(
            task,
            incident,
            work.kind,
            org,
            both(work.what),
            work.team,
            self.named if work.named else "",
            PRIORITY,
            self._at(-work.due_h),
            steps,
        )
        command, officer = command_of(org), officer_of(org, place % 2 + 1)
        yield self._at(from_h), command if work.within else self._dispatcher, offer
        first, *more = self._reasons
        last = more[-1] if more else first
        accepted = (self._at(from_h - 1), officer, AcceptTask(task))
        submitted = (self._at(1.5), officer, SubmitTask(task, OUTCOMES[work.kind]))
        match work.until:
            case "accepted":
                yield accepted
            case "in_progress":
                yield from (accepted, (self._at(1.8), officer, StartTask(task)))
                if steps:
                    yield self._at(1.2), officer, TickStep(task, steps[0].step)
            case "submitted":
                yield from (accepted, submitted)
            case "sent_back":
                yield from (accepted, submitted, (self._at(0.8), command, SendBackTask(task, last)))
            case "approved":
                yield from (accepted, submitted, (self._at(1.0), command, ApproveTask(task)))
            case "returned":
                yield self._at(2.0), officer, ReturnTask(task, first)

    def _chase(self, callers: Callers, incident: UUID, said: str, hours: float) -> Iterator[Entry]:
        """Somebody calls about it again. Of the first one the dispatcher has taken note."""
        call, caller, at_ms = self._new(hours), callers.caller(), self._at(hours)
        yield at_ms, GATEWAY, ReceiveCall(call, LINE, caller.number)
        yield at_ms + 9_000, TAKER, ClaimCall(call)
        yield at_ms + 30_000, TAKER, RecordCallDetails(call, caller, said)
        yield at_ms + 55_000, TAKER, RecordChase(incident, call)
        yield at_ms + 60_000, TAKER, EndCall(call)
        if hours == CHASED_H[0]:
            yield at_ms + 300_000, self._dispatcher, AcknowledgeChase(incident, at_ms + 300_000)

    @property
    def _reasons(self) -> tuple[str, ...]:
        return reasons_of(self.pack)

    def _unit(self, category: str, number: int) -> PackUnit:
        """One that meets what the category needs."""
        needs = {one.capability for one in self.pack.plan_for(category, PRIORITY)}
        able = [unit for unit in self.pack.units if needs <= unit.capabilities]
        return able[number % len(able)]

    def _place(self, org: str) -> Place:
        """A public place that the station looks after; the middle of its zone, if there is none."""
        zones = [one for one in self.pack.zones if one.org == org]
        own = {one.id for one in zones}
        near = [one for one in self.pack.places if self.pack.zone_at(one.lon, one.lat) in own]
        if not near:
            lon, lat = zones[0].centre
            return Place(lon, lat, both(zones[0].name), "point")
        one = near[self._random.integers(len(near))]
        return Place(one.lon, one.lat, both(one.name), "place")

    def _at(self, hours_ago: float) -> int:
        return self.now_ms - round(hours_ago * 3_600_000)

    def _new(self, hours_ago: float) -> UUID:
        return _id(self._random, self._at(hours_ago))


def reasons_of(pack: CityPack) -> tuple[str, ...]:
    """Why a task may be returned or sent back."""
    return tuple(one.code for one in pack.loop.task_reasons if not one.retired)
