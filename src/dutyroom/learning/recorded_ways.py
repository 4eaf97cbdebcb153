"""How far things are in a recorded period: over the pack's roads, or fitted to recorded drives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dutyroom.citypack import CityPack
from dutyroom.citypack.model import DistanceTravel, RoadTravel
from dutyroom.packmaking.fitting import Fit, distance_m, fit_travel
from dutyroom.rehearsal.scenario.from_pack import distance_matrix, pack_geography
from dutyroom.rehearsal.scenario.model import HOUR_S, Geography, hour_of_week
from dutyroom.rehearsal.scenario.read_parts import metres
from dutyroom.rehearsal.simulation.records import ROAD, STRAIGHT

type Place = tuple[float, float]
"""Longitude and latitude, degrees."""


@dataclass(frozen=True, eq=False, slots=True)
class Drive:
    """A recorded drive: from where to where, when it began (ms), and how long it took."""

    start: Place
    end: Place
    at_ms: int
    took_s: float


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """Points, the seconds between them, the number of the point of each place, and how a unit's
    position is known on its way (STRAIGHT or ROAD). ``about`` says where the times come from;
    ``fit`` is there where they were fitted."""

    geography: Geography
    point: Mapping[Place, int]
    way: int
    about: str
    fit: Fit | None = None

    def expected_s(self, drives: Sequence[Drive], zone: ZoneInfo) -> NDArray[np.float64]:
        """What each drive should have taken."""
        factor, travel = self.geography.hour_factor, self.geography.travel
        found = np.empty(len(drives))
        for at, one in enumerate(drives):
            hour = hour_of_week(one.at_ms, zone) % len(factor)
            found[at] = travel[self.point[one.start], self.point[one.end]] * factor[hour]
        return found


def ways(pack: CityPack, drives: Sequence[Drive], places: Sequence[Place]) -> Ways:
    """The ways of a pack with roads, between its points; else a line fitted to ``drives``.

    ``places`` are all that will be asked for. ValueError for too few drives where one is fitted.
    """
    if isinstance(pack.travel, RoadTravel):
        return _on_roads(pack, places)
    apart_m = np.array([distance_m(*one.start, *one.end) for one in drives])
    fit = fit_travel(apart_m, np.array([one.took_s for one in drives]))
    points = list(dict.fromkeys(places))
    lon, lat = np.array(points).T
    x_m, y_m = metres(lon, lat)
    spec = DistanceTravel(fit.detour_factor, fit.speed_kmh, fit.start_s)
    geography = Geography(
        tuple(f"{a:.6f},{b:.6f}" for a, b in points), x_m, y_m, lon, lat,
        tuple(pack.zone_at(a, b) for a, b in points), distance_matrix(spec, points),
    )  # fmt: skip
    return Ways(
        geography, {place: at for at, place in enumerate(points)}, STRAIGHT, _described(fit), fit
    )


def _on_roads(pack: CityPack, places: Sequence[Place]) -> Ways:
    geography, _ = pack_geography(pack)
    distinct = list(dict.fromkeys(places))
    lon, lat = np.array(distinct).T
    # The same flat map as the points': metres are calculated from the middle of what is given.
    x_m, y_m = metres(np.concatenate((geography.lon, lon)), np.concatenate((geography.lat, lat)))
    count = len(geography.ids)
    tree = cKDTree(np.column_stack((x_m[:count], y_m[:count])))
    _, nearest = tree.query(np.column_stack((x_m[count:], y_m[count:])))
    point = {place: int(at) for place, at in zip(distinct, nearest, strict=True)}
    about = (
        f"Driving: over the pack's roads, between {count:,} of its crossings, at its speeds and "
        f"factors by hour. {geography.source}"
    )
    return Ways(geography, point, ROAD, about.strip())


def usable(drives: Sequence[Drive]) -> NDArray[np.bool_]:
    """Drives that took some time, and no more than an hour: the others are slips of the keys."""
    took_s = np.array([one.took_s for one in drives])
    found: NDArray[np.bool_] = (took_s > 0) & (took_s < HOUR_S)
    return found


def _described(travel: Fit) -> str:
    """Where the travel times come from."""
    return (
        f"Driving: {travel.start_s:.0f} s + straight distance x {travel.detour_factor} at "
        f"{travel.speed_kmh:.1f} km/h, a line through the medians of bins of distance over "
        f"{travel.drives:,} drives (en route to on scene) from the units' stations; median "
        f"absolute error {travel.median_error_s:.0f} s. A line is the form of Kolesar, Walker and "
        "Hausner (1975) for long ways; theirs has a square root for short ones."
    )
