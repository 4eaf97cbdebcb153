"""The CSV files of a scenario: columns may be left out, times are in seconds or in minutes."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.text import counted
from dutyroom.reading.csv_file import Row, as_number, read_table, rows_of
from dutyroom.reading.problems import ProblemList

UNITS_OF_TIME = {"s": 1.0, "min": 60.0}


def read_rows(
    folder: Path,
    name: str,
    required: Iterable[str],
    optional: Iterable[str],
    problems: ProblemList,
) -> list[Row]:
    """The rows of a file; problems with its header and its shape are noted.

    A name that ends in ``*`` stands for a time: ``at*`` may be the column ``at_s`` or ``at_min``.
    """
    text = read_text(folder, name, problems)
    if text is None:
        return []
    header = next(csv.reader(io.StringIO(text)), [])
    if len(header) == 1 and ";" in header[0]:
        message = "the columns are separated by semicolons"
        problems.add(name, 1, message, "Separate them by commas, with a point in numbers")
        return []
    wanted, fine = [], True
    for column in required:
        found = [c for c in header if c in _spellings(column)]
        wanted.append(found[0] if found else _spellings(column)[0])
        if len(found) > 1:
            problems.add(name, 1, f"{' and '.join(found)} say the same", "Keep one of them")
            fine = False
    allowed = [spelling for column in optional for spelling in _spellings(column)]
    for column in header:
        if column not in allowed and column not in wanted and fine:
            remedy = f"Remove it, or write one of {', '.join((*wanted, *allowed))}"
            problems.add(name, 1, f'unknown column "{column}"', remedy)
            fine = False
    if not fine:
        return []
    wanted += [column for column in header if column in allowed]
    table = read_table(name, text, tuple(dict.fromkeys(wanted)), problems)
    return rows_of(table, problems) if table else []


def read_text(folder: Path, name: str, problems: ProblemList) -> str | None:
    """The text of a file beside the scenario, or None after noting what is the matter."""
    path = folder / name
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add(name, None, "there is no such file", f"Put it into {folder}")
    except UnicodeDecodeError:
        problems.add(name, None, "the text is not UTF-8", "Save the file as UTF-8")
    except OSError as error:
        problems.add(name, None, f"can't be read: {error.strerror}", "Check the file")
    return None


def seconds(row: Row, column: str, *, required: bool = False) -> float:
    """A time of a row in seconds; 0 where the column or the field is empty."""
    for unit, factor in UNITS_OF_TIME.items():
        name = f"{column}_{unit}"
        if row.fields.get(name, "").strip():
            return row.number(name, 0.0, 1e12) * factor
    if required:
        names = [name for name in _spellings(f"{column}*") if name in row.fields]
        row.problem(f"{names[0]} is empty", f"Fill in {names[0]}")
    return 0.0


def read_matrix(
    folder: Path, name: str, ids: tuple[str, ...], factor: float, problems: ProblemList
) -> NDArray[np.float64]:
    """Travel times from each row's point to each column's, in the order of ``ids``, in seconds.

    The first line names the columns, the first field of every other line its point. An empty
    field means that there is no way.
    """
    matrix = np.full((len(ids), len(ids)), np.inf)
    text = read_text(folder, name, problems)
    if text is None:
        return matrix
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])[1:]
    index = {key: at for at, key in enumerate(ids)}
    for key in ids:
        if key not in header:
            problems.add(name, 1, f'the point "{key}" has no column', "Add it, or drop the point")
            return matrix
    columns = [index.get(key, -1) for key in header]
    for key in sorted({key for key in header if key in index and header.count(key) > 1}):
        problems.add(name, 1, f'the point "{key}" has two columns', "Keep one of them")
    seen = set()
    for fields in reader:
        line = reader.line_num
        if not fields:
            continue
        if len(fields) != len(header) + 1:
            message = f"{counted(len(fields), 'field')} instead of {len(header) + 1}"
            problems.add(name, line, message, "Write one time for each column")
            continue
        at = index.get(fields[0], -1)
        if at < 0:
            continue
        if fields[0] in seen:
            message = f'the point "{fields[0]}" has a row already'
            problems.add(name, line, message, "Keep one of them")
        seen.add(fields[0])
        for column, field in zip(columns, fields[1:], strict=True):
            if column < 0 or not field:
                continue
            value = as_number(field)
            if value is None or value < 0:
                message = f'"{field}" is not a travel time'
                problems.add(name, line, message, "Write a number from 0 on, or nothing")
                break
            matrix[at, column] = value * factor
    for key in ids:
        if key not in seen:
            problems.add(name, None, f'the point "{key}" has no row', "Add it, or drop the point")
    return matrix


def _spellings(column: str) -> tuple[str, ...]:
    if not column.endswith("*"):
        return (column,)
    return tuple(f"{column[:-1]}_{unit}" for unit in UNITS_OF_TIME)
