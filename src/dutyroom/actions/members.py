"""Which members there are: whoever keeps them shows the door how to find them."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal, Protocol

from dutyroom.domain.desk_requests.commands import AcceptDeskRequest
from dutyroom.domain.orgs import concerns, within
from dutyroom.domain.tasks.commands import AcceptTask
from dutyroom.policy import VERBS, limit_of

type Asked = Literal["in_the_room", "concerned", "told", "working_there"]
"""What of those who are on duty is asked for: all; those whom a record of the organisation
concerns; those of them who see it on their board, and so are told of it; those who work for the
organisation itself."""

DESK_ROLES: Final = frozenset(VERBS["desk.confirm_incident"])
"""Roles that may take the desk over."""

TASK_ROLES: Final = frozenset(VERBS[AcceptTask.VERB])
"""Roles that may have tasks."""

SPECIALIST_ROLES: Final = frozenset(VERBS[AcceptDeskRequest.VERB])
"""Roles that may have requests to specialist desks."""


class Finder(Protocol):
    """Finds members by role; the names come in order."""

    def active(self, roles: Collection[str]) -> tuple[str, ...]:
        """Those who may sign in."""

    def signed_in(self, roles: Collection[str], skill: str) -> tuple[tuple[str, str, str], ...]:
        """Those who are signed in now and have a skill, "" for any, each with their role and the
        path of their organisation. Asked by `on_duty` alone."""

    def working(self, roles: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Those who may sign in, each with the path of their organisation."""

    def org_of(self, name: str, roles: Collection[str]) -> str | None:
        """The path of the organisation of a member who may sign in and has one of these roles."""


_finder: Finder | None = None


def known_by(finder: Finder) -> None:
    """From now on members are looked up by this."""
    global _finder
    _finder = finder


def receivers() -> tuple[str, ...] | None:
    """The members who may take the desk; None where no members are kept."""
    return None if _finder is None else _finder.active(DESK_ROLES)


_RULES: Final[Mapping[Asked, Callable[[str, str, str], bool]]] = {
    "in_the_room": lambda _org, _role, _own: True,
    "concerned": lambda org, _role, own: concerns(org, own),
    # Who sees of the board only what is of their own organisation couldn't open what is above it.
    "told": lambda org, role, own: concerns(org, own) and within(org, limit_of(role, "board", own)),
    "working_there": lambda org, _role, own: within(org, own),
}
"""Whether a member is meant, by the organisation asked about, and their role and organisation."""


def on_duty(
    asked: Asked, roles: Collection[str], org: str = "", skill: str = ""
) -> tuple[str, ...]:
    """The names of the members of these roles who are on duty: signed in, and meant by what is
    asked of an organisation ("" is the room); of those with a skill, if one is named.

    Who is on duty is said here, for all purposes, and nowhere else.
    """
    there = () if _finder is None else _finder.signed_in(roles, skill)
    return tuple(name for name, role, own in there if _RULES[asked](org, role, own))


def works_for(name: str) -> str | None:
    """The organisation of a member who may accept tasks; None for anybody else."""
    return None if _finder is None else _finder.org_of(name, TASK_ROLES)


def works_at_desk(name: str) -> str | None:
    """The organisation of a member who may accept requests to desks; None for anybody else."""
    return None if _finder is None else _finder.org_of(name, SPECIALIST_ROLES)


def owners_for(org: str) -> tuple[str, ...]:
    """The members who may accept tasks of an organisation, by name."""
    there = () if _finder is None else _finder.working(TASK_ROLES)
    return tuple(name for name, own in there if within(org, own))


def working_for(org: str, verb: str) -> tuple[str, ...] | None:
    """The members who may do this for an organisation, by name; None where no members are kept."""
    if _finder is None:
        return None
    return tuple(name for name, own in _finder.working(VERBS[verb]) if within(org, own))
