"""Where incidents are, unsealed: for the map, and for what looks for duplicates."""

from typing import Any

import msgspec
from django.db import connection

from dutyroom.journal import read
from dutyroom.readings.answers import (
    PlaceReading,
)
from dutyroom.readings.reader import Access, Reader


def opened_places(
    reader: Reader, access: Access, positions: dict[str, int]
) -> dict[str, PlaceReading | None]:
    """The places of incidents, by the journal positions of the events that hold them; None for one
    whose key is erased."""
    with connection.cursor() as cursor:
        entries = {one.position: one for one in read.at(cursor, list(positions.values()))}
    ids = [id_ for id_, position in positions.items() if position in entries]
    opened = reader.unseal(access, [entries[positions[id_]] for id_ in ids])
    return {id_: place_in(body) for id_, body in zip(ids, opened, strict=True)}


def place_in(body: dict[str, Any] | None) -> PlaceReading | None:
    """The place that a sealed body holds, if it holds one."""
    place = (body or {}).get("place")
    return msgspec.convert(place, PlaceReading) if isinstance(place, dict) else None
