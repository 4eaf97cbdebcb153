"""Records without a table of their own share one, and are found by an index whatever is asked."""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, enrol

from dutyroom.domain.handovers.commands import StartHandover
from dutyroom.projections import board

pytestmark = pytest.mark.db
COLUMNS = ("open", "state", "org", "team", "owner", "incident", "due_ms")
MANY = """
INSERT INTO projections_listedview
    (id, kind, open, state, org, team, owner, incident, due_ms, changed_at_ms, position, "row")
SELECT 'n' || n, 'handover', (n %% 50 = 0), 's' || (n %% 5), 'o' || (n %% 300), 't' || (n %% 90),
       'm' || (n %% 2000), 'i' || (n %% 40000), n, n, n, '{}'
FROM (WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < %s)
      SELECT n FROM up) AS numbers
"""


@pytest.mark.slow
@pytest.mark.deep
def test_filters_on_any_two_columns_use_an_index_of_six_hundred_thousand_rows(
    empty_home: Path,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MANY, [600_000])
        # SQLite keeps no statistics by itself, so a room goes without; PostgreSQL always does.
        for analysed in (False, True) if connection.vendor == "sqlite" else (True,):
            if analysed:
                cursor.execute("ANALYZE projections_listedview")
            for pair in combinations(COLUMNS, 2):
                wanted = " AND ".join(f'"{name}" = %s' for name in pair)
                asked = f"SELECT id FROM projections_listedview WHERE kind = %s AND {wanted}"
                values = ["handover", *(_rare(name) for name in pair)]
                assert "listed_" in _plan(cursor, asked, values), pair
            whole, changed = _asked_by_the_board()
            assert "listed_on_board" in (plan := _plan(cursor, whole)), plan
            assert "listedview_position" in (plan := _plan(cursor, changed)), plan
            assert "SCAN" not in plan, plan


def _plan(cursor: CursorWrapper, asked: str, values: Sequence[object] | None = None) -> str:
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    cursor.execute(explain + asked, values)
    return " ".join(str(row) for row in cursor.fetchall())


def _asked_by_the_board() -> list[str]:
    """What the whole board and what changed on it ask of the shared table."""
    with CaptureQueriesContext(connection) as captured:
        board.snapshot(599_000)
        board.patch(599_900, 599_000)
    asked = [one["sql"] for one in captured if "projections_listedview" in one["sql"]]
    assert len(asked) == 2
    return asked


def _rare(column: str) -> object:
    values = {"open": True, "state": "s1", "org": "o7", "team": "t7", "owner": "m7"}
    return {**values, "incident": "i7", "due_ms": 7}[column]


def test_a_handover_of_an_older_version_moves_into_the_shared_table(room: TestRoom) -> None:
    enrol(SUPERVISOR)
    handover = room.id()
    room.done(DISPATCHER, StartHandover(handover, SUPERVISOR.id))
    before = _listed()
    try:
        call_command("migrate", "projections", "0003", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO projections_handoverview (id, "open", position, "row")'
                " VALUES (%s, %s, %s, %s)",
                [before[0][0], True, before[0][-2], before[0][-1]],
            )
    finally:
        call_command("migrate", "projections", verbosity=0)
    assert _listed() == before
    assert json.loads(str(before[0][-1]))["id"] == str(handover)


def _listed() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id, kind, "open", state, owner, incident, due_ms, changed_at_ms, position, "row"'
            " FROM projections_listedview ORDER BY id"
        )
        return list(cursor.fetchall())
