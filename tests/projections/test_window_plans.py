"""Where much is open, the most urgent records are read in the order of an index: nothing is sorted.

That is asked of PostgreSQL, which sorts only where it must once sorting is made dear.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st
from tests.harness.rooms import TestRoom

from dutyroom.domain.orgs import within
from dutyroom.projections import window
from dutyroom.projections.below import lies_within
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db


def asked_by(work: Callable[[], object]) -> list[tuple[str, Any]]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no way to make sorting dear")
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return asked


ALL_ELSE = ("sort", "incremental_sort", "seqscan", "bitmapscan")
_MANY = """
INSERT INTO projections_listedview (id, kind, open, state, org, team, owner, incident, due_ms,
    changed_at_ms, position, "row")
SELECT n::text, CASE WHEN n % 2 = 0 THEN 'task' ELSE 'loop' END, n % 5 = 0, '', 'a/b/' || n % 41,
    '', '', '', CASE WHEN n % 3 = 0 THEN n END, n, n, '{}' FROM generate_series(1, 40000) n
"""


def plan_of(queries: list[tuple[str, Any]], without: Sequence[str], *, many: bool) -> str:
    """Of an otherwise empty table, so that nothing hangs on what other tests left in its indexes
    and its statistics; these are of ``many`` rows, all of them looked at, or there are none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE projections_listedview")
        cursor.execute(
            "DELETE FROM pg_statistic WHERE starelid = 'projections_listedview'::regclass"
        )
        if many:
            cursor.execute(_MANY)
            cursor.execute("SET LOCAL default_statistics_target = 10000")
            cursor.execute("ANALYZE projections_listedview")
        found = []
        for kind in without:
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        for sql, params in queries:
            cursor.execute(f"EXPLAIN {sql}", params)
            found += [row[0] for row in cursor.fetchall()]
        transaction.set_rollback(True)
    return "\n".join(found)


def test_the_most_urgent_ones_are_not_sorted(room: TestRoom) -> None:
    asked = asked_by(lambda: window.urgent(ListedView.objects.filter(kind="task", open=True), 500))
    assert len(asked) == 2
    plan = plan_of(asked, ALL_ELSE, many=True)
    assert plan.count("using listed_urgent") == 2
    assert "Sort" not in plan


def test_what_is_open_is_counted_without_a_look_at_the_rows(room: TestRoom) -> None:
    runs = Q(until_ms=None) | Q(until_ms__gt=1)
    some = ListedView.objects.filter(runs, kind="task", open=True)
    assert "Index Only Scan" in plan_of(asked_by(some.count), ALL_ELSE, many=False)


def test_what_is_open_of_a_station_is_found_by_its_organisation(room: TestRoom) -> None:
    runs = Q(until_ms=None) | Q(until_ms__gt=1)
    [(sql, params), *_] = asked_by(lambda: window.listed(runs, "a/b/3", ""))
    plan = plan_of([(sql, params)], (), many=True)
    assert plan.count(" listed_urgent_of ") >= 2
    assert "listed_on_board" not in plan
    assert "Seq Scan" not in plan


def test_the_most_urgent_ones_of_a_station_are_not_sorted(room: TestRoom) -> None:
    some = ListedView.objects.filter(kind="task", open=True, org="a/b/3")
    plan = plan_of(asked_by(lambda: window.urgent(some, 500)), ALL_ELSE, many=True)
    assert plan.count("using listed_urgent_of") == 2
    assert "Sort" not in plan


ORGS = st.text(alphabet="ab/_%0.AÄ-", min_size=1, max_size=6)


@given(orgs=st.lists(ORGS, min_size=1, max_size=8), of=ORGS)
def test_what_lies_within_is_the_same_to_the_database_and_to_the_domain(
    _tables: None, orgs: list[str], of: str
) -> None:
    with transaction.atomic():
        for n, org in enumerate(orgs):
            values = {"kind": "task", "open": True, "state": "", "position": n, "row": ""}
            ListedView.objects.create(id=f"t{n}", org=org, changed_at_ms=0, **values)
        found = ListedView.objects.filter(lies_within(of), row="").values_list("org", flat=True)
        kept = sorted(found)
        transaction.set_rollback(True)
    assert kept == sorted(org for org in orgs if within(org, of))
