"""holidays.csv with the days of one calendar and some years put anew, and what that changes."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dutyroom.citypack.read_calendars import COLUMNS, FILE
from dutyroom.packmaking.public_holidays import Day

type Row = tuple[str, ...]
"""In the order of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Change:
    """A date whose row is added (no ``old``), removed (no ``new``) or another."""

    day: str
    old: Row | None
    new: Row | None

    def __str__(self) -> str:
        if self.old is None or self.new is None:
            kind, row = ("+", self.new) if self.old is None else ("-", self.old)
            return f"{kind} {self.day} {_said(row or ())}"
        return f"~ {self.day} {_said(self.old)} -> {_said(self.new)}"


@dataclass(frozen=True, slots=True)
class Put:
    """All rows of the file as they will be, and every date that changes."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]

    def text(self) -> str:
        """The file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self.rows)
        return out.getvalue()


def rows_of_pack(folder: Path) -> tuple[Row, ...]:
    """The rows of a pack that was read without problems; none where it has no such file."""
    path = folder / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file))


def put(rows: Sequence[Row], calendar: str, years: Sequence[int], days: Sequence[Day]) -> Put:
    """Replace the rows of a calendar in some years; all others stay as they are, sorted."""
    wanted = {str(year) for year in years}
    old = {row[1]: row for row in rows if row[0] == calendar and row[1][:4] in wanted}
    new = {one.day.isoformat(): one.row(calendar) for one in days}
    kept = [row for row in rows if row not in old.values()]
    return Put(tuple(sorted([*kept, *new.values()])), tuple(_changes(old, new)))


def _changes(old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Change]:
    for day in sorted({*old, *new}):
        if old.get(day) != new.get(day):
            yield Change(day, old.get(day), new.get(day))


def _said(row: Row) -> str:
    _, _, kind, name_en, name_zh, _, announced = row
    doubt = "" if announced == "yes" else ", provisional"
    return f"{kind} {name_en} / {name_zh}{doubt}"
