"""Where in its files a scenario says something, for what is wrong with it as a whole.

Files are looked through only once something is the matter.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from dutyroom.citypack import CityPack
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile
from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.changes import Changes
from dutyroom.rehearsal.scenario.model import CallKind
from dutyroom.rehearsal.scenario.tables import read_text

Where = tuple[str, int | None]
"""A file and a line of it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of the chain from a scenario down to its base."""

    folder: Path
    top: Entry


@dataclass(frozen=True, slots=True)
class Lines:
    """The files of one scenario: from the base up, with the pack at the bottom if there is one."""

    layers: list[Layer]
    pack: CityPack | None
    name: str
    changes: Changes

    def key(self, key: str) -> Where:
        """The entry of a key; the beginning of the scenario where no file has it."""
        layer = having(self.layers, key)
        if layer is not None:
            return layer.top.file.name, layer.top.file.line_of((key,))
        return self.name, 1 if self.layers else None

    def rule(self, key: str, *path: int) -> Where:
        """What sets a rule last, a change or a file."""
        for entry in reversed(self.changes.rules):
            if entry.has(key):
                return entry.file.name, entry.file.line_of((*entry.path, key, *path))
        layer = having(self.layers, "rules")
        if layer is None:
            return self.key("rules")
        return layer.top.file.name, layer.top.file.line_of(("rules", key, *path))

    def units(self) -> Where:
        """What took the last unit away, or the file that has none."""
        gone = [entry for what, entry in self.changes.entries if what == "remove_unit"]
        return _entry(gone[-1]) if gone else self.key("units")

    def unit(self, key: str) -> Where:
        """The last change of a unit, or its row."""
        said = [
            entry
            for what, entry in self.changes.entries
            if what in ("add_unit", "set_shift", "set_hours") and entry.value.get("id") == key
        ]
        if said:
            return _entry(said[-1])
        layer = having(self.layers, "units")
        if layer is not None:
            return _row(layer.folder, layer.top.string("units"), key)
        return _row(self.pack.folder, "units.csv", key) if self.pack else self.key("units")

    def point(self, key: str) -> Where:
        """The row of a point; of a pack, what closes its streets or the file of its ways."""
        layer = having(self.layers, "points")
        if layer is not None:
            return _row(layer.folder, layer.top.string("points"), key)
        closed = list(self.changes.closed.values())
        return _entry(*closed[-1]) if closed else ("travel.json", 1)

    def need(self, number: int, kind: CallKind, capability: str) -> Where:
        """What the kind of calls of this number needs. The plans of a pack can be met by its
        units, so there it is the change that took such a unit away."""
        layer = having(self.layers, "calls")
        said = layer.top.value["calls"] if layer else None
        if layer and isinstance(said, dict) and said.get("kinds"):
            needs = [need.capability for need in kind.needs]
            path = ("calls", "kinds", number, "needs", needs.index(capability), "capability")
            return layer.top.file.name, layer.top.file.line_of(path)
        if self.pack is None:
            return self.key("calls")
        for what, entry in reversed(self.changes.entries):
            could = {unit.id: unit.capabilities for unit in self.pack.units}
            if what == "remove_unit" and capability in could.get(entry.string("id"), ()):
                return _entry(entry)
        return self.key("units") if having(self.layers, "units") else self._plan(kind)

    def _plan(self, kind: CallKind) -> Where:
        assert self.pack is not None
        name = "plans.json"
        text = read_text(self.pack.folder, name, ProblemList())
        file = JsonFile(name, text or "", ProblemList())
        for number, plan in enumerate(file.value or ()):
            if plan["category"] == kind.category and plan.get("priority") in (None, kind.priority):
                return name, file.line_of((number,))
        return name, 1


def having(layers: list[Layer], key: str) -> Layer | None:
    """The file whose entry counts: the last that has the key."""
    return next((layer for layer in reversed(layers) if layer.top.has(key)), None)


def _entry(entry: Entry, key: str = "id") -> Where:
    return entry.file.name, entry.file.line_of((*entry.path, key))


def _row(folder: Path, name: str, key: str) -> Where:
    """The row with this id."""
    reader = csv.reader(io.StringIO(read_text(folder, name, ProblemList()) or "", newline=""))
    header = next(reader, [])
    column = header.index("id") if "id" in header else 0
    for fields in reader:
        if fields[column : column + 1] and fields[column].strip() == key:
            return name, reader.line_num
    return name, 1
