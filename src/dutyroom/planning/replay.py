"""A rehearsal to be watched: what units did in a stretch of time, and the calls of it."""

import json
from pathlib import Path
from typing import Final

from dutyroom.planning.answers import LonLat, Replay, ReplayCall, ReplayUnit

LONGEST_H: Final = 24.0


def replay(units: Path, calls: Path, points: Path, from_h: float, hours: float) -> Replay:
    """From the records of a run (replication 0), ``hours`` from ``from_h`` on, in seconds.

    ``legs``: unit, state, start, end, call, where from, where to (lon, lat); ``calls``: id, when
    it came, when the first unit came, when it ended (None: not), where, priority, category, late.
    """
    import pyarrow.parquet as pq  # a room that rehearses nothing has none

    begin_s = from_h * 3600.0
    end_s = begin_s + min(hours, LONGEST_H) * 3600.0
    about = json.loads(points.read_text(encoding="utf-8"))
    place: dict[str, LonLat] = {key: (lon, lat) for key, (lon, lat) in about["points"].items()}
    legs = pq.read_table(
        units, filters=[("end_s", ">", begin_s), ("start_s", "<", end_s)],
        columns=["unit", "state", "start_s", "end_s", "call", "from_point", "to_point"],
    ).to_pydict()  # fmt: skip
    found = pq.read_table(
        calls, filters=[("at_s", "<", end_s)],
        columns=["call", "at_s", "response_s", "closed_s", "point", "priority", "category", "late",
                 "officer_initiated"],
    ).to_pylist()  # fmt: skip
    return Replay(
        begin_s=begin_s,
        end_s=min(end_s, about["hours"] * 3600.0),
        hours=float(about["hours"]),
        first_hour=about["first_hour"],
        units={
            key: ReplayUnit(kind=unit["kind"], at=place[unit["base"]])
            for key, unit in about["units"].items()
        },
        legs=tuple(
            (unit, state, start, end, call, place[source], place[target])
            for unit, state, start, end, call, source, target in zip(*legs.values(), strict=True)
        ),
        calls=tuple(
            ReplayCall(
                id=call["call"],
                at_s=call["at_s"],
                there_s=None if call["response_s"] is None else call["at_s"] + call["response_s"],
                closed_s=call["closed_s"],
                place=place[call["point"]],
                priority=call["priority"],
                category=call["category"],
                late=call["late"],
            )
            for call in found
            if not call["officer_initiated"]
            and (call["closed_s"] is None or call["closed_s"] > begin_s)
        ),
    )
