"""A recorded period in a city with roads is rehearsed on its roads, not by distance."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from dutyroom.citypack import CityPack, generate_city, read_pack
from dutyroom.citypack.model import RoadTravel
from dutyroom.importing.fields import TIMES
from dutyroom.importing.judging import CleanRow
from dutyroom.learning.history import rehearse_calls
from dutyroom.learning.recorded_ways import Drive, ways

MONDAY_MS = round(datetime(2026, 11, 23, tzinfo=UTC).timestamp() * 1000)
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> CityPack:
    folder = tmp_path_factory.mktemp("packs") / "city"
    generate_city(folder, nodes=800, units=20, seed=3)
    return read_pack(folder)


def driving_s(pack: CityPack, nodes: list[int]) -> NDArray[np.float64]:
    """Seconds from these nodes to all others by SciPy's Dijkstra, at plain speeds."""
    roads = pack.roads
    assert roads is not None
    arc_s = roads.arc_length_m * 3.6 / roads.arc_speed_kmh
    count = len(roads.node_lon)
    quickest = np.full((count, count), np.inf)
    np.minimum.at(quickest, (roads.arc_from, roads.arc_to), arc_s)
    quickest[np.isinf(quickest)] = 0.0
    found: NDArray[np.float64] = dijkstra(csr_matrix(quickest), indices=nodes)
    return found


def factor(pack: CityPack, at_ms: int) -> float:
    assert isinstance(pack.travel, RoadTravel)
    hour = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(pack.timezone)).hour
    return pack.travel.siren_factor * pack.travel.hour_factors[hour]


def test_drives_take_what_the_roads_take_at_that_hour(city: CityPack) -> None:
    roads = city.roads
    assert roads is not None
    rng = np.random.default_rng(7)
    pairs = rng.choice(len(roads.node_lon), (50, 2), replace=False)
    place = [(float(a), float(b)) for a, b in zip(roads.node_lon, roads.node_lat, strict=True)]
    drives = [
        Drive(place[start], place[end], MONDAY_MS + number * HOUR_MS, 1.0)
        for number, (start, end) in enumerate(pairs.tolist())
    ]
    found = ways(city, drives, place)
    plain_s = driving_s(city, pairs[:, 0].tolist())[np.arange(50), pairs[:, 1]]
    right_s = plain_s * np.array([factor(city, one.at_ms) for one in drives])
    assert found.expected_s(drives, ZoneInfo(city.timezone)) == pytest.approx(right_s, abs=0.5)
    assert "roads" in found.about


def test_a_period_is_rehearsed_on_roads(city: CityPack) -> None:
    """Calls in turn from all zones, each served by a nearest unit within what its roads take."""
    roads = city.roads
    assert roads is not None
    home = {s.id: roads.nearest_node(s.lon, s.lat) for s in city.stations}
    unit_at = {home[unit.station]: unit for unit in city.units}
    nodes = sorted(unit_at)
    plain_s = driving_s(city, nodes)
    rng = np.random.default_rng(11)
    calls = []
    for number, node in enumerate(rng.choice(len(roads.node_lon), 300).tolist()):
        start = int(np.argmin(plain_s[:, node]))
        unit = unit_at[nodes[start]]
        received = MONDAY_MS + number * HOUR_MS
        drive_s = float(plain_s[start, node]) * factor(city, received)
        times: dict[str, int | None] = dict.fromkeys(TIMES) | {"received_at": received}
        after_s = {"dispatched_at": 30.0, "en_route_at": 90.0, "on_scene_at": 90.0 + drive_s}
        after_s["cleared_at"] = after_s["on_scene_at"] + 600.0
        times |= {field: received + round(s * 1000) for field, s in after_s.items()}
        calls.append(
            [CleanRow(
                row_id=str(number), call_id=str(number), incident_id=str(number), unit_id=unit.id,
                unit_kind=unit.kind, category="X", first_priority=1, priority=1, disposition="",
                address="", locality="", zone="", station_area="", als=False,
                lon=float(roads.node_lon[node]), lat=float(roads.node_lat[node]), times=times,
            )]
        )  # fmt: skip
    found = rehearse_calls("roads", city, calls[:150], calls[150:], replications=5)
    assert "roads" in found.travel
    assert found.whole.median_s.mean == pytest.approx(found.whole.recorded_median_s, rel=0.03)
    assert found.whole.p90_s.mean == pytest.approx(found.whole.recorded_p90_s, rel=0.03)
    assert found.whole.ks < 0.05
