"""Who is on which unit, found by person: only the write door asks, when somebody signs on."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper

from dutyroom.domain.units.crews import person_key


def write(cursor: CursorWrapper, unit: str, crew: Iterable[str]) -> None:
    """The crew of a unit, in place of the one before."""
    cursor.execute("DELETE FROM projections_crewview WHERE unit = %s", [unit])
    people = sorted({_hashed(person_key(name)) for name in crew})
    cursor.executemany(
        "INSERT INTO projections_crewview (unit, person) VALUES (%s, %s)",
        [(unit, person) for person in people],
    )


def aboard(cursor: CursorWrapper, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The units that people are on, by `person_key`; who is on none is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for key in sorted(keys):
        cursor.execute(
            "SELECT unit FROM projections_crewview WHERE person = %s ORDER BY unit",
            [_hashed(key)],
        )
        units: Sequence[tuple[str]] = cursor.fetchall()
        if units:
            found[key] = tuple(unit for (unit,) in units)
    return found


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
