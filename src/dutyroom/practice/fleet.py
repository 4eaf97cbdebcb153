"""A practice's city: the pack under the scenario, with the scenario's units and closed streets.

Who stands at a point that is no station gets a station there, so that trainees and the engine
begin from the same places.
"""

import csv
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dutyroom.citypack import CityPack, read_pack
from dutyroom.citypack.model import PackUnit, Station
from dutyroom.citypack.write import write_table
from dutyroom.core.text import Text
from dutyroom.practice.left_out import left_out
from dutyroom.practice.plan import NoPractice, over_a_pack
from dutyroom.rehearsal.scenario.from_pack import point_of
from dutyroom.rehearsal.scenario.model import Scenario, ScenarioUnit

CLOSED_KMH: Final = 1.0
"""On a closed street: as slow as a pack may say. Its arcs stay, since addresses are found by
them, and what lies on it may have no other way."""


UNIT_COLUMNS: Final = ("id", "kind", "station", "capabilities", "crew", "name_en", "name_zh")


@dataclass(frozen=True, slots=True)
class City:
    """The pack's folder that a practice room adopts, and what of the scenario isn't in it."""

    folder: Path
    left_out: tuple[Text, ...]


def city_of(path: Path, scenario: Scenario, into: Path) -> City:
    """The city of the scenario in ``path``: its pack as it is, or one written ``into`` a folder.

    Raises `NoPractice`, or PackRefused.
    """
    layers, base = over_a_pack(path)
    pack = read_pack(base)
    places = _Places(pack, scenario, own=any("points" in layer for layer in layers))
    units = [_listed(unit, pack, places.station(unit)) for unit in scenario.units]
    words = pack.vocabulary
    unknown = {
        one
        for unit in scenario.units
        for one in unit.capabilities
        if not words.knows("capabilities", one)
    }
    closed = _closed(layers) if pack.roads is not None else set()
    said = left_out(layers, scenario, unknown)
    if not closed and not places.added and units == [_row(unit) for unit in pack.units]:
        return City(base, said)
    shutil.copytree(base, into, ignore=shutil.ignore_patterns(".*"))
    write_table(into / "units.csv", UNIT_COLUMNS, [_written(unit, pack) for unit in units])
    if places.added:
        columns = ("id", "name_en", "name_zh", "lon", "lat", "org")
        stations = (*pack.stations, *places.added.values())
        ids = {one.path: one.id for one in pack.orgs}
        rows = [(s.id, s.name.en, s.name.zh, s.lon, s.lat, ids[s.org]) for s in stations]
        write_table(into / "stations.csv", columns, rows)
    if closed:
        _close(into / "roads" / "arcs.csv", closed)
    return City(into, said)


class _Places:
    """Where units stand, as stations; ``own``: the points aren't the pack's."""

    def __init__(self, pack: CityPack, scenario: Scenario, own: bool) -> None:
        self._geography = scenario.geography
        self._org = pack.orgs[0].path
        self._point = {} if own else {s.id: point_of(s, pack) for s in pack.stations}
        self._at: dict[str, str] = {}
        for station, point in self._point.items():
            self._at.setdefault(point, station)
        self._taken = {station.id for station in pack.stations}
        self.added: dict[str, Station] = {}

    def station(self, unit: ScenarioUnit) -> str:
        """The id of the station where a unit stands; a new one where there is none."""
        point = self._geography.ids[unit.base]
        if self._point.get(unit.station) == point:
            return unit.station
        if point in self._at:
            return self._at[point]
        if point not in self.added:
            key = point
            while key in self._taken:
                key = f"at-{key}"
            self._taken.add(key)
            lon, lat = (float(of[unit.base]) for of in (self._geography.lon, self._geography.lat))
            name = Text(f"Base {point}", f"驻地 {point}")
            self.added[point] = Station(key, name, lon, lat, self._org)
        return self.added[point].id


type _Row = tuple[str, str, str, str, int]


def _row(unit: PackUnit) -> _Row:
    return unit.id, unit.kind, unit.station, " ".join(sorted(unit.capabilities)), unit.crew


def _written(row: _Row, pack: CityPack) -> tuple[str | int, ...]:
    """With the call sign that the pack's unit of this id has; a new unit goes by its id."""
    known = next((one.call_sign for one in pack.units if one.id == row[0]), None)
    sign = known or Text(row[0], row[0])
    return (*row, sign.en, sign.zh)


def _listed(unit: ScenarioUnit, pack: CityPack, station: str) -> _Row:
    """The unit as a pack lists it. What a scenario doesn't say, kind and crew, is that of the
    pack's unit of this id, else of the one most like it."""
    vocabulary = pack.vocabulary
    known = sorted(one for one in unit.capabilities if vocabulary.knows("capabilities", one))
    if not known:
        words = " ".join(sorted(unit.capabilities))
        raise NoPractice(
            Text(
                f"the city pack has no word for what {unit.id} can do ({words}): name its "
                "capabilities as the pack does",
                f"城市数据包词表中没有 {unit.id} 的能力（{words}）：请按城市数据包命名其能力",
            )
        )
    like = max(
        pack.units,
        key=lambda one: (
            one.id == unit.id,
            one.kind == unit.agency,
            len(one.capabilities & unit.capabilities) - len(one.capabilities ^ unit.capabilities),
        ),
    )
    kinds = {kind.code for kind in vocabulary.kinds if not kind.retired}
    kind = unit.agency if unit.agency in kinds else like.kind
    return unit.id, kind, station, " ".join(known), like.crew


def _closed(layers: Sequence[Mapping[str, Any]]) -> set[str]:
    """The ids of the streets that the files of a scenario close."""
    changes = [one for layer in layers for one in layer.get("changes", ())]
    return {one["street"] for one in changes if one["do"] == "close_street"}


def _close(arcs: Path, closed: set[str]) -> None:
    with arcs.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["street"].strip() in closed:
            row["speed_kmh"] = f"{CLOSED_KMH:g}"
    write_table(arcs, tuple(rows[0]), [tuple(row.values()) for row in rows])
