"""The clocks of incidents: why a deadline is what it is."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, reader
from dutyroom.projections import why
from dutyroom.projections.why import WhyDeadline

router = Router(tags=["loop"])


@router.get("/incidents/{incident}/clocks/{clock}/why")
@may_answer(404)
def why_deadline(request: HttpRequest, incident: UUID, clock: str) -> WhyDeadline:
    """Why the latest run of a clock is due when it is: counted, closed and paused time in
    parts that add up to the promise, with the rule and where it is written."""
    reader(request, "why")
    found = why.why(str(incident), clock, now_ms())
    if found is None:
        raise NotFound
    return found
