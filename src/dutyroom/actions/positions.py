"""Telemetry: the latest position of each unit. Not journaled; late and impossible fixes refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from dutyroom.actions import runtime
from dutyroom.journal.transactions import transaction

FUTURE_MS: Final = 60_000
"""How far a sender's clock may run ahead."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a unit was at a time (WGS84, milliseconds UTC)."""

    unit: str
    lon: float
    lat: float
    at_ms: int


_UPSERT: Final = """
INSERT INTO projections_unitposition (unit, lon, lat, at_ms, received_ms)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (unit) DO UPDATE
SET lon = excluded.lon, lat = excluded.lat, at_ms = excluded.at_ms,
    received_ms = excluded.received_ms
WHERE projections_unitposition.at_ms <= excluded.at_ms
"""


def take(fixes: Sequence[Fix], now_ms: int) -> list[tuple[int, str]]:
    """Keep the newest fix of each unit; returns the refused ones as (index, why).

    A fix older than the one we have is not an error: it is simply not the latest.
    """
    room = runtime.room()
    refused: list[tuple[int, str]] = []
    rows: list[tuple[str, float, float, int, int]] = []
    for index, fix in enumerate(fixes):
        if fix.unit not in room.pack.unit_ids:
            refused.append((index, f"there is no unit {fix.unit} in the city pack"))
        elif fix.at_ms > now_ms + FUTURE_MS:
            refused.append((index, "its time is in the future: check the sender's clock"))
        else:
            rows.append((fix.unit, fix.lon, fix.lat, min(fix.at_ms, now_ms), now_ms))
    if rows:
        with transaction(), connection.cursor() as cursor:
            cursor.executemany(_UPSERT, sorted(rows))
        room.advisor.move((unit, lon, lat, at_ms) for unit, lon, lat, at_ms, _ in rows)
    return refused
