"""The incidents that figures count, from the read models."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import msgspec
from django.db import connection

from dutyroom.bulletin import Case, StageFigures, case_of
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.orgs import within
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
    with connection.cursor() as cursor:  # a named one would be planned for its first rows
        cursor.execute(_WITH_LOOP, [LOOPS.name, from_ms, org, org, len(org) + 1, f"{org}/"])
        while some := cursor.fetchmany(PORTION):
            for row, category, priority, opened_ms, closed in some:
                yield _case(row, category, priority, opened_ms, closed, now_ms)
        cursor.execute(_WITHOUT, [from_ms, LOOPS.name])
        while some := cursor.fetchmany(PORTION):
            for one in (read_incident(row) for (row,) in some):
                if within(one.org, org):
                    loop = LoopRow(id=one.id, number=one.number, org=one.org, clocks=(), position=0)
                    found = case_of(loop, one.category, one.priority, one.opened_at_ms, now_ms)
                    yield _closed(found, one) if one.state == "closed" else found


# A loop goes by the id of its incident; those of tasks, by ids of their own. Where an incident went
# through no stages, its own row says whether it was concluded.
_WITH_LOOP: Final = """
SELECT l.row, i.category, i.priority, i.opened_at_ms,
       CASE WHEN i.state = 'closed' AND l.state IN ('running', 'paused', 'over') THEN i.row END
  FROM projections_listedview l JOIN projections_incidentview i ON i.id = l.id
 WHERE l.kind = %s AND (l.open OR l.changed_at_ms >= %s) AND l.state <> 'merged'
   AND i.state <> 'merged' AND (%s = '' OR l.org = %s OR substr(l.org, 1, %s) = %s)
 ORDER BY l.id
"""
_WITHOUT: Final = """
SELECT i.row FROM projections_incidentview i
 WHERE (i.open OR i.changed_at_ms >= %s) AND i.state <> 'merged'
   AND NOT EXISTS (SELECT 1 FROM projections_listedview l WHERE l.id = i.id AND l.kind = %s)
 ORDER BY i.id
"""


def _case(
    row: str, category: str, priority: int, opened_ms: int, closed: str | None, now_ms: int
) -> Case:
    loop = read_loop(row)
    found = case_of(loop, category, priority, opened_ms, now_ms)
    return found if loop.stages or closed is None else _closed(found, read_incident(closed))


def _closed(case: Case, one: IncidentRow) -> Case:
    return replace(case, concluded_ms=(one.since_ms,))


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
