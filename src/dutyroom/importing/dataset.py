"""A dataset: a folder of plain files with the calls of one or more imported files.

``calls.jsonl`` one call per line with its unit responses · ``quarantine.jsonl`` rows set aside ·
``rows.idx`` which rows were met · ``contract.toml`` · ``report.json``, ``report.html`` ·
``SHA256SUMS`` over all of them · ``pack/`` the city pack made from it, if any.
"""

import hashlib
import json
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from dutyroom.importing.contract import Contract, parse_contract
from dutyroom.importing.fields import TIMES
from dutyroom.importing.judging import CALL_FIELDS, CleanRow
from dutyroom.importing.records import mark_of
from dutyroom.machine.files import recovered, whole_folder

CALLS: Final = "calls.jsonl"
QUARANTINE: Final = "quarantine.jsonl"
INDEX: Final = "rows.idx"
CONTRACT: Final = "contract.toml"
SUMS: Final = "SHA256SUMS"
_OF_CALL: Final = TIMES[:2]
_OF_UNIT: Final = TIMES[2:]


class DatasetDamaged(Exception):
    """A file of a dataset isn't what was written; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Met:
    """What became of a row that was met before: ``why`` are its repairs, or its one reason."""

    outcome: str
    why: tuple[str, ...] = ()


def aside_id(row_id: str) -> str:
    """What stands for a row's id in the quarantine, where no value of a row is kept; empty for a
    row that has none."""
    text = unicodedata.normalize("NFC", row_id.strip())
    return mark_of(text.encode("utf-8", errors="surrogatepass")) if text else ""


@dataclass(slots=True)
class Dataset:
    """What a dataset holds. ``rows`` by row id; ``aside`` are the lines of the quarantine."""

    rows: dict[str, CleanRow] = field(default_factory=dict)
    aside: list[dict[str, Any]] = field(default_factory=list)
    met: dict[str, Met] = field(default_factory=dict)
    contract: str = ""


def read_dataset(folder: Path) -> Dataset:
    """A dataset; empty if there is none yet. Raises `DatasetDamaged`."""
    recovered(folder)
    if not folder.is_dir():
        return Dataset()
    _check_sums(folder)
    met = {}
    for line in _lines(folder / INDEX):
        mark, outcome, why = line.split("\t")
        met[mark] = Met(outcome, tuple(why.split(",")) if why else ())
    return Dataset(
        {row.row_id: row for row in _read_calls(folder / CALLS)},
        [json.loads(line) for line in _lines(folder / QUARANTINE)],
        met,
        (folder / CONTRACT).read_text(encoding="utf-8"),
    )


def read_rows(folder: Path) -> list[CleanRow]:
    """A dataset's unit responses, by time of receipt. Raises `DatasetDamaged`."""
    return list(read_dataset(folder).rows.values())


def contract_of(folder: Path) -> Contract:
    """The contract that a dataset was read by."""
    return parse_contract((folder / CONTRACT).read_text(encoding="utf-8"), CONTRACT)


def write_dataset(
    folder: Path, dataset: Dataset, contract: Contract, describe: Callable[[Path], None]
) -> None:
    """Write beside the old dataset and then take its place: a crash leaves one or the other.

    ``describe`` adds the report to the new folder.
    """
    with whole_folder(folder) as half:
        _write_lines(half / CALLS, (_json(one) for one in _calls(dataset.rows.values())))
        _write_lines(half / QUARANTINE, (_json(one) for one in dataset.aside))
        met = sorted(dataset.met.items())
        _write_lines(half / INDEX, (f"{m}\t{one.outcome}\t{','.join(one.why)}" for m, one in met))
        (half / CONTRACT).write_text(contract.text, encoding="utf-8")
        describe(half)
        sums = (f"{_sum(one)}  {one.name}" for one in sorted(half.iterdir()))
        _write_lines(half / SUMS, list(sums))
        if (folder / "pack").is_dir():
            shutil.copytree(folder / "pack", half / "pack")


def _calls(rows: Iterable[CleanRow]) -> Iterator[dict[str, Any]]:
    by_call: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        by_call[row.call_id].append(row)
    for own in sorted(by_call.values(), key=lambda one: (one[0].at("received_at"), one[0].call_id)):
        first = own[0]
        call: dict[str, Any] = {name: getattr(first, name) for name in CALL_FIELDS}
        call |= {name: first.times[name] for name in _OF_CALL}
        yield call | {"responses": [_response(row) for row in sorted(own, key=_by_dispatch)]}


def _by_dispatch(row: CleanRow) -> tuple[int, str]:
    return row.at("dispatched_at"), row.row_id


def _response(row: CleanRow) -> dict[str, Any]:
    own = asdict(row)
    times = own.pop("times")
    return {name: value for name, value in own.items() if name not in CALL_FIELDS} | {
        name: times[name] for name in _OF_UNIT
    }


def _read_calls(file: Path) -> Iterator[CleanRow]:
    for line in _lines(file):
        call = json.loads(line)
        responses = call.pop("responses")
        shared = {name: call.pop(name) for name in _OF_CALL}
        for one in responses:
            times = shared | {name: one.pop(name) for name in _OF_UNIT}
            repairs = tuple(one.pop("repairs"))
            yield CleanRow(**call, **one, times=times, repairs=repairs)


# --- files -----------------------------------------------------------------------------------


def _check_sums(folder: Path) -> None:
    try:
        pairs = (line.split("  ", 1) for line in _lines(folder / SUMS))
        listed = {name: sum_ for sum_, name in pairs}
        wrong = [name for name, sum_ in listed.items() if _sum(folder / name) != sum_]
    except (OSError, ValueError) as error:
        raise DatasetDamaged(
            f"{folder} is not a whole dataset ({error}): remove it and import again"
        ) from error
    if wrong or CALLS not in listed:
        raise DatasetDamaged(
            f"{folder / (wrong or [CALLS])[0]} was changed after it was written: "
            "remove the dataset and import again"
        )


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _json(one: dict[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"))


def _lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines:
            out.write(line + "\n")
