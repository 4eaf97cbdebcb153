"""Who may take the desk: whoever keeps the members shows the door how to find them."""

from collections.abc import Callable, Collection
from typing import Final

from dutyroom.policy import VERBS

DESK_ROLES: Final = frozenset(VERBS["desk.confirm_incident"])
"""Roles that may take the desk over."""

type Find = Callable[[Collection[str]], tuple[str, ...]]
"""The names of the active members with one of these roles."""

_find: Find | None = None


def known_by(find: Find) -> None:
    """From now on members are looked up like this."""
    global _find
    _find = find


def receivers() -> tuple[str, ...] | None:
    """The members who may take the desk; None where no members are kept."""
    return None if _find is None else _find(DESK_ROLES)
