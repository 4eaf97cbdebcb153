"""What a projection is made from: an event that is in the journal, with who and when."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dutyroom.domain.bodies import from_body
from dutyroom.domain.kernel import Event, State
from dutyroom.journal.read import Entry

type StateOf = Callable[[str], State | None]
"""The state of a stream after all facts of the action."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place, and with who and when: all that states and rows are made from."""

    position: int
    stream: str
    event: Event
    occurred_at_ms: int
    actor: str
    role: str

    @property
    def kind(self) -> str:
        """The kind of the stream: call, incident, unit, handover, centre or reads."""
        return self.stream.partition(":")[0]

    @property
    def id(self) -> str:
        """The id behind the kind."""
        return self.stream.partition(":")[2]


def fact_of(entry: Entry, event: Event) -> Fact:
    """The fact of an entry whose event is at hand."""
    return Fact(
        position=entry.position,
        stream=entry.stream,
        event=event,
        occurred_at_ms=entry.occurred_at_ms,
        actor=entry.actor,
        role=entry.role,
    )


def fact(entry: Entry) -> Fact:
    """A journal entry as a fact; its sealed body is left alone."""
    body: Mapping[str, object] = json.loads(bytes(entry.body))
    return fact_of(entry, from_body(entry.type, body))
