"""CSV with a header row, read with line numbers; typed getters note a problem and carry on."""

import csv
import io
from dataclasses import dataclass
from math import isfinite

from dutyroom.core.text import Text, counted
from dutyroom.reading.problems import ProblemList


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file in the order of the wanted columns, and the line of each."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; every getter notes what is wrong with the field and returns a neutral value."""

    table: Table
    line: int
    fields: dict[str, str]
    problems: ProblemList

    def problem(self, message: str, remedy: str) -> None:
        """Note a problem on this row."""
        self.problems.add(self.table.name, self.line, message, remedy)

    def string(self, column: str) -> str:
        """A text that isn't blank."""
        value = self.fields[column].strip()
        if not value:
            self.problem(f"{column} is empty", f"Fill in {column}")
        return value

    def code(self, column: str) -> str:
        """A short ASCII code."""
        value = self.string(column)
        if value and not (value.isascii() and value.isprintable() and " " not in value):
            self.problem(f'{column} "{value}" is not a code', "Use ASCII letters, digits, - and _")
        return value

    def number(self, column: str, low: float, high: float) -> float:
        """A finite number within limits; ``low`` after a problem."""
        value = as_number(self.fields[column])
        if value is None:
            self.problem(
                f'{column} "{self.fields[column]}" is not a number', "Write a finite number"
            )
            return low
        if not low <= value <= high:
            self.problem(
                f"{column} {value:g} is out of range", f"Write {column} from {low:g} to {high:g}"
            )
            return low
        return value

    def position(self) -> tuple[float, float]:
        """lon and lat in degrees."""
        return self.number("lon", -180.0, 180.0), self.number("lat", -90.0, 90.0)

    def name(self) -> Text:
        """The pair name_en, name_zh."""
        for column in ("name_en", "name_zh"):
            if not self.fields[column].strip():
                self.problem(f"the translation {column} is empty", f"Fill in {column}")
        return Text(self.fields["name_en"].strip(), self.fields["name_zh"].strip())


def read_table(
    name: str,
    text: str,
    columns: tuple[str, ...],
    problems: ProblemList,
    optional: tuple[str, ...] = (),
) -> Table | None:
    """The table of a file with exactly these columns in any order; None if the header is wrong.

    The ``optional`` columns may be there, all of them or none. Rows with too few or too many
    fields are noted and left out.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if any(column in header for column in optional):
            columns = (*columns, *optional)
        if not _header_is_right(name, header, columns, problems):
            return None
        numbered = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        problems.add(name, reader.line_num, f"not CSV: {error}", "Put the quoting right")
        return None
    width = len(header)
    for line, row in numbered:
        if len(row) != width:
            message = f"{counted(len(row), 'field')} instead of {width}"
            problems.add(name, line, message, f"Write the columns {','.join(header)}")
    order = [header.index(column) for column in columns]
    whole = [(line, row) for line, row in numbered if len(row) == width]
    rows = [row for _, row in whole]
    if order != list(range(width)):
        rows = [[row[place] for place in order] for row in rows]
    return Table(name, columns, rows, [line for line, _ in whole])


def rows_of(table: Table, problems: ProblemList) -> list[Row]:
    """Each row with its getters."""
    return [
        Row(table, line, dict(zip(table.columns, fields, strict=True)), problems)
        for line, fields in zip(table.lines, table.rows, strict=True)
    ]


def as_number(text: str) -> float | None:
    """A finite number in plain digits, or None: Python would read 1_000 and ٣٨ too."""
    if "_" in text or not text.isascii():
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _header_is_right(
    name: str, header: list[str], columns: tuple[str, ...], problems: ProblemList
) -> bool:
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns]
    twice = sorted({column for column in header if header.count(column) > 1})
    wanted = ",".join(columns)
    for column in missing:
        problems.add(name, 1, f'the column "{column}" is missing', f"Write the header {wanted}")
    for column in unknown:
        problems.add(name, 1, f'unknown column "{column}"', f"Remove it; the header is {wanted}")
    for column in twice:
        problems.add(name, 1, f'the column "{column}" is given twice', "Keep one of them")
    return not (missing or unknown or twice)
