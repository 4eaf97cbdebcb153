"""What an auditor sees: clear bodies, who read what, and the check of the chain."""

import json
import time
from dataclasses import asdict
from typing import Annotated, Any, Final

from django.db import connection
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions.checking import check_journal
from dutyroom.api.asking import reader
from dutyroom.api.named import names_of
from dutyroom.api.wire import LARGEST
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.policy import in_both
from dutyroom.projections.models import CallView, IncidentView, ReadView
from dutyroom.readings.reader import STREAM as READS_STREAM

router = Router(tags=["audit"])
_LATEST_MS: Final = 2**53 - 1
_MOST_READS: Final = 10_000
type After = Annotated[int, Query(ge=0, le=LARGEST)]
type Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/audit/entries")
def entries(request: HttpRequest, after: After = 0, limit: Limit = 100) -> dict[str, Any]:
    """Journal entries behind a position, without their sealed bodies."""
    reader(request, "audit")
    with connection.cursor() as cursor:
        head = read.head(cursor).position
        return {"head": head, "entries": [_shown(e) for e in read.entries(cursor, after, limit)]}


@router.get("/audit/reads")
def reads(request: HttpRequest, after: After = 0, limit: Limit = 100) -> dict[str, Any]:
    """Who read what, for which purpose."""
    reader(request, "audit")
    with connection.cursor() as cursor:
        found = read.stream_behind(cursor, "reads", after, limit)
        return {"reads": [_shown(entry) for entry in found]}


@router.get("/audit/acts")
def acts(
    request: HttpRequest,
    reads: bool = False,
    actor: Annotated[str, Query(max_length=40)] = "",
    incident: Annotated[str, Query(max_length=9)] = "",
    from_ms: Annotated[int | None, Query(ge=0, le=_LATEST_MS)] = None,
    to_ms: Annotated[int | None, Query(ge=0, le=_LATEST_MS)] = None,
    before: Annotated[int | None, Query(ge=0, le=_LATEST_MS)] = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """What members did (or read), newest first: by the member who acted, the incident's public
    number, and the time. There is no way to ask for a caller."""
    reader(request, "audit")
    streams, positions = _about(incident.strip(), reads) if incident.strip() else (None, None)
    wanted = read.Wanted(reads, actor.strip() or None, streams, positions, from_ms, to_ms)
    with connection.cursor() as cursor:
        entries = read.found(cursor, wanted, before, limit + 1, READS_STREAM)
    shown = [_shown(entry) for entry in entries[:limit]]
    return {"entries": shown, "more": len(entries) > limit, **names_of(shown)}


def _about(number: str, reads: bool) -> tuple[list[str] | None, list[int] | None]:
    """The streams of an incident and its calls; the readings of it by their positions."""
    id_ = IncidentView.objects.filter(number=number).values_list("id", flat=True).first()
    if reads:
        found = ReadView.objects.filter(incident=id_ or "").order_by("-position")
        return None, list(found.values_list("position", flat=True)[:_MOST_READS])
    calls = CallView.objects.filter(incident=id_).values_list("id", flat=True) if id_ else ()
    return [f"incident:{id_}", *(f"call:{call}" for call in calls)] if id_ else [], None


@router.get("/audit/verify")
def verify(request: HttpRequest) -> dict[str, Any]:
    """Check the whole chain now."""
    reader(request, "audit")
    started = time.perf_counter()
    report = check_journal()
    return report.as_json() | {"took_ms": round((time.perf_counter() - started) * 1000)}


def _shown(entry: Entry) -> dict[str, Any]:
    body = json.loads(bytes(entry.body))
    because = body.get("because")
    return {
        "position": entry.position,
        "stream": entry.stream,
        "version": entry.version,
        "type": entry.type,
        "recorded_at_ms": entry.recorded_at_ms,
        "occurred_at_ms": entry.occurred_at_ms,
        "actor": entry.actor,
        "role": entry.role,
        "purpose": entry.purpose,
        "body": body,
        "because": asdict(in_both(because)) if because else None,
        "sealed": entry.sealed is not None,
        "hash": bytes(entry.hash).hex(),
    }
