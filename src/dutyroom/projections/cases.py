"""The incidents that figures count, from the read models."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import batched
from typing import Final

import msgspec
from django.db.models import Exists, OuterRef, Q

from dutyroom.bulletin import Case, StageFigures, case_of
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.orgs import within
from dutyroom.projections.below import lies_within
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident, read_loop

PORTION: Final = 2_000
"""Rows, read at once."""


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
    of_loops = ListedView.objects.filter(kind=LOOPS.name)
    loops = of_loops.filter(may_count, lies_within(org)).exclude(state="merged").order_by("id")
    texts = loops.values_list("row", flat=True).iterator(PORTION)
    for some in batched(map(read_loop, texts), PORTION):
        yield from _cases(some, now_ms)
    without = IncidentView.objects.filter(may_count, ~Exists(of_loops.filter(id=OuterRef("id"))))
    others = without.exclude(state="merged").order_by("id").values_list("row", flat=True)
    for one in map(read_incident, others.iterator(PORTION)):
        if within(one.org, org):
            loop = LoopRow(id=one.id, number=one.number, org=one.org, clocks=(), position=0)
            found = case_of(loop, one.category, one.priority, one.opened_at_ms, now_ms)
            yield _closed(found, one.since_ms) if one.state == "closed" else found


def _cases(loops: Sequence[LoopRow], now_ms: int) -> Iterator[Case]:
    """Where it went through no stages, its own row says whether it was concluded."""
    known = IncidentView.objects.exclude(state="merged")
    named = known.filter(id__in=[one.id for one in loops]).values_list(*_FACTS)
    facts = {id_: (of, state) for id_, *of, state in named}
    closed = [
        one.id for one in loops if not one.stages and facts.get(one.id, ("", ""))[1] == "closed"
    ]
    rows = known.filter(id__in=closed).values_list("row", flat=True)
    since_ms = {one.id: one.since_ms for one in map(read_incident, rows)}
    for one in loops:
        if one.id in facts:
            category, priority, opened_ms = facts[one.id][0]
            found = case_of(one, category, priority, opened_ms, now_ms)
            yield _closed(found, since_ms[one.id]) if one.id in since_ms else found


def _closed(case: Case, at_ms: int) -> Case:
    return replace(case, concluded_ms=(at_ms,))


_FACTS: Final = "id", "category", "priority", "opened_at_ms", "state"


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
