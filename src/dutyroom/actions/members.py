"""Which members there are: whoever keeps them shows the door how to find them."""

from collections.abc import Collection
from typing import Final, Protocol

from dutyroom.domain.desk_requests.commands import AcceptDeskRequest
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.commands import AcceptTask
from dutyroom.policy import VERBS

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

    def signed_in(self, roles: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Those who are signed in now, each with the path of their organisation."""

    def skilled(self, roles: Collection[str], skill: str) -> tuple[tuple[str, str], ...]:
        """Those who are signed in now and have a skill, "" for any, each with the path of their
        organisation."""

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


def with_role(*roles: str) -> tuple[tuple[str, str], ...]:
    """The members of these roles who are signed in, each with the path of their organisation."""
    return () if _finder is None else _finder.signed_in(roles)


def who_may(verb: str) -> tuple[tuple[str, str], ...]:
    """Those of them whose role may do this."""
    return with_role(*VERBS[verb])


def works_for(name: str) -> str | None:
    """The organisation of a member who may accept tasks; None for anybody else."""
    return None if _finder is None else _finder.org_of(name, TASK_ROLES)


def works_at_desk(name: str) -> str | None:
    """The organisation of a member who may accept requests to desks; None for anybody else."""
    return None if _finder is None else _finder.org_of(name, SPECIALIST_ROLES)


def specialists(org: str, skill: str = "") -> tuple[str, ...]:
    """The specialists of a desk's organisation who are signed in; those with a skill, if one is
    named."""
    there = () if _finder is None else _finder.skilled(SPECIALIST_ROLES, skill)
    return tuple(name for name, own in there if within(org, own))


def owners_for(org: str) -> tuple[str, ...]:
    """The members who may accept tasks of an organisation, by name."""
    there = () if _finder is None else _finder.working(TASK_ROLES)
    return tuple(name for name, own in there if within(org, own))


def working_for(org: str, verb: str) -> tuple[str, ...] | None:
    """The members who may do this for an organisation, by name; None where no members are kept."""
    if _finder is None:
        return None
    return tuple(name for name, own in _finder.working(VERBS[verb]) if within(org, own))
