"""One flat record per call and per unit interval, as Arrow tables; to Parquet as they come.

Every column is documented in ``CALL_COLUMNS`` and ``INTERVAL_COLUMNS``; the documentation goes
into the files.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dutyroom.machine.files import whole_file
from dutyroom.rehearsal.results.columns import call_columns
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls
from dutyroom.rehearsal.simulation.records import INTERVAL_NAMES, Records

CALL_COLUMNS: Final = (
    ("replication", pa.int32(), "Number of the replication, from 0."),
    ("call", pa.string(), "Id of the call, or its number in the order of time."),
    ("at_s", pa.float64(), "When it came, in seconds from the scenario's start."),
    ("hour", pa.int16(), "Hour of the week in which it came; Monday 00:00 is 0."),
    ("point", pa.string(), "Where it came from."),
    ("zone", pa.string(), "The area of that point."),
    ("category", pa.string(), "Its category."),
    ("priority", pa.int8(), "Its priority; 1 is the most urgent."),
    ("officer_initiated", pa.bool_(), "Officers' own work: load, not demand."),
    ("needed", pa.int16(), "How many units it needs."),
    ("served", pa.int16(), "How many units came."),
    ("unit", pa.string(), "The unit that arrived first; null if nobody came."),
    ("station", pa.string(), "The station of that unit."),
    ("agency", pa.string(), "The agency of that unit."),
    ("wait_s", pa.float64(), "From the call until the first unit to arrive was sent."),
    ("turnout_s", pa.float64(), "From there until it left."),
    ("travel_s", pa.float64(), "From there until it was on the scene."),
    ("response_s", pa.float64(), "From the call until the first unit was on the scene."),
    ("complete_s", pa.float64(), "From the call until all units were on the scene."),
    ("closed_s", pa.float64(), "When its last unit was free again, from the scenario's start."),
    ("late", pa.bool_(), "Later than the target of its priority, or nobody came; null: no target."),
    ("resent", pa.int16(), "How many units had to be sent again after pre-emption or relief."),
)  # fmt: skip

INTERVAL_COLUMNS: Final = (
    ("replication", pa.int32(), "Number of the replication, from 0."),
    ("unit", pa.string(), "The unit."),
    ("state", pa.string(), "What it did: " + ", ".join(INTERVAL_NAMES) + "."),
    ("start_s", pa.float64(), "From when, in seconds from the scenario's start."),
    ("end_s", pa.float64(), "Until when."),
    ("call", pa.string(), "The call it worked for, or null."),
    ("from_point", pa.string(), "Where it was at the start."),
    ("to_point", pa.string(), "Where it was at the end, or was going to."),
)


def schema(columns: tuple[tuple[str, Any, str], ...], **about: str) -> pa.Schema:
    """An Arrow schema whose fields carry their documentation, with facts about the whole."""
    fields = [pa.field(name, kind, metadata={"doc": doc}) for name, kind, doc in columns]
    return pa.schema(fields, metadata=about)


def call_table(
    builder: Builder, calls: GivenCalls, outcomes: Records, replication: int = 0
) -> pa.Table:
    """The calls of a run with what became of them."""
    columns = call_columns(builder, calls, outcomes)
    count = len(calls.at_s)
    scenario = builder.scenario
    unit = columns.pop("unit")
    nobody = unit < 0
    known = np.where(nobody, 0, unit)
    ids = np.array(scenario.geography.ids, dtype=object)
    zones = np.array(scenario.geography.zone, dtype=object)
    names = calls.ids or tuple(map(str, range(count)))
    target = np.full(count, np.nan)
    for level, seconds in scenario.targets_s.items():
        target[calls.priority == level] = seconds
    response = columns["response_s"]
    late = ~(response <= target)
    data = {
        "replication": np.full(count, replication, np.int32),
        "call": pa.array(names, pa.string()),
        "at_s": calls.at_s,
        "hour": ((calls.at_s / HOUR_S).astype(np.int64) + scenario.first_hour) % 168,
        "point": ids[calls.point],
        "zone": zones[calls.point],
        "category": pa.array(calls.category, pa.string()),
        "priority": calls.priority,
        "officer_initiated": calls.officer_initiated,
        "needed": np.diff(calls.first),
        **columns,
        "late": pa.array(late, pa.bool_(), mask=np.isnan(target)),
    }
    for name, of in (
        ("unit", [u.id for u in builder.units]),
        ("station", [u.station for u in builder.units]),
        ("agency", [u.agency for u in builder.units]),
    ):
        data[name] = pa.array(np.array(of, dtype=object)[known], pa.string(), mask=nobody)
    arrays = []
    for name, kind, _ in CALL_COLUMNS:
        value = data[name]
        arrays.append(
            value if isinstance(value, pa.Array) else pa.array(value, kind, from_pandas=True)
        )
    return pa.Table.from_arrays(arrays, schema=schema(CALL_COLUMNS))


def interval_table(
    builder: Builder, calls: GivenCalls, places: Records, intervals: Records, replication: int = 0
) -> pa.Table:
    """Unit intervals with names instead of numbers."""
    units = np.array([unit.id for unit in builder.units], dtype=object)
    points = np.array(builder.scenario.geography.ids, dtype=object)
    at_place = intervals["place"]
    nobody = at_place < 0
    call = places["call"][np.where(nobody, 0, at_place)] if len(places) else at_place
    names = np.array(calls.ids, dtype=object)[call] if calls.ids else call.astype(str)
    data = {
        "replication": np.full(len(intervals), replication, np.int32),
        "unit": units[intervals["unit"]],
        "state": np.array(INTERVAL_NAMES, dtype=object)[intervals["kind"]],
        "start_s": intervals["start_s"],
        "end_s": intervals["end_s"],
        "call": pa.array(names, pa.string(), mask=nobody),
        "from_point": points[intervals["from_point"]],
        "to_point": points[intervals["to_point"]],
    }
    arrays = [
        data[name] if isinstance(data[name], pa.Array) else pa.array(data[name], kind)
        for name, kind, _ in INTERVAL_COLUMNS
    ]
    return pa.Table.from_arrays(arrays, schema=schema(INTERVAL_COLUMNS))


@contextmanager
def parquet(
    path: Path, columns: tuple[tuple[str, Any, str], ...], **about: str
) -> Iterator[Callable[[pa.Table], None]]:
    """A Parquet file that grows table by table; it appears under its name when it is whole."""
    made = schema(columns, **about)
    with (
        whole_file(path) as half,
        pq.ParquetWriter(half, made, compression="zstd") as writer,
    ):
        yield lambda table: writer.write_table(table.cast(made))
