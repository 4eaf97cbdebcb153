"""Importing a file of recorded calls into a dataset. Every row ends in exactly one place."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from dutyroom.core.text import Language
from dutyroom.importing.contract import Contract
from dutyroom.importing.contract_checks import is_name
from dutyroom.importing.dataset import Dataset, Met, aside_id, read_dataset, write_dataset
from dutyroom.importing.judging import CALL_FIELDS, CleanRow, Rejected, judge
from dutyroom.importing.records import FileRefused, Record, RecordFile, mark_of
from dutyroom.importing.report import UNKNOWN_CODE, Report
from dutyroom.importing.report_page import write_report
from dutyroom.importing.row_times import is_free, settled_with
from dutyroom.machine.files import alone

PROGRESS_EVERY: Final = 1_000

type Progress = Callable[[int], None]


def import_calls(
    file: Path,
    contract: Contract,
    datasets: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    language: Language = "en",
) -> Report:
    """Read a CSV file (plain or gzip) into ``datasets/<name>``, and report on it: the page there
    is in ``language``.

    Rows that were met before add nothing. A row that says something new about a response that is
    there already replaces it and is counted as changed. Raises `FileRefused`, `DatasetDamaged`:
    then the dataset is as it was.
    """
    folder = datasets / (name or contract.name)
    if not is_name(folder.name) or folder.parent != datasets:
        raise FileRefused(
            f"{folder.name!r} can't be the name of a dataset: use small letters, digits and "
            "hyphens, and not `demo`"
        )
    with alone(folder):
        dataset = read_dataset(folder)
        if dataset.contract and dataset.contract != contract.text:
            raise FileRefused(
                f"the dataset {folder.name} was read by another contract: give --name for a new one"
            )
        report = Report(name=folder.name, contract=contract.name, file=file.name)
        for name, known in contract.codes.items():
            report.meanings[name] = {value: one.text for value, one in known.items()}
        _Import(contract, dataset, report).read(file, progress)
        names = {one.code: one.text for one in contract.categories.values()}
        report.describe(list(dataset.rows.values()), len(dataset.aside), names)
        if report.new or report.changed or not folder.is_dir():
            write_dataset(
                folder, dataset, contract, lambda half: write_report(half, report, language)
            )
    return report


class _Import:
    """One file's way into a dataset."""

    def __init__(self, contract: Contract, dataset: Dataset, report: Report) -> None:
        self._contract = contract
        self._dataset = dataset
        self._report = report
        self._ids: set[str] = set()
        self._marks: dict[str, int] = {}
        self._facts_of: dict[str, tuple[object, ...]] = {}
        self._by_call: dict[str, set[str]] = defaultdict(set)
        self._codes = contract.codes
        self._aside = {one.get("id", "") for one in dataset.aside}
        self._set_aside: list[dict[str, Any]] = []
        for row in dataset.rows.values():
            self._by_call[row.call_id].add(row.row_id)

    def read(self, file: Path, progress: Progress | None) -> None:
        """Take in all rows of a file. Raises `FileRefused`."""
        with RecordFile(file) as records:
            places, unmapped = _columns(records.header, self._contract, file)
            self._report.unmapped.update(dict.fromkeys(unmapped.values(), 0))
            self._report.empty.update(dict.fromkeys(self._contract.columns, 0))
            for record in records:
                self._report.rows += 1
                if progress is not None and record.number % PROGRESS_EVERY == 0:
                    progress(record.number)
                self._take(record, places, unmapped)
        self._dataset.aside += self._set_aside

    def _take(self, record: Record, places: dict[str, int], unmapped: dict[int, str]) -> None:
        values: dict[str, str] = {}
        mark = record.mark
        if (cells := record.cells) is not None:
            columns = {field: cells[index] for field, index in places.items()}
            values = self._contract.fields_of(columns)
            mark = mark_of(json.dumps(values, ensure_ascii=True, sort_keys=True).encode())
            for index, column in unmapped.items():
                self._report.unmapped[column] += bool(cells[index].strip())
            for column, field in self._contract.columns.items():
                self._report.empty[column] += not values[field].strip()
            self._count_codes(values)
        times = self._marks[mark] = self._marks.get(mark, 0) + 1
        mark = mark if times == 1 else f"{mark}.{times}"
        met = self._dataset.met.get(mark)
        if met is not None:
            self._report.already_there += 1
            self._remember(values.get("row_id", "").strip())
        else:
            met = self._dataset.met[mark] = self._judge(record, values)
        self._report.count(met.outcome, met.why)

    def _count_codes(self, values: dict[str, str]) -> None:
        """How often each code occurs. What the contract doesn't know may say anything: not kept."""
        for field, known in self._codes.items():
            if field in values:
                value = values[field].strip()
                self._report.codes[field][value if value in known else UNKNOWN_CODE] += 1

    def _remember(self, row_id: str) -> None:
        """A row of this file that is there already: later ones must agree with it."""
        self._ids.add(row_id)
        if row_id in self._dataset.rows:
            row = self._dataset.rows[row_id]
            self._facts_of.setdefault(row.call_id, row.call_facts)

    def _judge(self, record: Record, values: dict[str, str]) -> Met:
        """What becomes of a row that was never met before."""
        outcome: CleanRow | Rejected = (
            Rejected(record.problem) if record.cells is None else judge(self._contract, values)
        )
        if isinstance(outcome, CleanRow):
            outcome = self._fit_in(outcome)
        if isinstance(outcome, Rejected):
            self._report.new += 1
            self._set_aside.append(
                {
                    "file": self._report.file,
                    "row": record.number,
                    "line": record.line,
                    "why": outcome.why,
                    "field": outcome.what,
                    "id": aside_id(values.get("row_id", "")),
                }
            )
            return Met("quarantined", (outcome.why,))
        before = self._dataset.rows.get(outcome.row_id)
        if before is None:
            self._report.new += 1
        else:
            self._report.changed += 1
            if before.call_id != outcome.call_id:
                # What is said of its old call from now on isn't said of it.
                self._by_call[before.call_id].discard(outcome.row_id)
        self._ids.add(outcome.row_id)
        self._dataset.rows[outcome.row_id] = outcome
        self._leave_quarantine(aside_id(outcome.row_id))
        return Met("repaired" if outcome.repairs else "accepted", outcome.repairs)

    def _leave_quarantine(self, id_: str) -> None:
        """A row is accepted: what earlier imports set aside under its id is put right."""
        if id_ in self._aside:
            self._aside.remove(id_)
            aside = self._dataset.aside
            aside[:] = [one for one in aside if one.get("id") != id_]

    def _fit_in(self, row: CleanRow) -> CleanRow | Rejected:
        """Whether the row agrees with those that were read before it."""
        if row.row_id in self._ids:
            return Rejected("repeated_row", "row_id")
        known = self._facts_of.get(row.call_id)
        if known is not None and known != row.call_facts:
            settled = self._settle_hour(row)
            if settled is None:
                return Rejected("contradicts_its_call")
            row = settled
        if known is None:
            self._facts_of[row.call_id] = row.call_facts
            self._update_call(row)
        self._by_call[row.call_id].add(row.row_id)
        return row

    def _settle_hour(self, row: CleanRow) -> CleanRow | None:
        """The row, once it and its call's other rows are read in the same passing of the hour that
        comes twice; None if they contradict each other anyhow. A row all of whose times are in
        that hour follows one that has others."""
        zone = self._contract.zone
        known = [self._dataset.rows[id_] for id_ in sorted(self._by_call[row.call_id])]
        received_ms = known[0].at("received_at")
        mine = _received_at(zone, row, received_ms)
        if mine is not None and mine.call_facts != known[0].call_facts:
            mine = None
        theirs = [_received_at(zone, one, row.at("received_at")) for one in known]
        follow = [one for one in theirs if one is not None and one.call_facts == row.call_facts]
        they_can = len(follow) == len(known)
        they_are_free = all(is_free(zone, one.times) for one in known)
        if they_can and they_are_free and not is_free(zone, row.times):
            mine = None
        if mine is not None or not they_can:
            return mine
        self._dataset.rows.update((one.row_id, one) for one in follow)
        self._facts_of[row.call_id] = row.call_facts
        return row

    def _update_call(self, row: CleanRow) -> None:
        """A newer file may know more of a call: its earlier rows follow."""
        rows = self._dataset.rows
        new = {name: getattr(row, name) for name in CALL_FIELDS}
        times = {name: row.times[name] for name in ("received_at", "entered_at")}
        for id_ in self._by_call[row.call_id]:
            if rows[id_].call_facts != row.call_facts:
                rows[id_] = replace(rows[id_], **new, times=rows[id_].times | times)


def _received_at(zone: ZoneInfo, row: CleanRow, received_ms: int) -> CleanRow | None:
    times = settled_with(zone, row.times, received_ms)
    return None if times is None else replace(row, times=times)


def _columns(
    header: list[str], contract: Contract, file: Path
) -> tuple[dict[str, int], dict[int, str]]:
    """Where each field of the contract is, and the columns that no field is mapped to."""
    missing = [column for column in contract.columns if column not in header]
    if missing:
        raise FileRefused(
            f"{file.name}:1: the columns {', '.join(missing)} of the contract {contract.name} are "
            "missing. Is it another kind of file? Nothing was imported"
        )
    twice = [column for column in contract.columns if header.count(column) > 1]
    if twice:
        raise FileRefused(f"{file.name}:1: the column {twice[0]} is there twice: keep one of them")
    places = {field: header.index(column) for column, field in contract.columns.items()}
    unmapped = {
        index: column for index, column in enumerate(header) if column not in contract.columns
    }
    return places, unmapped
