"""Follow-up calls: what is needed to make one, and what callers said, in figures."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, actor_of, reader
from dutyroom.domain.orgs import LONGEST_PATH, within
from dutyroom.projections.ratings import Ratings, ratings
from dutyroom.readings import callbacks
from dutyroom.readings.callbacks import CallBackReading

router = Router(tags=["loop"])


@router.get("/readings/callbacks/{call_back}")
@may_answer(404)
def call_back(request: HttpRequest, call_back: UUID) -> CallBackReading:
    """The follow-up call of an incident, and whom to call."""
    return callbacks.call_back(runtime.room().reader, actor_of(request), call_back)


@router.get("/ratings")
@may_answer(404)
def rated(
    request: HttpRequest,
    days: Annotated[int, Query(ge=1, le=366)] = 28,
    org: Annotated[str, Query(max_length=LONGEST_PATH)] = "",
) -> Ratings:
    """What callers said in the last so many days about an organisation with all below it (left out:
    that of the member). Of another organisation's a member is told nothing."""
    actor = reader(request, "ratings")
    asked = org or actor.org
    found = ratings(asked, days, now_ms()) if within(asked, actor.org) else None
    if found is None:
        raise NotFound
    return found
