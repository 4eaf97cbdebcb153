"""What the engine recommends for an incident, and why."""

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import NotFound, reader

router = Router(tags=["dispatch"])


@router.get("/lookahead")
def lookahead(request: HttpRequest) -> dict[str, Any]:
    """The next hour, rehearsed a thousand times: cover and delay by area, the best move."""
    reader(request, "lookahead")
    room = runtime.room()
    return room.outlooks.latest(room.pack, now_ms())


@router.get("/incidents/{incident}/lookahead")
def sending(request: HttpRequest, incident: UUID) -> dict[str, Any]:
    """What sending another unit than the recommended would cost the next hour."""
    reader(request, "lookahead")
    room = runtime.room()
    if room.advisor.place(str(incident)) is None:
        raise NotFound
    return room.sendings.latest(room.pack, str(incident), now_ms())


@router.get("/incidents/{incident}/recommendation")
def recommendation(request: HttpRequest, incident: UUID) -> dict[str, Any]:
    """Which units to send, each with its arrival and the reasons; what stays unmet."""
    reader(request, "recommendation")
    started = time.perf_counter()
    advice = runtime.room().advisor.recommend(str(incident), now_ms())
    if advice is None:
        raise NotFound
    return advice.as_json() | {"took_ms": round((time.perf_counter() - started) * 1000, 2)}
