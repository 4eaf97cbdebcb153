"""The board, finding, supervision: rows without personal data."""

from typing import Annotated

import msgspec
from django.http import HttpRequest
from ninja import Query, Router

import dutyroom
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import Kept
from dutyroom.api.asking import actor_of, reader
from dutyroom.api.takers import takers
from dutyroom.policy import limit_of, lists_for
from dutyroom.projections import board, finding, supervision
from dutyroom.projections.board import BoardRows
from dutyroom.projections.figures import Supervision
from dutyroom.projections.finding import FoundRows

router = Router(tags=["board"])


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """``position`` is the last of the journal."""

    ok: bool
    position: int
    version: str


@router.get("/board")
def snapshot(request: HttpRequest) -> Kept[BoardRows]:
    """Everything open or closed within the last hour, and the position to follow from. Whoever is
    limited to an organisation gets what is of that; a desk's specialist, requests and notices.
    Where more than a thousand records of a kind are open, the most urgent and the latest of them,
    and how many there are (`of`)."""
    actor = reader(request, "board", org=actor_of(request).org)
    org = limit_of(actor.role, "board", actor.org)
    return Kept(board.snapshot(now_ms(), org, lists_for(actor.role), actor.id).as_json())


@router.get("/find")
def find(request: HttpRequest, q: Annotated[str, Query(max_length=40)]) -> Kept[FoundRows]:
    """By public number (or its end), unit or zone, among open and recently closed incidents."""
    reader(request, "find")
    return Kept(finding.find(q, now_ms()))


@router.get("/supervision")
def figures(request: HttpRequest) -> Supervision:
    """Who is free now, and the last 24 hours in figures."""
    reader(request, "supervision")
    return supervision.figures(now_ms(), takers())


@router.get("/health")
def health(request: HttpRequest) -> Health:
    """Whether the server answers and its journal can be read."""
    return Health(ok=True, position=board.head(), version=dutyroom.__version__)
