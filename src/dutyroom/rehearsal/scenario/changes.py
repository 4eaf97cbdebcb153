"""What a scenario changes about its base: units, calls, streets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from dutyroom.core.text import Text
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.change_words import in_words
from dutyroom.rehearsal.scenario.hours import shifts_of
from dutyroom.rehearsal.scenario.model import (
    WEEK_S,
    CallKind,
    Scenario,
    ScenarioUnit,
    Shift,
    station_points,
)
from dutyroom.rehearsal.scenario.read_rules import KEYS as RULES

WEEK_H: Final = 168
_KEYS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "add_unit": (("id", "at"), ("like", "capabilities", "shift", "agency")),
    "remove_unit": (("id",), ()),
    "move_unit": (("id", "to"), ()),
    "set_shift": (("id", "shift"), ()),
    "set_hours": (("id", "hours"), ()),
    "set_rules": (("rules",), ()),
    "scale_calls": (("by",), ("category",)),
    "close_street": (("street",), ()),
    "festival": (("zone", "like", "per_h", "from_h", "to_h"), ()),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes in the order they are made, from the base to the scenario; ``closed`` streets with
    where each is named."""

    entries: tuple[tuple[str, Entry], ...] = ()
    closed: dict[str, tuple[Entry, str]] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[Entry, ...]:
        """The rules that changes set, each over those before it."""
        return tuple(
            Entry(entry.file, (*entry.path, "rules"), (), RULES)
            for what, entry in self.entries
            if what == "set_rules"
        )

    def in_words(self, called: Mapping[str, Text]) -> tuple[Text, ...]:
        """Each change in a line, with what people call units and stations."""
        return tuple(
            in_words(
                what, {key: value for key, value in entry.value.items() if key != "do"}, called
            )
            for what, entry in self.entries
        )

    def to_calls(self, scenario: Scenario, problems: ProblemList, file: str) -> Scenario:
        """The scenario with the changes to its calls made."""
        for what, entry in self.entries:
            if what in ("scale_calls", "festival") and scenario.given is not None:
                entry.problem("do", "the calls are those of a file", "Change the file")
            elif what == "scale_calls":
                scenario = _scale(scenario, entry)
            elif what == "festival":
                scenario = _festival(scenario, entry)
        return scenario


def read_changes(top: Entry, before: Changes) -> Changes:
    """The changes of one file, after those of its base."""
    entries, closed = list(before.entries), dict(before.closed)
    for number, one in enumerate(top.items("changes")):
        path = (*top.path, "changes", number)
        what = one.get("do") if isinstance(one, dict) else None
        if what not in _KEYS:
            words = ", ".join(_KEYS)
            top.file.problem(path, f'unknown change "{what}"', f'Let "do" be one of {words}')
            continue
        required, optional = _KEYS[what]
        entry = Entry(top.file, path, ("do", *required), optional)
        entries.append((what, entry))
        if what == "close_street":
            closed[entry.string("street")] = (entry, "street")
    return Changes(tuple(entries), closed)


def apply_changes(
    scenario: Scenario,
    changes: Changes,
    index: dict[str, int],
    shifts: dict[str, tuple[Shift, ...]],
    problems: ProblemList,
    file: str,
) -> Scenario:
    """The scenario with the changes to its units made."""
    units = {unit.id: unit for unit in scenario.units}
    places = Places(scenario, index)
    makers: dict[str, Callable[..., None]] = {
        "add_unit": _add, "remove_unit": _remove, "move_unit": _move, "set_shift": _set_shift,
        "set_hours": _set_hours,
    }  # fmt: skip
    for what, entry in changes.entries:
        if what in makers:
            makers[what](units, entry, places, shifts)
    return replace(scenario, units=tuple(units.values()))


Units = dict[str, ScenarioUnit]


class Places:
    """Where changes can send units: points, and stations, those that units are of included.

    A point at which a station stands is that station: what a unit does from there is its.
    """

    def __init__(self, scenario: Scenario, index: dict[str, int]) -> None:
        self._units = scenario.units
        self.point = station_points(scenario.units) | index
        points = set(scenario.geography.ids)
        of_pack = {key: at for key, at in index.items() if key not in points}
        self._at = {at: key for key, at in reversed(of_pack.items())}
        self._stations = {unit.station for unit in scenario.units} | of_pack.keys()

    def station(self, name: str, agency: str) -> str:
        """The station of a unit of this agency that is sent there."""
        if name in self._stations or name not in self.point:
            return name
        at = self.point[name]
        here = [unit for unit in self._units if unit.base == at and unit.station]
        own = [unit.station for unit in here if unit.agency == agency]
        others = [unit.station for unit in here]
        return next(iter([*own, *others]), self._at.get(at, name))


