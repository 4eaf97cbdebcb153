"""What the engine recommends for an incident, and why."""

import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.advice.advised import as_shown
from dutyroom.advice.answers import (
    NotRehearsed,
    Outlook,
    Recommendation,
    Sending,
    recommended,
)
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, reader
from dutyroom.practice import record

router = Router(tags=["dispatch"])


@router.get("/lookahead")
def lookahead(request: HttpRequest) -> Outlook | NotRehearsed:
    """The next hour, rehearsed a thousand times: cover and delay by area, the best move."""
    reader(request, "lookahead")
    room = runtime.room()
    return room.outlooks.latest(room.pack, now_ms())


@router.get("/incidents/{incident}/lookahead")
@may_answer(404)
def sending(request: HttpRequest, incident: UUID) -> Sending | NotRehearsed:
    """What sending another unit than the recommended would cost the next hour."""
    reader(request, "lookahead")
    room = runtime.room()
    if room.advisor.place(str(incident)) is None:
        raise NotFound
    return room.sendings.latest(room.pack, str(incident), now_ms())


@router.get("/incidents/{incident}/recommendation")
@may_answer(404)
def recommendation(request: HttpRequest, incident: UUID) -> Recommendation:
    """Which units to send, each with its arrival and the reasons; what stays unmet.

    A dispatch that names ``advice`` is judged by this recommendation, not by a later one.
    """
    actor = reader(request, "recommendation")
    started = time.perf_counter()
    at_ms = now_ms()
    advice = runtime.room().advisor.recommend(str(incident), at_ms)
    if advice is None:
        raise NotFound
    if settings.PRACTICE:
        chosen = {o.unit: o.arrival_s for o in advice.candidates if o.chosen}
        record.note_shown(actor.id, str(incident), at_ms, chosen)
    took_ms = round((time.perf_counter() - started) * 1000, 2)
    shown = as_shown(advice, str(incident), actor.id, at_ms)
    return recommended(advice, at_ms, took_ms, shown)
