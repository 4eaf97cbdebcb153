"""Folding: no event, in whatever state, makes it fail."""

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.calls.events import CallClaimed, CallReceived
from dutyroom.domain.calls.evolve import evolve_call
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.evolve import evolve
from dutyroom.domain.handovers.evolve import evolve_handover
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Command, Event, Refusal, State
from dutyroom.domain.units.evolve import evolve_unit
from dutyroom.domain.units.state import UnitState

from .room import Room
from .strategies import CALLS, HANDOVERS, INCIDENTS, START_MS, UNITS, commands, events, times_ms


@given(st.lists(st.tuples(events, times_ms), max_size=30))
def test_any_sequence_of_events_can_be_folded(history: list[tuple[Event, int]]) -> None:
    state: State | None = None
    call = incident = handover = None
    unit = UnitState()
    for event, at_ms in history:
        state = evolve(state, event, at_ms)
        call = evolve_call(call, event, at_ms)
        incident = evolve_incident(incident, event, at_ms)
        handover = evolve_handover(handover, event, at_ms)
        unit = evolve_unit(unit, event, at_ms)
    if isinstance(state, IncidentState):
        assert state.progress in ("pending", "dispatched", "en_route", "on_scene", "cleared")


def streams(event: Event) -> list[str]:
    """The streams that an event of this type could be in."""
    area = event.TYPE.partition(".")[0]
    return {
        "call": [f"call:{id_}" for id_ in CALLS],
        "incident": [f"incident:{id_}" for id_ in INCIDENTS],
        "assignment": [f"incident:{id_}" for id_ in INCIDENTS],
        "unit": [f"unit:{unit}" for unit in UNITS],
        "desk": [f"handover:{id_}" for id_ in HANDOVERS],
    }.get(area, [area])


@given(st.lists(st.tuples(events, times_ms), max_size=40), st.lists(commands, max_size=10))
def test_even_in_states_that_cannot_be_every_command_is_decided(
    history: list[tuple[Event, int]], asked: list[Command]
) -> None:
    """A journal may hold what no decision of today would write: nothing may break on it."""
    room = Room()
    for event, at_ms in history:
        for stream in streams(event):
            room.apply(stream, event, at_ms)
    for command in asked:
        decision = room.act(command)
        assert isinstance(decision, tuple | Refusal)


def test_a_record_begins_with_its_first_event() -> None:
    assert evolve(None, CallClaimed("anna"), START_MS) is None
    state = evolve(None, CallReceived("110-1"), START_MS)
    assert state == CallState("ringing", "110-1", START_MS, START_MS)
