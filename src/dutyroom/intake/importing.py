"""Importing a file of recorded calls into a dataset. Every row ends in exactly one place."""

import csv
import gzip
import json
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Final

from dutyroom.intake.contract import Contract
from dutyroom.intake.judging import CleanRow, Rejected, content_hash, judge
from dutyroom.intake.report import Report, write_report

ROWS: Final = "rows.jsonl"
QUARANTINED: Final = "quarantine.jsonl"
LARGEST_CELL: Final = 1_000_000
PROGRESS_EVERY: Final = 1_000

type Progress = Callable[[int], None]


class FileRefused(Exception):
    """The file as a whole can't be read by this contract; says what to do. Nothing was changed."""


def import_calls(
    file: Path,
    contract: Contract,
    datasets: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read a CSV file (plain or gzip) into ``datasets/<name>``, and report on it.

    Rows that are there already add nothing; changed ones replace what was there and are counted.
    Raises `FileRefused`: then the dataset is as it was.
    """
    folder = datasets / (name or contract.name)
    kept = {row.row_id: row for row in read_rows(folder)}
    aside = {(one.row_id, one.content): one for one in read_quarantine(folder)}
    report = Report(name=folder.name, contract=contract.name, file=file.name)
    seen: dict[str, CleanRow] = {}
    for outcome in _outcomes(file, contract, report, progress):
        if isinstance(outcome, CleanRow) and outcome.row_id in seen:
            outcome = Rejected(outcome.row_id, outcome.content, "repeated_row")
        if isinstance(outcome, Rejected):
            report.quarantine[outcome.why] += 1
            aside[outcome.row_id, outcome.content] = outcome
        else:
            seen[outcome.row_id] = outcome
    seen = _mark_overlaps(seen)
    _count(report, seen, kept)
    _write(folder, contract, kept | seen, aside, report)
    return report


def _outcomes(
    file: Path, contract: Contract, report: Report, progress: Progress | None
) -> Iterator[CleanRow | Rejected]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        with _open(file) as lines:
            reader = csv.reader(lines)
            header = next(reader, None)
            places = _columns(header, contract, file)
            unmapped = [
                (index, column)
                for index, column in enumerate(header or ())
                if column not in contract.columns
            ]
            report.unmapped = Counter({column: 0 for _, column in unmapped})
            for number, cells in enumerate(reader, start=1):
                report.rows += 1
                if progress is not None and number % PROGRESS_EVERY == 0:
                    progress(number)
                if len(cells) != len(header or ()):
                    yield Rejected("", content_hash(cells), "wrong_number_of_cells")
                    continue
                report.unmapped.update(column for index, column in unmapped if cells[index].strip())
                values = {field: cells[index] for field, index in places.items()}
                yield judge(contract, values, content_hash(cells))
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(
            f"{file} breaks off or is damaged after {report.rows} rows ({error}). "
            "Nothing was imported: fetch the file again"
        ) from error
    except csv.Error as error:
        raise FileRefused(
            f"{file}, after {report.rows} rows: {error}. Nothing was imported: is this a CSV file?"
        ) from error


def _open(file: Path) -> IO[str]:
    """Text, whatever the bytes: what is not UTF-8 becomes U+FFFD, and its row is quarantined."""
    if not file.is_file():
        raise FileRefused(f"there is no file {file}")
    with file.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    opener = gzip.open if packed else open
    return opener(file, "rt", encoding="utf-8-sig", errors="replace", newline="")


def _columns(header: list[str] | None, contract: Contract, file: Path) -> dict[str, int]:
    if not header:
        raise FileRefused(f"{file} is empty")
    missing = [column for column in contract.columns if column not in header]
    if missing:
        raise FileRefused(
            f"{file}:1: the columns {', '.join(missing)} of the contract {contract.name} are "
            "missing. Is it another kind of file? Nothing was imported"
        )
    return {field: header.index(column) for column, field in contract.columns.items()}


def _mark_overlaps(rows: dict[str, CleanRow]) -> dict[str, CleanRow]:
    """Rows that send a unit while an earlier row still has it: the earlier one ends there."""
    last: dict[str, CleanRow] = {}
    for row in sorted(rows.values(), key=lambda one: (one.times["dispatched_at"], one.row_id)):
        before = last.get(row.unit_id)
        started, ended = row.times["dispatched_at"], before.times["cleared_at"] if before else None
        if started is not None and ended is not None and started < ended:
            repairs = tuple(dict.fromkeys((*row.repairs, "dispatched_while_committed")))
            rows[row.row_id] = replace(row, repairs=repairs)
        last[row.unit_id] = row
    return rows


def _count(report: Report, seen: dict[str, CleanRow], kept: dict[str, CleanRow]) -> None:
    for row in seen.values():
        report.repairs.update(row.repairs)
        if row.repairs:
            report.repaired += 1
        else:
            report.accepted += 1
        before = kept.get(row.row_id)
        if before is None:
            report.new += 1
        elif before.content == row.content:
            report.already_there += 1
        else:
            report.changed += 1
    report.describe(list(seen.values()))


def _write(
    folder: Path,
    contract: Contract,
    rows: dict[str, CleanRow],
    aside: dict[tuple[str, str], Rejected],
    report: Report,
) -> None:
    """Written beside the old dataset and then put in its place: a crash leaves the old one."""
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    if folder.is_dir():
        shutil.copytree(folder, half)
    half.mkdir(parents=True, exist_ok=True)
    ordered = sorted(rows.values(), key=lambda r: (r.times["received_at"], r.call_id, r.row_id))
    _write_lines(half / ROWS, (asdict(row) for row in ordered))
    _write_lines(half / QUARANTINED, (asdict(one) for _, one in sorted(aside.items())))
    (half / "contract").write_text(contract.name + "\n", encoding="utf-8")
    write_report(half, report)
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.is_dir():
        folder.rename(old)
    half.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_lines(file: Path, objects: Iterator[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for one in objects:
            out.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")


def read_rows(folder: Path) -> list[CleanRow]:
    """A dataset's rows, by time of receipt; none for a dataset that isn't there yet."""
    file = folder / ROWS
    if not file.is_file():
        return []
    found = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            found.append(CleanRow(**data | {"repairs": tuple(data["repairs"])}))
    return found


def read_quarantine(folder: Path) -> list[Rejected]:
    """A dataset's rows that were set aside."""
    file = folder / QUARANTINED
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as lines:
        return [Rejected(**json.loads(line)) for line in lines]
