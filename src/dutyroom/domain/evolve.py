"""What an event changes. Total: an event that makes no sense in a state leaves it as it was."""

from collections.abc import Mapping
from typing import Any, Final

from dutyroom.domain import AGGREGATES
from dutyroom.domain.kernel import Aggregate, Event, State
from dutyroom.domain.watching.events import DeadlineTold
from dutyroom.domain.watching.state import after_telling

_OF: Final[Mapping[type[Event], Aggregate[Any, Any]]] = {
    kind: one for one in AGGREGATES for kind in one.events
}


def evolve(state: State | None, event: Event, occurred_at_ms: int) -> State | None:
    """The state of the event's stream after it. None stays None until a record begins.

    Never raises.
    """
    if isinstance(event, DeadlineTold):  # in the stream of whatever it is about
        return after_telling(state, event, occurred_at_ms)
    of = _OF[type(event)]
    if state is not None and (of.state is None or not isinstance(state, of.state)):
        return state
    after: State | None = of.evolve(state, event, occurred_at_ms)
    return after
