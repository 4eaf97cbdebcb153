"""Many scenarios from one small file: every combination of what is varied."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, Final

from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import read_json
from dutyroom.reading.problems import ProblemList

MOST: Final = 100_000
"""Scenarios of one file; more are a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to have it: what it is called and the changes that make it."""

    name: str
    changes: tuple[dict[str, Any], ...]


def write_variations(path: Path, folder: Path) -> list[Path]:
    """A scenario file in ``folder`` for each combination. PackRefused with file, line, remedy."""
    base, axes = _read(path)
    folder.mkdir(parents=True, exist_ok=True)
    above = os.path.relpath(base, folder.resolve())
    digits = len(str(prod(map(len, axes))))
    written = []
    for number, chosen in enumerate(product(*axes), 1):
        file = folder / f"{number:0{digits}}.json"
        scenario = {
            "name": ", ".join(choice.name for choice in chosen),
            "base": above,
            "changes": [change for choice in chosen for change in choice.changes],
        }
        file.write_text(json.dumps(scenario, ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(file)
    return written


def _read(path: Path) -> tuple[Path, list[tuple[Choice, ...]]]:
    problems = ProblemList()
    file = read_json(path, problems, "Name a file of variations")
    axes: list[tuple[Choice, ...]] = []
    base = path.parent
    if file.value is not None:
        top = Entry(file, (), ("base", "vary"), ("note",))
        base = (path.parent / top.string("base")).resolve()
        if not base.exists():
            top.problem("base", f'there is no "{base}"', "Name a scenario file or a pack's folder")
        for number, _ in enumerate(top.items("vary")):
            entry = Entry(file, ("vary", number), (), ("change", "key", "values", "choices"))
            axes.append(tuple(_choices(entry)))
        count = prod(map(len, axes)) if axes else 0
        if not 0 < count <= MOST and not problems:
            remedy = f"Vary something, in at most {MOST:,} combinations"
            top.problem("vary", f"these are {count:,} combinations", remedy)
    problems.raise_if_any()
    return base, axes


def _choices(entry: Entry) -> Iterator[Choice]:
    """Either ``choices``: a list of {name, changes}; or one ``change`` whose ``key`` takes each of
    the ``values``."""
    if entry.has("choices"):
        for number, _ in enumerate(entry.items("choices")):
            each = Entry(entry.file, (*entry.path, "choices", number), ("name", "changes"))
            yield Choice(each.string("name"), tuple(each.items("changes")))
        return
    change = entry.value.get("change")
    if not (isinstance(change, dict) and entry.has("key") and entry.has("values")):
        entry.file.problem(
            entry.path, "it isn't said what is varied",
            'Write "choices", or "change" with "key" and "values"',
        )  # fmt: skip
        return
    key = entry.string("key")
    for value in entry.items("values"):
        yield Choice(f"{key} {value}", ({**change, key: value},))
