"""Who asks, as an actor of the domain; answers for those who may not."""

from typing import Any

from django.http import HttpRequest

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import About
from dutyroom.policy import Decision, may_do, may_read


class NotSignedIn(Exception):
    """401."""


class NotAllowed(Exception):
    """403, with the reason."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.because.en)
        self.decision = decision


class NotFound(Exception):
    """404: there is no such record."""


class Refused(Exception):
    """409: what stands in the way, and what to do next."""

    def __init__(self, name: str, message: Text, remedy: Text) -> None:
        super().__init__(message.en)
        self.name, self.message, self.remedy = name, message, remedy


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in member as an actor. Raises `NotSignedIn`."""
    member: Any = request.user
    if not member.is_authenticated:
        raise NotSignedIn
    return Actor(id=member.name, role=member.role, unit=member.unit or None, org=member.org)


def doer(request: HttpRequest, verb: str) -> Actor:
    """The actor, if policy lets them do this beside the journal. Raises as `reader` does."""
    actor = actor_of(request)
    decision = may_do(actor.role, actor.unit, verb, About(), actor.org)
    if not decision.allowed:
        raise NotAllowed(decision)
    return actor


def reader(
    request: HttpRequest, what: str, *, unit: str | None = None, org: str | None = None
) -> Actor:
    """The actor, if policy lets them read this. Raises `NotSignedIn` or `NotAllowed`."""
    actor = actor_of(request)
    decision = may_read(actor.role, actor.unit, what, About(unit=unit, org=org), actor.org)
    if not decision.allowed:
        raise NotAllowed(decision)
    return actor
