"""Which kind of record something is about, what it needs loaded, and what policy may look at."""

from collections.abc import Mapping
from typing import Any, Final

from dutyroom.domain import AGGREGATES
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Aggregate, Ask, Command, Emitted

_BY_COMMAND: Final[Mapping[type[Command], Aggregate[Any, Any]]] = {
    kind: one for one in AGGREGATES for kind in one.commands
}
_BY_NAME: Final[Mapping[str, Aggregate[Any, Any]]] = {one.name: one for one in AGGREGATES}
_FOLLOWING: Final = tuple(one.following for one in AGGREGATES if one.following is not None)


def of_command(command: Command) -> Aggregate[Any, Any]:
    """The kind of record that the command is about."""
    return _BY_COMMAND[type(command)]


def kind_of(stream: str) -> Aggregate[Any, Any]:
    """The kind of record that a stream belongs to. Raises `KeyError` for any other text."""
    return _BY_NAME[stream.partition(":")[0]]


def asks(command: Command, context: Context) -> frozenset[Ask]:
    """What the command needs to have loaded. Some is only known from what is loaded already: ask
    again until nothing new is named."""
    own = frozenset(of_command(command).asks(command, context))
    return own.union(*(one.asks(own, context) for one in _FOLLOWING))


def asks_more(emitted: tuple[Emitted, ...], context: Context) -> frozenset[Ask]:
    """What must be loaded besides for what follows from a decision. Ask again until nothing new is
    named."""
    return frozenset(more for one in _FOLLOWING for more in one.asks_more(emitted, context))


def follow(emitted: tuple[Emitted, ...], context: Context) -> tuple[Emitted, ...]:
    """What happens to other kinds of record because of what was decided."""
    return tuple(more for one in _FOLLOWING for more in one.follow(emitted, context))


def about(command: Command, context: Context) -> About:
    """What policy may look at, from what is loaded."""
    return of_command(command).about(command, context)
