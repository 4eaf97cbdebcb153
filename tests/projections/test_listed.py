"""Records without a table of their own share one, and are found by an index whatever is asked."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, enrol

from dutyroom.domain.handovers.commands import StartHandover

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
        cursor.execute("ANALYZE projections_listedview")
        for pair in combinations(COLUMNS, 2):
            wanted = " AND ".join(f'"{name}" = %s' for name in pair)
            asked = f"SELECT id FROM projections_listedview WHERE kind = %s AND {wanted}"
            values = ["handover", *(_rare(name) for name in pair)]
            plan = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
            cursor.execute(plan + asked, values)
            said = " ".join(str(row) for row in cursor.fetchall())
            assert "listed_" in said, (pair, said)


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
