"""What an auditor sees: clear bodies, who read what, and the check of the chain."""

import json
import time
from typing import Annotated, Any

from django.db import connection
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions.checking import check_journal
from dutyroom.api.asking import reader
from dutyroom.journal import read
from dutyroom.journal.read import Entry

router = Router(tags=["audit"])
type After = Annotated[int, Query(ge=0)]
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


@router.get("/audit/verify")
def verify(request: HttpRequest) -> dict[str, Any]:
    """Check the whole chain now."""
    reader(request, "audit")
    started = time.perf_counter()
    report = check_journal()
    return report.as_json() | {"took_ms": round((time.perf_counter() - started) * 1000)}


def _shown(entry: Entry) -> dict[str, Any]:
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
        "body": json.loads(bytes(entry.body)),
        "sealed": entry.sealed is not None,
        "hash": bytes(entry.hash).hex(),
    }
