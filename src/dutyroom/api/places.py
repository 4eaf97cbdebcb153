"""Public places that call again: counts, and no person."""

from django.http import HttpRequest
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import actor_of, reader
from dutyroom.policy import limit_of
from dutyroom.projections.repeats import Repeats

router = Router(tags=["places"])


@router.get("/repeats")
def repeats(request: HttpRequest) -> Repeats:
    """Landmarks, junctions, roads and areas where something happened again and again, and what is
    done about it, with counts before and since. Whoever is limited to an organisation gets what is
    of that."""
    actor = reader(request, "repeats", org=actor_of(request).org)
    room = runtime.room()
    return room.counting.repeats(room.pack, limit_of(actor.role, "repeats", actor.org), now_ms())