def _add(units: Units, entry: Entry, places: Places, shifts: dict[str, Any]) -> None:
    key, like = entry.string("id"), entry.value.get("like")
    if key in units:
        entry.problem("id", f'the unit "{key}" is there already', "Give the new one its own id")
    if like is not None and like not in units:
        entry.problem("like", f'unknown unit "{like}"', "Use the id of a unit")
    model = units.get(like) if isinstance(like, str) else None
    capabilities = frozenset(map(str, entry.items("capabilities")))
    if not (capabilities or model):
        entry.problem("id", "what the unit can do is missing", 'Add "capabilities" or "like"')
    agency = str(entry.value.get("agency", model.agency if model else ""))
    units[key] = ScenarioUnit(
        key,
        _point(entry, "at", places),
        capabilities or (model.capabilities if model else frozenset()),
        agency,
        places.station(entry.string("at"), agency),
        _shift(entry, shifts) if entry.has("shift") else (model.shifts if model else ()),
    )


def _remove(units: Units, entry: Entry, places: Places, shifts: dict[str, Any]) -> None:
    if units.pop(entry.string("id"), None) is None:
        _unknown(entry)


def _move(units: Units, entry: Entry, places: Places, shifts: dict[str, Any]) -> None:
    key = entry.string("id")
    if key not in units:
        _unknown(entry)
        return
    base, unit = _point(entry, "to", places), units[key]
    station = places.station(entry.string("to"), unit.agency)
    units[key] = replace(unit, base=base, station=station)


def _set_shift(units: Units, entry: Entry, places: Places, shifts: dict[str, Any]) -> None:
    key = entry.string("id")
    if key not in units:
        _unknown(entry)
        return
    units[key] = replace(units[key], shifts=_shift(entry, shifts))


def _set_hours(units: Units, entry: Entry, places: Places, shifts: dict[str, Any]) -> None:
    key = entry.string("id")
    if key not in units:
        _unknown(entry)
        return
    found = [shift for said in entry.items("hours") for shift in shifts_of(entry, said)]
    ordered = sorted(found, key=lambda shift: shift.start_s)
    around = [*ordered, *(replace(s, start_s=s.start_s + WEEK_S) for s in ordered[:1])]
    if any(after.start_s < one.end_s for one, after in pairwise(around)):
        entry.problem("hours", f'the hours of "{key}" overlap', "Write each hour of the week once")
    units[key] = replace(units[key], shifts=tuple(ordered))


def _unknown(entry: Entry) -> None:
    entry.problem("id", f'unknown unit "{entry.value.get("id")}"', "Use the id of a unit")


def _point(entry: Entry, key: str, places: Places) -> int:
    name = entry.string(key)
    if name not in places.point:
        entry.problem(key, f'unknown point "{name}"', "Use the id of a point or a station")
    return places.point.get(name, 0)


def _shift(entry: Entry, shifts: dict[str, tuple[Shift, ...]]) -> tuple[Shift, ...]:
    name = entry.string("shift")
    if name not in shifts:
        entry.problem("shift", f'unknown shift "{name}"', "Use one of the shifts")
    return shifts.get(name, ())


def _scale(scenario: Scenario, entry: Entry) -> Scenario:
    by = entry.number("by", 0.0, 100.0, 1.0)
    only = entry.value.get("category")
    if only is not None and only not in {kind.category for kind in scenario.kinds}:
        entry.problem("category", f'unknown category "{only}"', "Use one of the scenario's")
    kinds = tuple(
        replace(kind, per_h=kind.per_h * by) if only in (None, kind.category) else kind
        for kind in scenario.kinds
    )
    return replace(scenario, kinds=kinds)


def _festival(scenario: Scenario, entry: Entry) -> Scenario:
    """More calls of a kind from one zone between two hours of the scenario."""
    zone, like = entry.string("zone"), entry.string("like")
    model = next((kind for kind in scenario.kinds if kind.category == like), None)
    if model is None:
        entry.problem("like", f'unknown category "{like}"', "Use one of the scenario's")
        return scenario
    weight = tuple(float(z == zone) for z in scenario.geography.zone)
    if not any(weight):
        entry.problem("zone", f'no point lies in the zone "{zone}"', "Use the id of a zone")
    start, end = entry.number("from_h", 0, 1e6), entry.number("to_h", 0, 1e6)
    if end <= start or end - start > WEEK_H:
        entry.problem("to_h", "it must end after it begins, within a week", "Change to_h")
        return scenario
    hours = np.zeros(WEEK_H)
    hours[(np.arange(int(start), int(np.ceil(end))) + scenario.first_hour) % WEEK_H] = 1.0
    per_h = entry.number("per_h", 0.0, 1e5) * float(hours.mean())
    added = replace(
        model, category=f"{like}", per_h=per_h, point_weight=weight, by_hour=tuple(hours.tolist())
    )
    return replace(scenario, kinds=(*scenario.kinds, added))


__all__ = ["CallKind", "Changes", "apply_changes", "read_changes"]
