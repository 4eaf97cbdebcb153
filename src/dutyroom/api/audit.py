"""What an auditor sees: clear bodies, who read what, and the check of the chain."""

import json
import time
from typing import Annotated, Any, Final

import msgspec
from django.db import connection
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions.checking import check_journal
from dutyroom.api.asking import reader
from dutyroom.api.named import NamedMember, names_of
from dutyroom.api.wire import LARGEST
from dutyroom.core.text import Text
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.journal.report import Finding, Loss
from dutyroom.policy import in_both
from dutyroom.projections.models import CallView, IncidentView, ListedView, ReadView
from dutyroom.projections.reach import LISTS
from dutyroom.readings.reader import STREAM as READS_STREAM

router = Router(tags=["audit"])
_LATEST_MS: Final = 2**53 - 1
_MOST_READS: Final = 10_000
_LISTED: Final = tuple(LISTS)
# No `type`: the framework would describe such a parameter without its name.
After = Annotated[int, Query(ge=0, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=500)]


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A journal entry with its clear body. ``because``: why it might be read, of reads only;
    ``sealed``: it has a sealed body, which isn't shown."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at_ms: int
    occurred_at_ms: int
    actor: str
    role: str
    purpose: str
    body: dict[str, Any]
    because: Text | None
    sealed: bool
    hash: str


class AuditEntries(msgspec.Struct, frozen=True, kw_only=True):
    """``head`` is the last position of the journal."""

    head: int
    entries: tuple[AuditEntry, ...]


class AuditReads(msgspec.Struct, frozen=True, kw_only=True):
    """Who read what."""

    reads: tuple[AuditEntry, ...]


class Acts(msgspec.Struct, frozen=True, kw_only=True):
    """What members did, or read, newest first, with the names of what is spoken of by id."""

    entries: tuple[AuditEntry, ...]
    more: bool
    numbers: dict[str, str]
    lines: dict[str, str]
    members: dict[str, NamedMember]


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of the whole chain found. ``losses`` were accepted once: they are said for
    ever."""

    ok: bool
    entries: int
    findings: tuple[Finding, ...]
    losses: tuple[Loss, ...]
    took_ms: int


@router.get("/audit/entries")
def entries(request: HttpRequest, after: After = 0, limit: Limit = 100) -> AuditEntries:
    """Journal entries behind a position, without their sealed bodies."""
    reader(request, "audit")
    with connection.cursor() as cursor:
        head = read.head(cursor).position
        found = read.entries(cursor, after, limit)
        return AuditEntries(head=head, entries=tuple(map(_shown, found)))


@router.get("/audit/reads")
def reads(request: HttpRequest, after: After = 0, limit: Limit = 100) -> AuditReads:
    """Who read what, for which purpose."""
    reader(request, "audit")
    with connection.cursor() as cursor:
        found = read.stream_behind(cursor, "reads", after, limit)
        return AuditReads(reads=tuple(map(_shown, found)))


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
) -> Acts:
    """What members did (or read), newest first: by the member who acted, the incident's public
    number, and the time. There is no way to ask for a caller."""
    reader(request, "audit")
    streams, positions = _about(incident.strip(), reads) if incident.strip() else (None, None)
    wanted = read.Wanted(reads, actor.strip() or None, streams, positions, from_ms, to_ms)
    with connection.cursor() as cursor:
        entries = read.found(cursor, wanted, before, limit + 1, READS_STREAM)
    shown = tuple(map(_shown, entries[:limit]))
    names = names_of((one.stream, one.body) for one in shown)
    return Acts(
        entries=shown,
        more=len(entries) > limit,
        numbers=names.numbers,
        lines=names.lines,
        members=names.members,
    )


def _about(number: str, reads: bool) -> tuple[list[str] | None, list[int] | None]:
    """The streams of an incident, of its calls and of all records on it, such as tasks; the
    readings of it by their positions."""
    id_ = IncidentView.objects.filter(number=number).values_list("id", flat=True).first()
    if reads:
        found = ReadView.objects.filter(incident=id_ or "").order_by("-position")
        return None, list(found.values_list("position", flat=True)[:_MOST_READS])
    if not id_:
        return [], None
    calls = CallView.objects.filter(incident=id_).values_list("id", flat=True)
    # By kind, since the index begins with it.
    listed = ListedView.objects.filter(kind__in=_LISTED, incident=id_).values_list("kind", "id")
    streams = [f"{kind}:{id_}" for kind in ("incident", "loop", "call_back")]
    streams += [f"call:{call}" for call in calls]
    for kind, record in listed:
        streams += [f"{kind}:{record}", f"loop:{record}"]  # tasks have clocks of their own
    return streams, None


@router.get("/audit/verify")
def verify(request: HttpRequest) -> Verification:
    """Check the whole chain now."""
    reader(request, "audit")
    started = time.perf_counter()
    report = check_journal()
    return Verification(
        ok=report.ok,
        entries=report.entries,
        findings=tuple(report.findings),
        losses=tuple(report.losses),
        took_ms=round((time.perf_counter() - started) * 1000),
    )


def _shown(entry: Entry) -> AuditEntry:
    body = json.loads(bytes(entry.body))
    because = body.get("because")
    return AuditEntry(
        position=entry.position,
        stream=entry.stream,
        version=entry.version,
        type=entry.type,
        recorded_at_ms=entry.recorded_at_ms,
        occurred_at_ms=entry.occurred_at_ms,
        actor=entry.actor,
        role=entry.role,
        purpose=entry.purpose,
        body=body,
        because=in_both(because) if because else None,
        sealed=entry.sealed is not None,
        hash=bytes(entry.hash).hex(),
    )
