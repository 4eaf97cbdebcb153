"""The watch over the deadlines of other kinds of record: as their aggregates declare them."""

from collections.abc import Iterator, Mapping
from typing import Any

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import (
    GO,
    About,
    Aggregate,
    Ask,
    Command,
    Deadline,
    Decision,
    Emitted,
    Event,
    kinds,
)
from dutyroom.domain.watching import commands, events
from dutyroom.domain.watching.commands import LookAtDeadlines
from dutyroom.domain.watching.look import look, who
from dutyroom.domain.watching.paces import paced
from dutyroom.domain.watching.table import WATCHED


def watch_over(records: tuple[Aggregate[Any, Any], ...]) -> Aggregate[LookAtDeadlines, Any]:
    """The aggregate that tells of the deadlines of these. It has no streams of its own: what it
    tells stands in the stream of the record."""
    watched: Mapping[str, Aggregate[Any, Any]] = {one.name: one for one in records if one.list}

    def found(command: LookAtDeadlines, context: Context) -> tuple[Any, Aggregate[Any, Any]] | None:
        kind = watched.get(command.kind)
        state = context.states.get(f"{command.kind}:{command.watched}")
        if kind is None or kind.state is None or not isinstance(state, kind.state):
            return None
        return state, kind

    def org_of(state: Any, kind: Aggregate[Any, Any]) -> str:
        assert kind.list is not None  # others aren't watched
        org: str = kind.list.columns(state).org
        return org

    def deadlines_of(
        state: Any, kind: Aggregate[Any, Any], context: Context
    ) -> tuple[Deadline, ...]:
        return paced(kind.name, kind.clocks(state), context.loop)

    def asks(command: LookAtDeadlines, context: Context) -> Iterator[Ask]:
        if command.kind not in watched:
            return
        yield f"{command.kind}:{command.watched}"
        one = found(command, context)
        if one is not None:
            yield from who(deadlines_of(*one, context), org_of(*one))

    def decide(command: LookAtDeadlines, context: Context) -> Decision:
        one = found(command, context)
        if WATCHED["there" if one else "none", command.VERB] != GO or one is None:
            return ()
        state, kind = one
        stream = f"{command.kind}:{command.watched}"
        told = look(state, deadlines_of(state, kind, context), org_of(state, kind), context)
        return tuple(Emitted(stream, event) for event in told)

    def about(command: LookAtDeadlines, context: Context) -> About:
        one = found(command, context)
        return About(org=org_of(*one) if one else None)

    return Aggregate[LookAtDeadlines, Any](
        "deadline",
        tables={"deadline": WATCHED},
        commands=kinds(commands, Command),
        events=kinds(events, Event),
        decide=decide,
        asks=asks,
        about=about,
    )
