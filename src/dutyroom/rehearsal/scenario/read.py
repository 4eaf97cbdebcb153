"""Reads a scenario: a small JSON file that names a base and what is different."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from dutyroom.citypack import CityPack, read_pack
from dutyroom.reading.csv_file import Row
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile, read_json
from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.changes import Changes, apply_changes, read_changes
from dutyroom.rehearsal.scenario.checks import note_impossible
from dutyroom.rehearsal.scenario.districts import LEAD_S, districts_of, read_districts
from dutyroom.rehearsal.scenario.from_pack import (
    call_signs,
    pack_geography,
    pack_kinds,
    pack_names,
    pack_targets,
    pack_units,
)
from dutyroom.rehearsal.scenario.lines import Layer, Lines, having
from dutyroom.rehearsal.scenario.model import (
    HOUR_S,
    CallKind,
    Compliance,
    Geography,
    GivenCalls,
    Scenario,
)
from dutyroom.rehearsal.scenario.read_calls import read_kinds
from dutyroom.rehearsal.scenario.read_parts import (
    DAYS,
    MOST_CAPABILITIES,
    point_of,
    read_calls,
    read_points,
    read_shifts,
    read_travel,
    read_units,
    unique,
)
from dutyroom.rehearsal.scenario.read_rules import KEYS as RULES
from dutyroom.rehearsal.scenario.read_rules import read_rules
from dutyroom.rehearsal.scenario.sources import MOST_BASES, fingerprint
from dutyroom.rehearsal.scenario.tables import read_rows
from dutyroom.rehearsal.simulation.rules import Rules

KEYS: Final = (
    "base", "note", "points", "travel", "facilities", "posts", "units", "shifts", "districts",
    "calls", "rules",
    "hours", "warm_up_h", "start", "seed", "replications", "targets_s", "changes",
)  # fmt: skip
WEEK_HOURS: Final = 168.0


def read_scenario(path: Path) -> Scenario:
    """The scenario of a file, or of a city pack's folder (the pack as it is).

    PackRefused with every problem: file, line, remedy.
    """
    problems = ProblemList()
    layers, pack = _layers(path, problems)
    problems.raise_if_any()
    scenario = _Reading(layers, pack, problems, path).scenario()
    problems.raise_if_any()
    assert scenario is not None
    return scenario


def scenario_of_pack(pack: CityPack) -> Scenario:
    """The scenario of a pack as it is, with plausible calls. PackRefused if it can't be."""
    problems = ProblemList()
    scenario = _Reading([], pack, problems, pack.folder).scenario()
    problems.raise_if_any()
    assert scenario is not None
    return scenario


def _layers(path: Path, problems: ProblemList) -> tuple[list[Layer], CityPack | None]:
    """The files from the base to the scenario, and the pack at the bottom if there is one."""
    layers: list[Layer] = []
    at = path
    while True:
        if at.is_dir():
            return layers, _pack(at, fingerprint(at))
        if len(layers) >= MOST_BASES:
            layers[-1].top.problem("base", "the bases go round in a circle", "Name another base")
            return layers, None
        file = read_json(at, problems, "Name a scenario or a pack")
        if file.value is None:
            return layers, None
        top = Entry(file, (), ("name",), KEYS)
        layers.insert(0, Layer(at.parent, top))
        if not top.has("base"):
            return layers, None
        at = at.parent / top.string("base")
        if not at.exists():
            top.problem("base", f'there is no "{at}"', "Name a scenario file or a pack's folder")
            return layers, None


@lru_cache(maxsize=2)
def _pack(folder: Path, _fingerprint: str) -> CityPack:
    """Thousands of scenarios may have one pack in common: it is read again only once changed."""
    return read_pack(folder)


