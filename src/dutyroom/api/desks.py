"""Specialist desks: which are open, how busy they are, and a request with what it says; joint
operations."""

from functools import partial
from uuid import UUID

import msgspec
from django.http import HttpRequest
from ninja import Router

from dutyroom.actions import members, runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import actor_of, reader
from dutyroom.clocks.calendar import open_spans
from dutyroom.domain.desk_requests.state import AT_WORK
from dutyroom.domain.desks import Desk
from dutyroom.projections.desk_requests import standing
from dutyroom.readings import desk_requests, joint_operations
from dutyroom.readings.desk_requests import DeskRequestReading
from dutyroom.readings.joint_operations import JointOperationReading

router = Router(tags=["desks"])
_specialists = partial(members.on_duty, "working_there", members.SPECIALIST_ROLES)


class DeskStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A desk now. ``changes_ms``: when it closes, of an open one; when it opens, of a closed one;
    None: never. ``on_duty``: how many of its specialists are signed in. ``waiting``: requests that
    nobody has accepted; ``at_work``: accepted or begun."""

    code: str
    open: bool
    changes_ms: int | None
    on_duty: int
    waiting: int
    at_work: int


class DesksNow(msgspec.Struct, frozen=True, kw_only=True):
    desks: tuple[DeskStanding, ...]


@router.get("/desks")
def desks(request: HttpRequest) -> DesksNow:
    """Which desks are open, and how busy each is."""
    reader(request, "desks")
    counts, now = standing(), now_ms()
    found = (one for one in runtime.room().pack.desks if not one.retired)
    return DesksNow(desks=tuple(_now(one, counts, now) for one in found))


def _now(desk: Desk, counts: dict[tuple[str, str], int], now: int) -> DeskStanding:
    is_open, changes_ms = hours_now(desk, now)
    return DeskStanding(
        code=desk.code,
        open=is_open,
        changes_ms=changes_ms,
        on_duty=len(_specialists(desk.org)),
        waiting=counts.get((desk.code, "asked"), 0),
        at_work=sum(counts.get((desk.code, state), 0) for state in AT_WORK),
    )


def hours_now(desk: Desk, now: int) -> tuple[bool, int | None]:
    """Whether it is open, and when that changes."""
    if desk.calendar.always_open:
        return True, None
    spans = open_spans(desk.calendar, now)
    begin, end = next(spans)
    if begin > now:
        return False, begin
    for begins, ends in spans:  # hours go on over midnight
        if begins > end:
            break
        end = ends
    return True, end


@router.get("/readings/desk_requests/{desk_request}")
@may_answer(404)
def desk_request(request: HttpRequest, desk_request: UUID) -> DeskRequestReading:
    """One request to a specialist desk with its texts, and the incident that it is about."""
    return desk_requests.desk_request(
        runtime.room().reader, actor_of(request), desk_request, _specialists
    )


@router.get("/readings/joint_operations/{joint_operation}")
@may_answer(404)
def joint_operation(request: HttpRequest, joint_operation: UUID) -> JointOperationReading:
    """One joint operation with its texts: what its situation report is made from."""
    return joint_operations.joint_operation(
        runtime.room().reader, actor_of(request), joint_operation
    )
