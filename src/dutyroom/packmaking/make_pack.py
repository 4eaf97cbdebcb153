"""A city pack from recorded calls, a list of stations and the outlines of districts.

Such a city has no roads: it travels by distance, fitted to the recorded drives, and its map is its
districts.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from dutyroom.citypack import CityPack, PackRefused, Problem, Station, read_pack
from dutyroom.citypack.read_orgs import COLUMNS as ORG_COLUMNS
from dutyroom.citypack.write import write_features, write_json, write_table
from dutyroom.core.text import Text, counted
from dutyroom.importing.contract import Contract
from dutyroom.importing.dataset import contract_of, read_rows
from dutyroom.importing.judging import CleanRow
from dutyroom.machine.files import whole_folder
from dutyroom.packmaking.fitting import Fit
from dutyroom.packmaking.pack_fleet import RecordedUnit, fitted_travel, recorded_units, usual_plans
from dutyroom.packmaking.pack_sources import StationAt, read_outlines, read_stations, station_areas
from dutyroom.packmaking.pack_words import CREW, USUAL_CREW, clocks, vocabulary


def make_pack(dataset: Path, stations_file: Path, outlines_file: Path | None = None) -> list[str]:
    """Make ``dataset/pack``, checked; returns what is worth knowing, in plain words.

    Without outlines, the zones are what is nearest to each station.

    Raises `PackRefused` if it can't be made, or isn't a valid pack; then the old one stays.
    """
    rows = read_rows(dataset)
    contract = contract_of(dataset)
    stations, lost = read_stations(stations_file)
    if outlines_file is None:
        zones = station_areas(stations, contract.bounds)
    else:
        zones = read_outlines(outlines_file, contract)
    units = recorded_units(rows, contract, stations)
    try:
        fit = fitted_travel(rows, units, stations)
    except ValueError as error:
        problem = Problem(dataset.name, None, str(error), "Import more calls first")
        raise PackRefused((problem,)) from error
    notes = _notes(stations, lost, zones, units, fit)
    sources = [f"the dataset {dataset.name}", stations_file.name]
    if outlines_file is not None:
        sources.append(outlines_file.name)
    with whole_folder(dataset / "pack") as half:
        _write_places(half, contract, rows, stations, zones)
        _write_fleet(half, contract, rows, units, fit)
        (half / "SOURCE.txt").write_text(
            "\n".join([f"Made from {', '.join(sources)}.", *notes, ""]), encoding="utf-8"
        )
        pack = read_pack(half)
        if outlines_file is not None:
            _write_orgs(half, pack, zones)
            read_pack(half)
    return notes


def _write_orgs(folder: Path, pack: CityPack, zones: list[dict[str, Any]]) -> None:
    """The city and its districts, each with its zone and the stations that lie in it or nearest to
    it."""
    city = (pack.name, "", "city", pack.title.en, pack.title.zh)
    districts = [(one.id, pack.name, "county", one.name.en, one.name.zh) for one in pack.zones]
    write_table(folder / "org.csv", ORG_COLUMNS, [city, *districts])
    _write_stations(folder, [(one, pack.zone_at(one.lon, one.lat)) for one in pack.stations])
    write_features(
        folder / "zones.geojson",
        (
            zone | {"properties": zone["properties"] | {"org": zone["properties"]["id"]}}
            for zone in zones
        ),
    )


def _write_stations(folder: Path, stations: Iterable[tuple[Station, str]]) -> None:
    """Stations with the id of whose each is."""
    write_table(
        folder / "stations.csv",
        ["id", "name_en", "name_zh", "lon", "lat", "org"],
        [(one.id, one.name.en, one.name.zh, one.lon, one.lat, org) for one, org in stations],
    )


def _notes(
    stations: list[StationAt],
    lost: list[str],
    zones: list[dict[str, Any]],
    units: Mapping[str, RecordedUnit],
    fit: Fit,
) -> list[str]:
    notes = [f"stations {', '.join(lost)} have no position and are left out"] if lost else []
    notes.append(
        f"travel: {fit.start_s:.0f} s + straight line x {fit.detour_factor} at "
        f"{fit.speed_kmh:.1f} km/h, fitted to {fit.drives:,} responses, half of them within "
        f"{fit.median_error_s:.0f} s of it"
    )
    unnamed = [zone["properties"]["id"] for zone in zones
               if zone["properties"]["name_en"] == zone["properties"]["name_zh"]]  # fmt: skip
    if unnamed:
        notes.append(f"zones without a Chinese name in the contract: {', '.join(unnamed)}")
    counts = ((len(stations), "station"), (len(zones), "zone"), (len(units), "unit"))
    notes.append(", ".join(counted(number, what) for number, what in counts))
    return notes


def _write_places(
    folder: Path,
    contract: Contract,
    rows: list[CleanRow],
    stations: list[StationAt],
    zones: list[dict[str, Any]],
) -> None:
    lon, lat = median(row.lon for row in rows), median(row.lat for row in rows)
    city = {
        "name": contract.name,
        "title": {"en": contract.city.en, "zh": contract.city.zh},
        "version": str(contract.version),
        "timezone": contract.zone.key,
        "centre": [round(lon, 5), round(lat, 5)],
        "travel": "distance",
    }
    write_json(folder / "city.json", city)
    write_features(folder / "zones.geojson", zones)
    names = ["id", "name_en", "name_zh"]
    write_table(folder / "streets.csv", names, [])
    named = [
        Station(f"S{one.id}", Text(f"Station {one.id}", f"{one.id} 号消防站"), one.lon, one.lat, "")
        for one in stations
    ]
    _write_stations(folder, [(one, one.org) for one in named])
    write_table(
        folder / "places.csv",
        [*names, "kind", "lon", "lat"],
        [
            (
                f"P{one.id}",
                f"Station {one.id}, {one.address}",
                f"{one.id} 号消防站 {one.address}",
                "station",
                one.lon,
                one.lat,
            )
            for one in stations
        ],
    )


def _write_fleet(
    folder: Path,
    contract: Contract,
    rows: list[CleanRow],
    units: Mapping[str, RecordedUnit],
    fit: Fit,
) -> None:
    write_table(
        folder / "units.csv",
        ["id", "kind", "station", "capabilities", "crew"],
        [
            (u.id, u.kind, f"S{u.station}", " ".join(u.capabilities), CREW.get(u.kind, USUAL_CREW))
            for u in units.values()
        ],
    )
    capabilities = {one for unit in units.values() for one in unit.capabilities}
    words = vocabulary(contract, capabilities, {row.category for row in rows})
    write_json(folder / "vocabulary.json", words)
    write_json(folder / "prompts.json", {})
    write_json(folder / "plans.json", usual_plans(rows, units))
    write_json(folder / "clocks.json", clocks(contract))
    write_json(
        folder / "travel.json",
        {
            "detour_factor": fit.detour_factor,
            "speed_kmh": fit.speed_kmh,
            "start_s": fit.start_s,
            "source": fit.source,
        },
    )
