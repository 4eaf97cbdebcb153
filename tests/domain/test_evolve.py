"""Folding: no event, in whatever state, makes it fail."""

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.events import CallClaimed, CallReceived, Event
from dutyroom.domain.evolve import (
    evolve,
    evolve_call,
    evolve_handover,
    evolve_incident,
    evolve_unit,
)
from dutyroom.domain.states import CallState, IncidentState, State, UnitState

from .strategies import START_MS, events, times_ms


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


def test_a_record_begins_with_its_first_event() -> None:
    assert evolve(None, CallClaimed("anna"), START_MS) is None
    state = evolve(None, CallReceived("110-1"), START_MS)
    assert state == CallState("ringing", "110-1", START_MS, START_MS)
