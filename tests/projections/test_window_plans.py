"""Where much is open, the most urgent records are read in the order of an index: nothing is sorted.

That is asked of PostgreSQL, which sorts only where it must once sorting is made dear.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from tests.harness.rooms import TestRoom

from dutyroom.projections import window
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db


def plan_of(queries: list[tuple[str, Any]]) -> str:
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        for kind in ("sort", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        for sql, params in queries:
            cursor.execute(f"EXPLAIN {sql}", params)
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


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


def test_the_most_urgent_ones_are_not_sorted(room: TestRoom) -> None:
    asked = asked_by(lambda: window.urgent(ListedView.objects.filter(kind="task", open=True), 500))
    assert len(asked) == 2
    plan = plan_of(asked)
    assert plan.count("using listed_urgent") == 2
    assert "Sort" not in plan


def test_what_is_open_is_counted_without_a_look_at_the_rows(room: TestRoom) -> None:
    runs = Q(until_ms=None) | Q(until_ms__gt=1)
    some = ListedView.objects.filter(runs, kind="task", open=True)
    assert "Index Only Scan using listed_open_until" in plan_of(asked_by(some.count))
