"""Folding: no event, in whatever state, makes it fail."""

from typing import Any, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain import AGGREGATES, COMMANDS
from dutyroom.domain.calls.events import CallClaimed, CallReceived
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Command, Event, Refusal, State
from dutyroom.domain.marked import IdOf

from .room import Room
from .strategies import START_MS, commands, events, ids_of, times_ms

NAMED = {
    mark.kind
    for kind in COMMANDS.values()
    for hint in get_type_hints(kind, include_extras=True).values()
    for mark in getattr(hint, "__metadata__", ())
    if isinstance(mark, IdOf)
}
"""Kinds of which commands say which one: of a record that isn't here there is one only."""


@given(st.lists(st.tuples(events, times_ms), max_size=30))
def test_any_sequence_of_events_can_be_folded(history: list[tuple[Event, int]]) -> None:
    state: State | None = None
    own: dict[str, Any] = {}
    for event, at_ms in history:
        state = evolve(state, event, at_ms)
        # Each kind of record folds what is not its own, too.
        for one in AGGREGATES:
            own[one.name] = one.evolve(own.get(one.name), event, at_ms)
    if isinstance(state, IncidentState):
        assert state.progress in ("pending", "dispatched", "en_route", "on_scene", "cleared")


def streams(event: Event) -> list[str]:
    """The streams that an event of this type could be in."""
    [name] = [one.name for one in AGGREGATES if type(event) in one.events]
    return [f"{name}:{id_}" for id_ in ids_of(name)] if name in NAMED else [name]


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
