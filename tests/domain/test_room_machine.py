"""Random nights in a small room: whatever is asked, in whatever order, these things stay true."""

from datetime import date
from itertools import pairwise
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dutyroom.clocks.calendar import always
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.rule import Edition, Length, Rule, Step
from dutyroom.core.text import Text
from dutyroom.domain.bodies import from_body, to_body
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.decide import decide, with_following
from dutyroom.domain.incidents.commands import (
    AddNote,
    ArriveAtFacility,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    Reassign,
    SetDisposition,
    SplitIncident,
    StartEnRoute,
    StartTransport,
    UndoReassign,
    UnitToSend,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Command, Refusal
from dutyroom.domain.loops.commands import LookAtClocks, PauseClock, ResumeClock
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from tests.harness.examples import examples

from .room import Room
from .strategies import ASSIGNMENTS, CALLS, INCIDENTS, NOTES, UNITS, actors, commands, places

KEEPER = Actor("keeper", "keeper")
MINUTE_MS = 60_000
STEPS = (StartEnRoute, ArriveOnScene, StartTransport, ArriveAtFacility)


def clock(
    code: str,
    minutes: int,
    stops: tuple[str, ...],
    *,
    pauses: tuple[str, ...] = (),
    urgent: bool = True,
) -> Rule:
    """One that runs from the opening, for urgent incidents or for the others."""
    nobody = Text("", "")
    return Rule(
        code,
        nobody,
        starts=("incident.opened", "incident.reopened"),
        stops=stops,
        within=Length(minutes, "minute"),
        calendar="always",
        edition=Edition(nobody, date(2025, 1, 1)),
        priorities=(1,) if urgent else (),
        pauses=pauses,
        warn=Length(1, "second"),
        escalate=(Step("dispatcher", Length(0, "minute")), Step("supervisor", Length(5, "minute"))),
        again=Length(30, "minute"),
    )


def essence(incident: IncidentState) -> object:
    """What a merge and its split must leave as it was: all but ids of moved assignments."""
    at_work = {
        (one.unit, one.state, one.since_ms, one.recommended, one.through)
        for one in incident.open_assignments
    }
    over = {
        (one.id, one.state, one.reason)
        for one in incident.assignments
        if one.state in ("cleared", "cancelled")
    }
    facts = (incident.state, incident.number, incident.category, incident.priority, incident.zone)
    said = (incident.answers, incident.notes, incident.struck, incident.more, incident.calls)
    links = (incident.merged_into, incident.absorbed, incident.disposition)
    kept = {(one.source, one.priority, one.parts) for one in incident.inherited}
    return facts, said, links, at_work, over, incident.own_priority, kept


class RoomMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = Room()
        self.room.loop = Loop(
            (always("Asia/Shanghai"),),
            (
                clock("report", 60, ("incident.closed",), pauses=("weather",)),
                clock("report", 600, ("incident.closed",), pauses=("weather",), urgent=False),
                clock("accept", 1, ("incident.unit_dispatched",)),
            ),
        )
        self.room.on_duty = {"supervisor": ("sun",)}

    @initialize(place=places, opened=st.integers(2, 3))
    def begin(self, place: Place, opened: int) -> None:
        """A night that has begun: so that random commands meet something."""
        for unit in UNITS:
            self.room.does(SignOn(unit, (f"crew of {unit}",)))
        for call, incident in zip(CALLS, INCIDENTS, strict=True):
            self.room.does(ReceiveCall(call, "110-1"))
            self.room.does(ClaimCall(call))
            if incident in INCIDENTS[:opened]:
                self.room.does(OpenIncident(incident, "NOISE", 3, place, call=call))
        for assignment, unit, incident in zip(ASSIGNMENTS, UNITS[1:], INCIDENTS, strict=False):
            self.room.does(Dispatch(incident, (UnitToSend(assignment, unit),)))

    @rule(command=commands, actor=actors)
    def anything(self, command: Command, actor: Actor) -> None:
        everything = self.room.full_context(command, actor)
        needs = self.room.context(command, actor)
        with_all, with_needs = decide(command, everything), decide(command, needs)
        assert with_all == with_needs, "the decision needs more than it asked for"
        if not isinstance(with_needs, Refusal):
            more = self.room.more_of(needs, with_needs)
            of_all = with_following(with_needs, everything)
            assert with_following(with_needs, more) == of_all, "what follows needs more"
        self.room.act(command, actor)

    @rule(incident=st.sampled_from(INCIDENTS), unit=st.sampled_from(UNITS), data=st.data())
    def send(self, incident: UUID, unit: str, data: st.DataObject) -> None:
        fresh = data.draw(st.uuids() | st.sampled_from(ASSIGNMENTS))
        self.room.act(Dispatch(incident, (UnitToSend(fresh, unit),)))

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        if not self.room.commitments():
            return
        unit = data.draw(st.sampled_from(sorted(self.room.commitments())))
        at = self.room.commitments()[unit]
        ids = (at.incident, at.assignment)
        options: list[Command] = [
            *(step(*ids) for step in STEPS),
            ClearAssignment(*ids, "done"),
            CancelAssignment(*ids, "not_needed"),
            Reassign(*ids, data.draw(st.sampled_from(INCIDENTS)), data.draw(st.uuids())),
            UndoReassign(*ids),
        ]
        self.room.act(data.draw(st.sampled_from(options)))

    @rule(incident=st.sampled_from(INCIDENTS), note=st.sampled_from(NOTES))
    def conclude(self, incident: UUID, note: UUID) -> None:
        self.room.act(AddNote(incident, note, "done here"))
        self.room.act(SetDisposition(incident, "helped"))
        for call in CALLS:
            self.room.act(EndCall(call, "wrong_number"))
        self.room.act(CloseIncident(incident))

    @rule(
        incident=st.sampled_from(INCIDENTS),
        wanted=st.sampled_from((PauseClock, ResumeClock)),
        minutes=st.integers(0, 600),
    )
    def clocks_stand_still_and_go_on(
        self, incident: UUID, wanted: type[Command], minutes: int
    ) -> None:
        self.room.now_ms += minutes * MINUTE_MS
        if wanted is PauseClock:
            self.room.act(PauseClock(incident, "report", "weather"))
        else:
            self.room.act(ResumeClock(incident, "report"))

    @rule(incident=st.sampled_from(INCIDENTS))
    def the_keeper_comes_twice(self, incident: UUID) -> None:
        self.room.does(LookAtClocks(incident), KEEPER)
        assert self.room.does(LookAtClocks(incident), KEEPER) == ()

    @rule()
    def merge_all_and_split_again(self) -> None:
        """A chain of merges, undone from the outside in, leaves everything as it was."""
        chain = self.room.open_incidents()
        before = {id_: essence(self.room.incidents[id_]) for id_ in chain}
        pairs = list(pairwise(chain))
        for source, target in pairs:
            self.room.does(MergeIncident(source, target))
        for source, _ in reversed(pairs):
            self.room.does(SplitIncident(source))
        assert {id_: essence(self.room.incidents[id_]) for id_ in chain} == before

    @invariant()
    def a_unit_is_never_in_two_places(self) -> None:
        at_work = [
            one.unit
            for incident in self.room.incidents.values()
            for one in incident.open_assignments
        ]
        assert len(at_work) == len(set(at_work))
        assert all(self.room.units[unit].on_duty for unit in at_work)

    @invariant()
    def the_report_of_every_open_incident_is_owed(self) -> None:
        for id_, incident in self.room.incidents.items():
            loop = self.room.states.get(f"loop:{id_}")
            assert isinstance(loop, LoopState)
            run = loop.run("report")
            assert run is not None
            assert run.runs == (incident.state != "closed")
            assert incident.state != "merged" or run.state == "paused"

    @invariant()
    def a_clock_is_due_by_its_length_and_what_it_stood_still(self) -> None:
        for state in self.room.states.values():
            for run in state.running if isinstance(state, LoopState) else ():
                assert (run.due_ms is None) == (run.state == "paused")
                if run.due_ms is not None:
                    rule = self.room.loop.clocks[run.rule]
                    still = (one for one in run.pauses if one.from_ms < (run.due_ms or 0))
                    stood = sum((one.to_ms or 0) - one.from_ms for one in still)
                    assert run.due_ms == run.from_ms + rule.within.ms + stood

    @invariant()
    def no_call_is_lost(self) -> None:
        for id_, call in self.room.calls.items():
            holders = [key for key, one in self.room.incidents.items() if id_ in one.calls]
            linked = self.room.links.get(id_)
            assert holders == ([linked] if linked else [])
            if call.state == "ended":
                assert linked or call.no_incident_reason
            elif call.state == "abandoned" and not linked and not call.call_backs:
                assert call.owes_call_back(linked=False)

    @invariant()
    def what_is_over_is_concluded(self) -> None:
        for id_, incident in self.room.incidents.items():
            if incident.state == "closed":
                assert incident.disposition
            if incident.state == "merged":
                assert incident.merged_into
                assert id_ in self.room.incidents[incident.merged_into].absorbed
            if incident.state != "open":
                assert not incident.open_assignments
            for one in incident.assignments:
                assert one.reason or one.state not in ("cleared", "cancelled")

    def teardown(self) -> None:
        """The journal, written out and read back, gives the same room."""
        again = Room()
        for stream, event, at_ms in self.room.journal:
            again.apply(stream, from_body(event.TYPE, to_body(event)), at_ms)
        assert again.calls == self.room.calls
        assert again.links == self.room.links
        assert again.incidents == self.room.incidents
        assert again.units == self.room.units
        assert again.handovers == self.room.handovers


RoomMachine.TestCase.settings = settings(
    max_examples=examples(50, at_night=1000), stateful_step_count=40
)
TestRoom = RoomMachine.TestCase
