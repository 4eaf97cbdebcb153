"""What `bench.scale` measures in a process of the room itself: bare queries, the keeper, plans."""

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from django.db import connection

from bench.scale_routes import DISTRICT, FEWEST, MOST_S, unlisted
from bench.serving import PASSWORD
from dutyroom.site.serving import prepare

KEEPER_S = 20
SLOWEST = 6

type Query = tuple[str, Any]


def names() -> dict[str, str]:
    """What addresses name: an open incident with its task, a station, an owner, times."""
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board, lists
    from dutyroom.projections.lists import Reach, Wanted
    from dutyroom.projections.models import IncidentView, ListedView, UnitView
    from dutyroom.projections.rows import read_incident, read_loop
    from dutyroom.site.models import Member

    task = ListedView.objects.filter(kind="task", open=True).exclude(owner="")[:1].get()
    incident = IncidentView.objects.get(id=task.incident)
    row, now = read_incident(incident.row), now_ms()
    loop = read_loop(ListedView.objects.get(kind="loop", id=incident.id).row)
    page = json.loads(lists.page("tasks", Wanted(), Reach("", None), "", now))
    station = Member.objects.values_list("org", flat=True).get(name="bench-station")
    if not Member.objects.filter(name=DISTRICT).exists():  # a kept room may be older
        above = station.rpartition("/")[0]
        Member.objects.enrol(DISTRICT, "station_command", PASSWORD, org=above)
    return {
        "org": station,
        "owner": task.owner,
        "now": str(now),
        "hour": str(now - 3_600_000),
        "half": str(board.head() // 2),
        "incident": incident.id,
        "number": incident.number,
        "ending": incident.number[-4:],
        "zone": row.zone,
        "task": task.id,
        "clock": loop.clocks[0].clock,
        "after": page["next"] or "",
        "unit": UnitView.objects.values_list("id", flat=True)[:1].get(),
    } | dict(zip(("lon", "lat"), map(str, _middle()), strict=True))


def _middle() -> tuple[float, float]:
    from dutyroom.projections.packs import pack_in_force

    lon, lat = pack_in_force().zones[0].centre
    return lon, lat


def listed() -> set[str]:
    """All routes that read, by the API itself."""
    from dutyroom.api.router import description

    return {path for path, methods in description()["paths"].items() if "get" in methods}


def _queries(path: str, cookie: str) -> list[Query]:
    """What an answer is made of: all that its request asks the database, but for who asks, which is
    known for a second."""
    from django.test import Client

    client, asked = Client(headers={"host": "localhost", "cookie": cookie}), []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client.get(path)
    with connection.execute_wrapper(note):
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return asked


def _run(queries: Sequence[Query]) -> int:
    rows = 0
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            rows += len(cursor.fetchall())
    return rows


def addresses() -> None:
    """Print what addresses name; ends if a route was forgotten."""
    prepare()
    if forgotten := unlisted(listed()):
        raise SystemExit(f"bench/scale_routes.py: {sorted(forgotten)} are in no list")
    print(json.dumps(names()))


def bare(tries: int) -> None:
    """Print for each address, given with the cookie of who asks: how many queries and rows it
    takes, and the p95 of its queries alone, in ms."""
    from bench.scale import at

    prepare()
    from dutyroom.actions import runtime

    found = []
    for path, cookie in json.load(sys.stdin):
        queries = _queries(path, cookie)
        times: list[float] = []
        rows = _run(queries)
        until = time.perf_counter() + MOST_S
        while len(times) < tries and (len(times) < FEWEST or time.perf_counter() < until):
            began = time.perf_counter()
            _run(queries)
            times.append((time.perf_counter() - began) * 1e3)
        found.append((len(queries), rows, at(times, 0.95)))
    runtime.stop()
    print(json.dumps(found))


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
    """Print the plans of the slowest queries of the addresses given."""
    prepare()
    from dutyroom.actions import runtime

    timed = []
    for path, cookie in json.load(sys.stdin):
        for query in _queries(path, cookie):
            began = time.perf_counter()
            _run([query])
            timed.append(((time.perf_counter() - began) * 1e3, path, query))
    timed.sort(key=lambda one: -one[0])
    explain = (
        "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    )
    for took_ms, path, (sql, params) in timed[:SLOWEST]:
        print(f"\n{took_ms:.1f} ms, {path}: {sql[:400]}")
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {sql}", params)
            for row in cursor.fetchall():
                print("   ", *row)
    runtime.stop()
