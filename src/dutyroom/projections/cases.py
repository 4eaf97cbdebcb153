"""The incidents that figures count, from the read models."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import msgspec
from django.db.models import Q, QuerySet

from dutyroom.bulletin import Case, StageFigures, case_of
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.orgs import within
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident, read_loop

PORTION: Final = 500


class BulletinCase(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that a figure counts."""

    id: str
    number: str
    org: str
    category: str
    priority: int
    opened_ms: int


def cases_since(from_ms: int, org: str, now_ms: int) -> Iterator[Case]:
    """The incidents that may count: those that are open, and those that changed since a time; with
    their loops or, where no pack had stages and clocks for them, without."""
    may_count = Q(open=True) | Q(changed_at_ms__gte=from_ms)
    loops = ListedView.objects.filter(may_count, kind=LOOPS.name).exclude(state="merged")
    if org:
        loops = loops.filter(Q(org=org) | Q(org__startswith=f"{org}/"))
    for portion in _portions(loops):
        rows = IncidentView.objects.filter(id__in=list(portion)).exclude(state="merged")
        facts = {one.id: one for one in map(read_incident, rows.values_list("row", flat=True))}
        for id_, row in portion.items():
            if id_ in facts:
                yield _case(read_loop(row), facts[id_], now_ms)
    with_loop = ListedView.objects.filter(kind=LOOPS.name).values("id")
    others = IncidentView.objects.filter(may_count).exclude(state="merged")
    for portion in _portions(others.exclude(id__in=with_loop)):
        for one in map(read_incident, portion.values()):
            if within(one.org, org):
                loop = LoopRow(id=one.id, number=one.number, org=one.org, clocks=(), position=0)
                yield _case(loop, one, now_ms)


def as_row(case: Case) -> BulletinCase:
    """What is shown of a case."""
    return BulletinCase(
        id=case.id,
        number=case.number,
        org=case.org,
        category=case.category,
        priority=case.priority,
        opened_ms=case.opened_ms,
    )


def named_by(stages: Iterable[StageFigures]) -> set[str]:
    """The incidents that figures of stages count."""
    return {
        id_ for one in stages for ids in (one.done, one.there, one.paused, one.again) for id_ in ids
    }


def _portions(rows: QuerySet[Any]) -> Iterator[dict[str, str]]:
    """Rows by id, some at a time, in the order of their ids."""
    last = ""
    while portion := dict(
        rows.filter(id__gt=last).order_by("id").values_list("id", "row")[:PORTION]
    ):
        last = next(reversed(portion))
        yield portion


def _case(loop: LoopRow, one: IncidentRow, now_ms: int) -> Case:
    """Where it went through no stages, its own row says whether it was concluded."""
    found = case_of(loop, one.category, one.priority, one.opened_at_ms, now_ms)
    if loop.stages or one.state != "closed":
        return found
    return replace(found, concluded_ms=(one.since_ms,))
