"""Travel as a city pack describes it."""

from collections.abc import Callable

from dutyroom.citypack import CityPack, DistanceTravel, MatrixTravel, RoadTravel
from dutyroom.dispatch.plain_travel import ByDistance, ByMatrix
from dutyroom.dispatch.road_travel import OverRoads
from dutyroom.dispatch.travel import Travel


def build_travel(pack: CityPack) -> Travel:
    """The pack's way of travelling. ValueError where its figures can't be used."""
    match pack.travel:
        case RoadTravel() as spec:
            return _over_roads(pack, spec)
        case MatrixTravel() as spec:
            row = _zone_row(pack, spec)
            return ByMatrix(spec.seconds, row, row)
        case DistanceTravel() as spec:
            return ByDistance(spec.detour_factor, spec.speed_kmh, spec.start_s)


def _over_roads(pack: CityPack, spec: RoadTravel) -> OverRoads:
    roads = pack.roads
    if roads is None:
        raise ValueError("the pack travels by roads and has none")
    return OverRoads(
        roads.node_lon,
        roads.node_lat,
        roads.arc_from,
        roads.arc_to,
        roads.arc_length_m * 3.6 / roads.arc_speed_kmh,
        siren_factor=spec.siren_factor,
        hour_factors=spec.hour_factors,
        nearest_node=roads.nearest_node,
    )


def _zone_row(pack: CityPack, spec: MatrixTravel) -> Callable[[float, float], int]:
    rows = {zone: row for row, zone in enumerate(spec.zones)}

    def row_at(lon: float, lat: float) -> int:
        return rows.get(pack.zone_at(lon, lat), -1)

    return row_at
