"""`dataclasses.replace` for states: the same value, in a third of the time.

A state has dozens of fields, and each event makes a new one of it, in every action and all through
a rebuild. Python's own passes every field through the constructor, one keyword each.
"""

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any


def _replaced(value: Any, /, **changes: Any) -> Any:
    """A copy with other values of some fields. For frozen classes with slots that check nothing
    when they are made."""
    kind: Any = type(value)
    values_of, slots = _parts(kind)
    made = object.__new__(kind)
    for (name, put), kept in zip(slots, values_of(value), strict=True):
        put(made, changes.pop(name) if name in changes else kept)
    if changes:
        raise TypeError(f"{kind.__name__} has no field {next(iter(changes))!r}")
    return made


@cache
def _parts(kind: type) -> tuple[Any, tuple[tuple[str, Any], ...]]:
    """What reads all fields of a class, and what sets each of them in a new one."""
    assert not hasattr(kind, "__post_init__"), kind
    names = [one.name for one in fields(kind)]
    read = attrgetter(*names)
    slots = tuple((name, getattr(kind, name).__set__) for name in names)
    return (read if len(names) > 1 else lambda value: (read(value),)), slots


if TYPE_CHECKING:
    from dataclasses import replace as replace  # which knows what a class may be given
else:
    replace = _replaced