class _Reading:
    """One scenario being read: for each key, the last layer that has it counts."""

    def __init__(
        self, layers: list[Layer], pack: CityPack | None, problems: ProblemList, path: Path
    ) -> None:
        self.layers, self.pack, self.problems = layers, pack, problems
        self.name = layers[-1].top.string("name") if layers else path.name
        self.file = layers[-1].top.file.name if layers else path.name

    def scenario(self) -> Scenario | None:
        changes = Changes()
        for layer in self.layers:
            if layer.top.has("changes"):
                changes = read_changes(layer.top, changes)
        found = self._geography(changes)
        if found is None or self.problems:
            return None
        geography, station_point = found
        index = {**{key: at for at, key in enumerate(geography.ids)}, **station_point}
        facilities = self._facilities(index)
        shifts_layer = self._having("shifts")
        shifts = (
            read_shifts(shifts_layer.folder, shifts_layer.top.string("shifts"), self.problems)
            if shifts_layer
            else {}
        )
        units_layer = self._having("units")
        if units_layer:
            name = units_layer.top.string("units")
            units = read_units(units_layer.folder, name, index, shifts, self.problems)
        else:
            known = self.pack if station_point else None
            units = pack_units(known, station_point) if known else ()
            if not known:  # also where points of its own have replaced the pack's stations
                self._missing("units", "Name a file of units")
        rules_layer = self._having("rules")
        said = Entry(rules_layer.top.file, ("rules",), (), RULES) if rules_layer else None
        district_rows = self._districts(geography)
        lead_s = LEAD_S if district_rows else 0.0
        rules, tables, cover_s = self._rules(said, changes, index, geography, lead_s)
        if rules.own_district_s and not district_rows:
            self._missing("districts", "Name a file of districts, or leave out own_district_s")
        hours = self._number("hours", 0.01, 1e6, WEEK_HOURS)
        first_hour = self._first_hour()
        scenario = Scenario(
            name=self.name,
            geography=geography,
            units=units,
            capabilities=(),
            facilities=facilities or (),
            posts=self._posts(index),
            rules=rules,
            kinds=(),
            given=None,
            hours=hours,
            warm_up_h=self._number("warm_up_h", 0.0, 1e6, 0.0),
            first_hour=first_hour,
            seed=int(self._number("seed", 0, 2**53, 1)),
            replications=int(self._number("replications", 1, 100_000, 10)),
            targets_s=self._targets(),
            compliance=tables,
            cover_s=cover_s,
        )
        scenario = apply_changes(scenario, changes, index, shifts, self.problems, self.file)
        scenario = replace(scenario, districts=districts_of(district_rows, scenario.units))
        lines = Lines(self.layers, self.pack, self.file, changes)
        capabilities = tuple(sorted({c for unit in scenario.units for c in unit.capabilities}))
        if len(capabilities) > MOST_CAPABILITIES:
            self.problems.add(
                *lines.key("units"),
                f"there are {len(capabilities)} capabilities",
                f"Use at most {MOST_CAPABILITIES}",
            )
        names = pack_names(self.pack) if self.pack else {}
        signs = call_signs(self.pack) if self.pack else {}
        told = changes.in_words({**names.get("station", {}), **signs})
        scenario = replace(scenario, names=names, changes=told)
        given, kinds = self._calls(geography, index, capabilities, facilities)
        scenario = replace(scenario, capabilities=capabilities, given=given, kinds=kinds)
        if given is not None and len(given.at_s) and not self._having("hours"):
            scenario = replace(scenario, hours=max(float(given.at_s[-1]) / HOUR_S, 0.01))
        scenario = changes.to_calls(scenario, self.problems, self.file)
        if not self.problems:
            note_impossible(scenario, self.problems, lines)
        return scenario

    def _rules(
        self,
        said: Entry | None,
        changes: Changes,
        index: dict[str, int],
        geography: Geography,
        lead_s: float,
    ) -> tuple[Rules, tuple[Compliance, ...], float]:
        """The rules of the base, and over them, one by one, those that changes set."""
        on_roads = geography.next_point is not None
        found = read_rules(said, index, on_roads, lead_s)
        whole = dict(said.value) if said else {}
        for entry in changes.rules:
            whole |= entry.value
            # Read as if all of it stood in the line of the change: a problem is said there.
            line = entry.file.line_of(entry.path) or 1
            text = "\n" * (line - 1) + json.dumps({"rules": whole})
            file = JsonFile(entry.file.name, text, self.problems)
            found = read_rules(Entry(file, ("rules",), (), RULES), index, on_roads, lead_s)
        return found

    def _having(self, key: str) -> Layer | None:
        return having(self.layers, key)

    def _missing(self, key: str, remedy: str) -> None:
        line = 1 if self.layers else None  # a pack's folder has no lines
        self.problems.add(self.file, line, f'"{key}" is missing', f"{remedy}, or name a base")

    def _number(self, key: str, low: float, high: float, otherwise: float) -> float:
        layer = self._having(key)
        return layer.top.number(key, low, high, otherwise) if layer else otherwise

    def _geography(self, changes: Changes) -> tuple[Geography, Mapping[str, int]] | None:
        points_layer, travel_layer = self._having("points"), self._having("travel")
        if points_layer:
            name = points_layer.top.string("points")
            points = read_points(points_layer.folder, name, self.problems)
            if points is None:
                return None
            if travel_layer is None:
                self._missing("travel", "Say how units travel")
                return None
            return read_travel(travel_layer.folder, travel_layer.top, points), {}
        if self.pack is None:
            self._missing("points", "Name a file of points")
            return None
        if travel_layer is not None:
            travel_layer.top.problem(
                "travel", "the ways of a pack are its own", "Give points too, or remove it"
            )
        known = {street.id for street in self.pack.streets}
        for street, (layer_top, key) in changes.closed.items():
            if street not in known:
                layer_top.problem(
                    key, f'unknown street "{street}"', "Use the id of one of the pack's streets"
                )
        closed = frozenset(changes.closed) & known
        return pack_geography(self.pack, closed)

    def _facilities(self, index: dict[str, int]) -> tuple[tuple[str, int], ...] | None:
        """The facilities in order; None if their file can't be read."""
        layer = self._having("facilities")
        if layer is None:
            return ()
        before = len(self.problems)
        name = layer.top.string("facilities")
        rows = read_rows(layer.folder, name, ("id", "point"), (), self.problems)
        ids = unique([(row, row.code("id")) for row in rows])
        points = [point_of(row, "point", index) for row in rows]
        return None if len(self.problems) > before else tuple(zip(ids, points, strict=True))

    def _districts(self, geography: Geography) -> dict[str, Row]:
        layer = self._having("districts")
        if layer is None:
            return {}
        name = layer.top.string("districts")
        return read_districts(layer.folder, name, geography.zone, self.problems)

    def _posts(self, index: dict[str, int]) -> tuple[int, ...]:
        layer = self._having("posts")
        if layer is None:
            return ()
        found = []
        for post in layer.top.items("posts"):
            if str(post) not in index:
                layer.top.problem("posts", f'unknown point "{post}"', "Use the id of a point")
            found.append(index.get(str(post), 0))
        return tuple(found)

    def _targets(self) -> dict[int, float]:
        layer = self._having("targets_s")
        if layer is None:
            return pack_targets(self.pack) if self.pack else {}
        targets = Entry(layer.top.file, ("targets_s",), (), map(str, range(1, 10)))
        return {int(key): targets.number(key, 1.0, 1e6) for key in targets.value}

    def _first_hour(self) -> int:
        layer = self._having("start")
        if layer is None:
            return 0
        words = layer.top.string("start").lower().split()
        if len(words) == 2 and words[0] in DAYS and words[1].endswith(":00"):
            hour = words[1][:-3]
            if hour.isdigit() and int(hour) < 24:
                return DAYS.index(words[0]) * 24 + int(hour)
        layer.top.problem("start", "not the hour of a week", 'Write it like "Fri 18:00"')
        return 0

    def _calls(
        self,
        geography: Geography,
        index: dict[str, int],
        capabilities: tuple[str, ...],
        facilities: tuple[tuple[str, int], ...] | None,
    ) -> tuple[GivenCalls | None, tuple[CallKind, ...]]:
        layer = self._having("calls")
        if layer is None or (self.pack and isinstance(layer.top.value["calls"], int | float)):
            if self.pack is None:
                self._missing("calls", "Name a file of calls, or say how many come")
                return None, ()
            per_h: Any = layer.top.number("calls", 0.0, 1e6) if layer else None
            return None, pack_kinds(self.pack, geography, per_h)
        if isinstance(layer.top.value["calls"], str):
            name = layer.top.string("calls")
            given = read_calls(layer.folder, name, index, capabilities, facilities, self.problems)
            if not len(given.at_s) and not self.problems:
                self.problems.add(name, 1, "there is no call", "Add at least one row")
            return given, ()
        return None, read_kinds(
            layer.top, layer.folder, geography, index, capabilities, facilities != (), self.pack
        )
