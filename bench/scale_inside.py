"""What `bench.scale` measures in a process of the room itself: bare queries, the keeper, plans."""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from dutyroom.site.serving import prepare

KEEPER_S = 20
SLOWEST = 4

type Query = tuple[str, Any]


def _cases() -> tuple[dict[str, str], dict[str, Callable[[], object]]]:
    """Names in the addresses; what each answer is made of."""
    from dutyroom.actions.clock import now_ms
    from dutyroom.api.takers import takers
    from dutyroom.journal import read
    from dutyroom.projections import board, finding, lists, supervision
    from dutyroom.projections.lists import Reach, Wanted
    from dutyroom.projections.models import IncidentView, ListedView
    from dutyroom.site.models import Member

    org = Member.objects.values_list("org", flat=True).get(name="bench-station")
    owner = ListedView.objects.filter(kind="task", open=True).exclude(owner="")[:1].get().owner
    incident = IncidentView.objects.filter(open=True)[:1].get()
    now, everything = now_ms(), Reach("", None)
    names = {
        "org": org,
        "owner": owner,
        "now": str(now),
        "incident": incident.id,
        "number": incident.number,
    }

    def page(name: str, **wanted: Any) -> Callable[[], object]:
        return lambda: lists.page(name, Wanted(**wanted), everything, "", now)

    def audit() -> object:
        with connection.cursor() as cursor:
            return read.found(cursor, read.Wanted(), None, 100, "reads")

    return names, {
        "nothing but a session": board.head,
        "board": lambda: board.snapshot(now, "", None, "bench"),
        "board of a station": lambda: board.snapshot(now, org, None, "bench-station"),
        "tasks, first page": page("tasks"),
        "tasks of a station": page("tasks", org=org),
        "tasks of an owner": page("tasks", owner=owner),
        "tasks in a state": page("tasks", state="accepted"),
        "clocks, first page": page("loops"),
        "clocks that are late": page("loops", due_before_ms=now),
        "tasks, counted": lambda: lists.counts("tasks", everything, now),
        "stages, counted": lambda: lists.counts("loops", everything, now),
        "all about an incident": lambda: lists.about(incident.id, everything, now),
        "finding by number": lambda: finding.find(incident.number, now),
        "supervision": lambda: supervision.figures(now, takers()),
        "audit": audit,
    }


def _queries(case: Callable[[], object]) -> list[Query]:
    asked: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        case()
    return asked


def _run(queries: Sequence[Query]) -> int:
    rows = 0
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            rows += len(cursor.fetchall())
    return rows


def bare(tries: int) -> None:
    """Print the names, and for each answer its rows and the p95 of its queries alone, in ms."""
    from bench.scale import at

    prepare()
    names, cases = _cases()
    found = {}
    for name, case in cases.items():
        queries, times = _queries(case), []
        rows = _run(queries)
        for _ in range(tries):
            began = time.perf_counter()
            _run(queries)
            times.append((time.perf_counter() - began) * 1e3)
        found[name] = rows, at(times, 0.95)
    print(json.dumps({"names": names, "bare": found}))


def keeper() -> None:
    """Let it catch up, as after an outage; then look every second, as in a server."""
    prepare()
    from dutyroom.actions import runtime
    from dutyroom.actions.keeper import EVERY_S, Keeper
    from dutyroom.projections.models import ListedView
    from dutyroom.projections.rows import read_loop

    rows = ListedView.objects.filter(kind="loop", open=True).values_list("row", flat=True)
    running = sum(
        one.state in ("running", "paused")
        for row in rows.iterator()
        for one in read_loop(row).clocks
    )
    one = Keeper(runtime.room().door)
    began, looked = time.perf_counter(), 0
    while now := one.turn():
        looked += now
    took_s = time.perf_counter() - began
    print(f"keeper: {running:,} open clocks; caught up with {looked:,} in {took_s:.1f} s")
    used_s, began, looked = time.process_time(), time.perf_counter(), 0
    while time.perf_counter() - began < KEEPER_S:
        looked += one.turn()
        time.sleep(EVERY_S)
    share = (time.process_time() - used_s) / (time.perf_counter() - began)
    print(f"keeper: then {share:.2%} of a core, {looked} looked at in {KEEPER_S} s (wanted: 5 %)")
    runtime.stop()


def plans() -> None:
    """Print the plans of the slowest queries."""
    prepare()
    _, cases = _cases()
    timed = []
    for name, case in cases.items():
        for query in _queries(case):
            began = time.perf_counter()
            _run([query])
            timed.append(((time.perf_counter() - began) * 1e3, name, query))
    timed.sort(key=lambda one: -one[0])
    explain = (
        "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    )
    for took_ms, name, (sql, params) in timed[:SLOWEST]:
        print(f"\n{took_ms:.1f} ms, {name}: {sql[:400]}")
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {sql}", params)
            for row in cursor.fetchall():
                print("   ", *row)
