"""The debrief of a practice room: one's own figures, or everybody's for the trainer."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from dutyroom.api.asking import NotFound, reader
from dutyroom.practice import record

router = Router(tags=["practice"])


@router.get("/practice/debrief")
def everybody(request: HttpRequest) -> dict[str, Any]:
    """All trainees' times and choices beside the engine's. 404 outside a practice room."""
    reader(request, "debrief")
    return record.everything(_here())


@router.get("/practice/own")
def own(request: HttpRequest) -> dict[str, Any]:
    """The member's own times and choices. 404 outside a practice room."""
    actor = reader(request, "own_debrief")
    return record.own(_here(), actor.id)


def _here() -> record.Practice:
    found = record.practice()
    if found is None:
        raise NotFound
    return found
