"""The board, finding, supervision: rows without personal data."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

import dutyroom
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import reader
from dutyroom.api.takers import takers
from dutyroom.projections import board, finding, supervision

router = Router(tags=["board"])
JSON = "application/json; charset=utf-8"


@router.get("/board")
def snapshot(request: HttpRequest) -> HttpResponse:
    """Everything open or closed within the last hour, and the position to follow from."""
    reader(request, "board")
    return HttpResponse(board.snapshot(now_ms()).as_json(), content_type=JSON)


@router.get("/find")
def find(request: HttpRequest, q: Annotated[str, Query(max_length=40)]) -> HttpResponse:
    """By public number (or its end), unit or zone, among open and recently closed incidents."""
    reader(request, "find")
    return HttpResponse(finding.find(q, now_ms()), content_type=JSON)


@router.get("/supervision")
def figures(request: HttpRequest) -> dict[str, Any]:
    """Who is free now, and the last 24 hours in figures."""
    reader(request, "supervision")
    return supervision.figures(now_ms()) | {"takers": takers()}


@router.get("/health")
def health(request: HttpRequest) -> JsonResponse:
    """Whether the server answers and its journal can be read."""
    return JsonResponse({"ok": True, "position": board.head(), "version": dutyroom.__version__})
