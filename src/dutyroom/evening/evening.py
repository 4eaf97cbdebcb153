"""The evening itself: calls come in, and simulated colleagues do what nobody else has done yet.

Everything goes through the same door as a person's actions, and everything it needs to go on is
read from the board: stopped and started again, the evening continues. Whoever works at a console
is faster than the simulated colleagues, who wait a moment before they take over, and longer with
what a person has begun.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

import msgspec
import numpy as np

from dutyroom.actions.door import Done
from dutyroom.actions.positions import Fix
from dutyroom.actions.request import Request
from dutyroom.actions.room import Room
from dutyroom.advice.advised import as_shown
from dutyroom.clocks.route import Route
from dutyroom.core.ids import uuid7
from dutyroom.domain.calls.commands import (
    CallBack,
    ClaimCall,
    EndCall,
    HangUpCall,
    ReceiveCall,
    RecordCallDetails,
)
from dutyroom.domain.calls.row import CallRow
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveAtFacility,
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LinkCall,
    OpenIncident,
    SetDisposition,
    StartEnRoute,
    StartTransport,
    UnitToSend,
)
from dutyroom.domain.incidents.row import AssignmentRow, IncidentRow
from dutyroom.domain.loops.commands import ApproveHandling
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.referrals.state import WAITING
from dutyroom.domain.station_handovers.row import StationHandoverRow
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.units.row import UnitRow
from dutyroom.evening.callbacks import Callbacks, read_call_backs
from dutyroom.evening.callers import Callers, Story
from dutyroom.evening.closing import APPROVE_AFTER_S, Handled, leaves_work, may_conclude, next_of
from dutyroom.evening.desks import Specialists, read_requests
from dutyroom.evening.driving import Drive, Driver
from dutyroom.evening.halves import both
from dutyroom.evening.handing_over import Handing
from dutyroom.evening.left_over import USUAL
from dutyroom.evening.mediators import Mediators
from dutyroom.evening.morning import enter, morning, reasons_of
from dutyroom.evening.ordering import Answering, read_orders
from dutyroom.evening.partners import Partners, read_referrals
from dutyroom.evening.stations import Colleagues, is_simulated, stations_of
from dutyroom.projections import board
from dutyroom.projections.rows import read_call, read_incident, read_loop, read_unit

GATEWAY: Final = Actor("gateway", "gateway")
TAKER: Final = Actor("sim-call-taker", "call_taker")
DISPATCHER: Final = Actor("sim-dispatcher", "dispatcher")
SUPERVISOR: Final = Actor("sim-supervisor", "supervisor")
LINES: Final = ("110-1", "110-2", "110-3", "119-1", "120-1")

ANSWER_AFTER_S: Final = (8.0, 22.0)
TALK_S: Final = (20.0, 55.0)
DISPATCH_AFTER_S: Final = {1: 12.0, 2: 25.0, 3: 45.0, 4: 70.0}
PERSON_FIRST_S: Final = 180.0
"""So long an incident that a person has had a hand in is left to people, by their clock: whoever
tries the room out signs in a second time before going on."""
TURNOUT_S: Final = (15.0, 60.0)
ON_SCENE_S: Final = {1: 1200.0, 2: 900.0, 3: 600.0, 4: 420.0}
FACILITY_S: Final = (300.0, 700.0)
STATION_CREWS: Final = frozenset({"patrol", "community"})
POSITION_EVERY_MS: Final = 1_000
CALL_BACK_AFTER_S: Final = 45.0
BUSY: Final = 5
"""From so many open incidents on, calls come at the rate that was asked for."""
HURRY: Final = 1.3
LONGEST_DRIVE_S: Final = 900.0
SAME_STORY: Final = 0.15
"""Share of calls that report something another caller has just reported."""
HANG_UP: Final = 0.06
NOTHING: Final = 0.05
"""Shares of callers who hang up before anybody answers, and who need no help."""


@dataclass(slots=True)
class _Going:
    """What a unit of ours is doing: its drive, since when, and its destination."""

    assignment: str
    drive: Drive
    from_ms: int


@dataclass(slots=True)
class Evening:
    """Call `step` about once a second with the time of the evening.

    ``calls_per_h`` at speed 1; ``speed`` makes everything go faster. ``send_positions`` hands the
    units' positions in: what they are, when, and how many times as fast as in life units move.
    """

    room: Room
    send_positions: Callable[[list[Fix], int, float], Any]
    seed: int
    speed: float = 1.0
    calls_per_h: float = 60.0
    _random: np.random.Generator = field(init=False)
    _callers: Callers = field(init=False)
    _driver: Driver = field(init=False)
    _colleagues: Colleagues = field(init=False)
    _partners: Partners = field(init=False)
    _specialists: Specialists = field(init=False)
    _mediators: Mediators = field(init=False)
    _answering: Answering = field(init=False)
    _handing: Handing = field(init=False)
    _callbacks: Callbacks = field(init=False)
    _stories: dict[str, Story] = field(default_factory=dict)
    _patience: dict[str, float] = field(default_factory=dict)
    _going: dict[str, _Going] = field(default_factory=dict)
    _places: dict[str, tuple[float, float]] = field(default_factory=dict)
    _in_emergency: set[str] = field(default_factory=set)
    _peoples: set[str] = field(default_factory=set)
    """Incidents that a person has had a hand in."""
    _approved: dict[str, LoopRow] = field(default_factory=dict)
    _paused: set[str] = field(default_factory=set)
    _with_tasks: set[str] = field(default_factory=set)
    _worked_ms: dict[str, int] = field(default_factory=dict)
    """Loops whose handling is approved, or that wait for somebody; incidents with open tasks, and
    when they last had some."""
    _left: set[str] = field(default_factory=set)
    """Incidents of which was decided whether they leave work."""
    _began_ms: int = 0
    _next_call_ms: int = 0
    _sent_ms: int = 0

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)
        self._callers = Callers(self.room.pack, self._random)
        self._driver = Driver(self.room.pack)
        stations = stations_of((one.path, one.level) for one in self.room.pack.orgs)
        self._colleagues = Colleagues(stations, reasons_of(self.room.pack), self.seed, self.speed)
        city = Actor(DISPATCHER.id, DISPATCHER.role, org=self.room.pack.orgs[0].path)
        self._specialists = Specialists(self.room.pack, city, self.seed, self.speed)
        self._partners = Partners(self.room.pack, city, self.seed, self.speed)
        self._callbacks = Callbacks(self.room.pack, self.speed)
        self._mediators = Mediators(stations, self.seed, self.speed)
        self._answering = Answering(self.seed, self.speed)
        self._handing = Handing(self.room.pack.zones[0].org, self.room.pack.timezone, self.speed)

    def begin(self, now_ms: int, named: str = "") -> None:
        """Lay out the work of the morning, in a room that never had any, and come on duty.
        ``named``: to which member of the first station a task is offered."""
        enter(self.room, morning(self.room.pack, self.seed, now_ms, named), self.seed)
        self._callbacks.began_ms = now_ms
        self._began_ms = self._colleagues.began_ms = self._specialists.began_ms = now_ms
        self._partners.began_ms = now_ms
        self._mediators.began_ms = now_ms
        self._answering.began_ms = now_ms
        self.sign_on(now_ms)

    def sign_on(self, now_ms: int) -> None:
        """Bring every unit on duty that is off duty."""
        for unit in self._units():
            if unit.status == "off_duty":
                crew = tuple(f"{unit.id}-{n + 1}" for n in range(self.room.pack.unit(unit.id).crew))
                self._do(DISPATCHER, SignOn(unit.id, crew), now_ms)

    def step(self, now_ms: int) -> None:
        """Do what is due."""
        snapshot = board.snapshot(now_ms)
        units = [read_unit(row) for row in snapshot.rows["units"]]
        self._notice_emergencies(units)
        calls = [read_call(row) for row in snapshot.rows["calls"]]
        incidents = [read_incident(row) for row in snapshot.rows["incidents"]]
        loops = [read_loop(row) for row in snapshot.rows["loops"]]
        self._approved = {row.id: row for row in loops if row.approved_by}
        self._paused = {row.id for row in loops if any(one.state == "paused" for one in row.clocks)}
        tasks = [msgspec.json.decode(row, type=TaskRow) for row in snapshot.rows["tasks"]]
        requests = read_requests(snapshot.rows["desk_requests"])
        referrals = read_referrals(snapshot.rows["referrals"])
        waiting = {one.incident for one in referrals if one.state in WAITING}
        asked_about = {one.incident for one in requests}
        self._with_tasks = {one.incident for one in tasks} | asked_about | waiting
        ordered = read_orders(snapshot.rows["supervision_orders"])
        self._with_tasks |= {one.incident for one in ordered}
        self._worked_ms |= dict.fromkeys(self._with_tasks, now_ms)
        if now_ms >= self._next_call_ms:
            self._ring(now_ms)
            # A quiet room fills quickly, so that whoever has just opened it sees it alive.
            at_work = (row.state == "open" and row.progress != "cleared" for row in incidents)
            busy = sum(at_work) >= BUSY
            per_h = self.calls_per_h * self.speed * (1 if busy else 6)
            self._next_call_ms = now_ms + round(self._random.exponential(3600 / per_h) * 1000)
        for call in calls:
            self._answer(call, incidents, now_ms)
        for incident in incidents:
            if incident.state == "open":
                self._handle(incident, now_ms)
        for actor, command in self._colleagues.moves(tasks, now_ms):
            self._do(actor, command, now_ms)
        for actor, followed in self._mediators.moves(snapshot.rows["matters"], now_ms):
            self._do(actor, followed, now_ms)
        for actor, asked in self._specialists.moves(requests, incidents, now_ms):
            self._do(actor, asked, now_ms)
        for actor, referring in self._partners.moves(referrals, incidents, now_ms):
            self._do(actor, referring, now_ms)
        to_call = read_call_backs(snapshot.rows["call_backs"])
        for actor, calling in self._callbacks.moves(to_call, now_ms):
            self._do(actor, calling, now_ms)
        for actor, answering in self._answering.moves(ordered, now_ms):
            self._do(actor, answering, now_ms)
        open_handovers = snapshot.rows["station_handovers"]
        handed = [msgspec.json.decode(row, type=StationHandoverRow) for row in open_handovers]
        for actor, handing in self._handing.moves(handed, now_ms):
            self._do(actor, handing, now_ms)
        if now_ms - self._sent_ms >= POSITION_EVERY_MS:
            self._sent_ms = now_ms
            self._move(units, now_ms)

    # --- callers and the call-taker ---

    def _ring(self, now_ms: int) -> None:
        call = self._id(now_ms)
        story = self._story()
        self._stories[str(call)] = story
        line = LINES[self._random.integers(len(LINES))]
        self._do(GATEWAY, ReceiveCall(call, line, story.caller.number), now_ms)

    def _story(self) -> Story:
        recent = list(self._stories.values())[-6:]
        if recent and self._random.random() < SAME_STORY:
            same = recent[self._random.integers(len(recent))]
            return Story(same.category, same.place, self._callers.caller(), same.text)
        return self._callers.story()

    def _answer(self, call: CallRow, incidents: list[IncidentRow], now_ms: int) -> None:
        id_ = UUID(call.id)
        waited_s = (now_ms - call.since_ms) / 1000 * self.speed
        story = self._stories.setdefault(call.id, self._callers.story())
        luck = id_.int % 1000 / 1000
        if call.state == "ringing":
            if luck < HANG_UP and waited_s > 6:
                self._do(GATEWAY, HangUpCall(id_), now_ms)
            elif waited_s > self._due(call.id + "answer", ANSWER_AFTER_S):
                self._do(TAKER, ClaimCall(id_), now_ms)
        elif call.state == "abandoned":
            if waited_s > CALL_BACK_AFTER_S:
                for command in (
                    ClaimCall(id_),
                    CallBack(id_, "no_answer"),
                    EndCall(id_, self._nothing_reason()),
                ):
                    self._do(TAKER, command, now_ms)
        elif call.state == "claimed" and not call.has_details:
            details = RecordCallDetails(id_, story.caller, story.text)
            self._do(TAKER, details, now_ms)  # what the caller says, whoever listens
        elif call.claimed_by == TAKER.id and call.state == "claimed":
            talk_s = self._due(call.id + "talk", TALK_S)
            if waited_s > talk_s:
                self._finish(call, story, incidents, luck, now_ms)

    def _finish(
        self,
        call: CallRow,
        story: Story,
        incidents: list[IncidentRow],
        luck: float,
        now_ms: int,
    ) -> None:
        id_ = UUID(call.id)
        if call.incident is None:
            if HANG_UP <= luck < HANG_UP + NOTHING:
                self._do(TAKER, EndCall(id_, self._nothing_reason()), now_ms)
                return
            same = self._same(story, incidents)
            if same is not None:
                self._do(TAKER, LinkCall(UUID(same), id_), now_ms)
            else:
                incident = self._id(now_ms)
                opened = OpenIncident(
                    incident, story.category.code, story.category.priority, story.place, call=id_
                )
                self._do(TAKER, opened, now_ms)
        self._do(TAKER, EndCall(id_), now_ms)

    def _same(self, story: Story, incidents: list[IncidentRow]) -> str | None:
        at = (story.place.lon, story.place.lat)
        for row in incidents:
            like = row.state == "open" and row.category == story.category.code
            if like and self._place_of(row.id) == at:
                return str(row.id)
        return None

    def _nothing_reason(self) -> str:
        return next(iter(self.room.pack.vocabulary.codes("no_incident_reasons")))

    # --- the dispatcher and the crews ---

    def _handle(self, row: IncidentRow, now_ms: int) -> None:
        if self._is_person(row.changed_by):
            self._peoples.add(row.id)
        open_ones = [a for a in row.assignments if a.state in _OPEN]
        for assignment in open_ones:
            if self._conclude(row, assignment, now_ms):
                return
            self._crew(row, assignment, now_ms)
        least_s = PERSON_FIRST_S * self.speed if row.id in self._peoples else 0.0
        waited_s = (now_ms - row.changed_at_ms) / 1000 * self.speed
        if row.unmet and waited_s > max(least_s, DISPATCH_AFTER_S.get(row.priority, 45.0)):
            self._dispatch(row, now_ms)
        elif row.progress == "cleared" and not open_ones:
            self._finish_matter(row, least_s, now_ms)

    def _finish_matter(self, row: IncidentRow, least_s: float, now_ms: int) -> None:
        """What lay there before this evening began waits as if it had come in with it."""
        id_ = UUID(row.id)
        if row.id in self._paused:
            return
        if not least_s and self._leave_work(row, now_ms):
            return
        approved = self._approved.get(row.id)
        whole = (row.id, *row.absorbed)
        has_open_tasks = not self._with_tasks.isdisjoint(whole)
        worked_ms = 0 if has_open_tasks else max(self._worked_ms.get(one, 0) for one in whole)
        approved_ms = approved.stages[-1].from_ms if approved and approved.stages else 0
        since_ms = max(row.changed_at_ms, self._began_ms, approved_ms, worked_ms)
        # What a person approved can be taken back as long as it isn't closed.
        if worked_ms or (approved and self._is_person(approved.approved_by)):
            least_s = PERSON_FIRST_S * self.speed
        handled = Handled(
            (now_ms - since_ms) / 1000 * self.speed,
            disposition=row.disposition is not None,
            approved=approved is not None,
            has_open_tasks=has_open_tasks,
            patience_s=self._due(row.id + "approve", APPROVE_AFTER_S),
            least_s=least_s,
        )
        route = self._route(row)
        if next_of(route, handled) == "give_disposition":
            done = next(iter(self.room.pack.vocabulary.codes("dispositions")))
            if not self._do(DISPATCHER, SetDisposition(id_, done), now_ms):
                return
            handled = replace(handled, disposition=True)
        match next_of(route, handled):
            case "approve":
                self._do(SUPERVISOR, ApproveHandling(id_), now_ms)
            case "close":
                self._do(DISPATCHER, CloseIncident(id_), now_ms)

    def _leave_work(self, row: IncidentRow, now_ms: int) -> bool:
        """Some matters that only its own crews handled leave work for the station, once."""
        needs = {one.capability for one in self.room.pack.plan_for(row.category, row.priority)}
        new = row.opened_at_ms > self._began_ms and row.id not in self._left
        self._left.add(row.id)
        draw = UUID(row.id).int
        complaint = row.category in self.room.pack.loop.complaints
        theirs = needs <= STATION_CREWS and row.org in self._colleagues.stations and not complaint
        if not (new and theirs and leaves_work(draw % 991 / 991)):
            return False
        kind, team, what = USUAL[draw % len(USUAL)]
        due_ms = now_ms + (3 + draw % 20) * 3_600_000
        task = UUID(int=draw ^ 1)  # of its own: asked after a new start, it is there already
        offer = OfferTask(task, UUID(row.id), kind, row.org, both(what), team, due_ms=due_ms)
        by = Actor(DISPATCHER.id, DISPATCHER.role, org=self.room.pack.orgs[0].path)
        return self._do(by, offer, now_ms)

    def _route(self, row: IncidentRow) -> Route | None:
        return self.room.pack.loop.route_for(row.category, row.priority)

    def _conclude(self, row: IncidentRow, assignment: AssignmentRow, now_ms: int) -> bool:
        """The officer ends a light matter in one step, where nobody else has a hand in it."""
        alone = sum(one.state in _OPEN for one in row.assignments) == 1
        luck = UUID(assignment.id).int % 997 / 997
        ours = row.id not in self._peoples and row.id not in self._with_tasks
        safe = assignment.unit not in self._in_emergency
        if assignment.state != "on_scene" or not (alone and ours and safe):
            return False
        if not may_conclude(self._route(row), luck) or not self._scene_done(
            row, assignment, now_ms
        ):
            return False
        officer = self._officer(assignment)
        return self._do(officer, ConcludeIncident(UUID(row.id)), now_ms)

    def _is_person(self, actor: str) -> bool:
        unit, _, number = actor.rpartition("-")
        ours = actor == GATEWAY.id or is_simulated(actor)
        return not ours and not (number.isdigit() and unit in self.room.pack.unit_ids)

    def _dispatch(self, row: IncidentRow, now_ms: int) -> None:
        advice = self.room.advisor.recommend(row.id, now_ms)
        if advice is None or not advice.chosen:
            return
        units = tuple(UnitToSend(self._id(now_ms), unit) for unit in advice.chosen)
        shown = as_shown(advice, row.id, DISPATCHER.id, now_ms)
        self._do(DISPATCHER, Dispatch(UUID(row.id), units, advice=shown), now_ms)

    def _notice_emergencies(self, units: list[UnitRow]) -> None:
        self._in_emergency = {unit.id for unit in units if unit.emergency}

    def _crew(self, row: IncidentRow, assignment: AssignmentRow, now_ms: int) -> None:
        unit, id_ = assignment.unit, assignment.id
        if unit in self._in_emergency:
            return  # nobody plays what they do next: people see to them
        officer = self._officer(assignment)
        incident, assigned = UUID(row.id), UUID(id_)
        for_s = (now_ms - assignment.since_ms) / 1000 * self.speed
        match assignment.state:
            case "dispatched":
                if for_s > self._due(id_ + "turnout", TURNOUT_S):
                    self._do(officer, StartEnRoute(incident, assigned), now_ms)
            case "en_route":
                going = self._drive(unit, id_, row.id, assignment.since_ms)
                # Without a drive yet (we have just started) the next look at positions makes one.
                if for_s >= (going.drive.lasts_s if going else LONGEST_DRIVE_S):
                    self._do(officer, ArriveOnScene(incident, assigned), now_ms)
            case "on_scene":
                if self._scene_done(row, assignment, now_ms):
                    self._leave_scene(officer, incident, assigned, now_ms)
            case "transporting":
                if for_s > self._due(id_ + "transport", FACILITY_S):
                    self._do(officer, ArriveAtFacility(incident, assigned), now_ms)
            case "at_facility":
                if for_s > self._due(id_ + "facility", FACILITY_S):
                    self._clear(officer, incident, assigned, now_ms)

    def _officer(self, assignment: AssignmentRow) -> Actor:
        return Actor(f"{assignment.unit}-1", "field_officer", assignment.unit)

    def _scene_done(self, row: IncidentRow, assignment: AssignmentRow, now_ms: int) -> bool:
        for_s = (now_ms - assignment.since_ms) / 1000 * self.speed
        usual_s = ON_SCENE_S.get(row.priority, 600.0)
        return for_s > self._due(assignment.id + "scene", (0.4 * usual_s, 1.4 * usual_s))

    def _leave_scene(self, officer: Actor, incident: UUID, assigned: UUID, now_ms: int) -> None:
        unit = self.room.pack.unit(officer.unit or "")
        if "ambulance" in unit.capabilities and assigned.int % 5 < 2:
            self._do(officer, StartTransport(incident, assigned), now_ms)
        else:
            self._clear(officer, incident, assigned, now_ms)

    def _clear(self, officer: Actor, incident: UUID, assigned: UUID, now_ms: int) -> None:
        reason = next(iter(self.room.pack.vocabulary.codes("clear_reasons")))
        self._do(officer, ClearAssignment(incident, assigned, reason), now_ms)

    # --- positions ---

    def _move(self, units: list[UnitRow], now_ms: int) -> None:
        fixes = []
        for unit in units:
            if unit.status == "off_duty":
                continue
            fixes.append(Fix(unit.id, *self._where(unit, now_ms), now_ms))
        self.send_positions(fixes, now_ms, self.speed)

    def _where(self, unit: UnitRow, now_ms: int) -> tuple[float, float]:
        here = (unit.lon, unit.lat)
        if unit.id in self._in_emergency:
            return here
        if unit.status == "en_route" and unit.assignment and unit.incident:
            going = self._drive(unit.id, unit.assignment, unit.incident, unit.since_ms, here)
            return (
                going.drive.where((now_ms - going.from_ms) / 1000 * self.speed) if going else here
            )
        if unit.status == "available" and "patrol" in self.room.pack.unit(unit.id).capabilities:
            return self._patrol(unit.id, here, now_ms)
        if unit.status != "available":
            self._going.pop(unit.id, None)
        return here

    def _patrol(self, unit: str, here: tuple[float, float], now_ms: int) -> tuple[float, float]:
        going = self._going.get(unit)
        lasted_s = (now_ms - going.from_ms) / 1000 * self.speed if going else 0.0
        if going is None or going.assignment != "patrol" or lasted_s >= going.drive.lasts_s:
            home = self.room.pack.unit(unit)
            lon, lat = self._random.normal((home.lon, home.lat), 0.006)
            going = _Going("patrol", self._driver.drive(here, (lon, lat), 0.5), now_ms)
            self._going[unit] = going
            lasted_s = 0.0
        return going.drive.where(lasted_s)

    def _drive(
        self,
        unit: str,
        assignment: str,
        incident: str,
        since_ms: int,
        here: tuple[float, float] | None = None,
    ) -> _Going | None:
        going = self._going.get(unit)
        if going is None or going.assignment != assignment:
            place = self._place_of(incident)
            if place is None or here is None:
                return going if going and going.assignment == assignment else None
            going = _Going(assignment, self._driver.drive(here, place, HURRY), since_ms)
            self._going[unit] = going
        return going

    # --- small things ---

    def _place_of(self, incident: str) -> tuple[float, float] | None:
        return self.room.advisor.place(incident)

    def _units(self) -> list[UnitRow]:
        return [read_unit(row) for row in board.snapshot(0).rows["units"]]

    def _due(self, key: str, between: tuple[float, float]) -> float:
        if key not in self._patience:
            self._patience[key] = float(self._random.uniform(*between))
        return self._patience[key]

    def _id(self, now_ms: int) -> UUID:
        return uuid7(now_ms, int.from_bytes(self._random.bytes(10)) & ((1 << 74) - 1))

    def _do(self, actor: Actor, command: Any, now_ms: int) -> bool:
        """Ask; a refusal means that somebody else was faster, which is as it should be."""
        return isinstance(self.room.door.perform(Request(self._id(now_ms), actor, command)), Done)


_OPEN: Final = frozenset({"dispatched", "en_route", "on_scene", "transporting", "at_facility"})
