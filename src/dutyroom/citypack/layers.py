"""Layers for the map: compact GeoJSON, coordinates rounded to about a metre."""

from collections import defaultdict
from typing import Any

from dutyroom.citypack.model import CityPack, Place, Station, Street
from dutyroom.citypack.roads import ROAD_CLASSES, RoadNetwork
from dutyroom.citypack.street_lines import chains
from dutyroom.core.text import Text

_DECIMALS = 5
Layer = dict[str, Any]


def map_layers(pack: CityPack) -> dict[str, Layer]:
    """FeatureCollections by name: roads, zones, basemap, stations, places.

    Roads carry ``class``, ``name_en`` and ``name_zh`` ("" for a nameless street) and are merged
    into one feature per street and class; a street with traffic one way only also has
    ``"oneway": true``. The basemap's features have a ``kind``: water, park or built. Layers that
    the pack has nothing for are empty.
    """
    layers = {
        "roads": _road_features(pack.roads, pack.streets) if pack.roads else [],
        "zones": [
            _feature(
                "MultiPolygon",
                [[_rounded(ring.tolist()) for ring in polygon] for polygon in zone.polygons],
                {"id": zone.id, **_names(zone.name)},
            )
            for zone in pack.zones
        ],
        "stations": [_point(station, {}) for station in pack.stations],
        "places": [_point(place, {"kind": place.kind}) for place in pack.places],
    }
    layers["basemap"] = _basemap_features(pack.basemap)
    return {
        name: {"type": "FeatureCollection", "features": features}
        for name, features in layers.items()
    }


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> Layer:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _point(site: Station | Place, more: dict[str, str]) -> Layer:
    at = [round(site.lon, _DECIMALS), round(site.lat, _DECIMALS)]
    return _feature("Point", at, {"id": site.id, **_names(site.name), **more})


def _names(name: Text) -> dict[str, str]:
    return {"name_en": name.en, "name_zh": name.zh}


def _rounded(points: list[list[float]]) -> list[list[float]]:
    return [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in points]


def _basemap_features(basemap: Layer | None) -> list[Layer]:
    features = []
    for feature in basemap["features"] if basemap else ():
        geometry = feature["geometry"]
        several = geometry["type"] == "MultiPolygon"
        parts = geometry["coordinates"] if several else [geometry["coordinates"]]
        rounded = [[_rounded(ring) for ring in part] for part in parts]
        kind = {"kind": feature["properties"]["kind"]}
        features.append(_feature(geometry["type"], rounded if several else rounded[0], kind))
    return features


def _road_features(roads: RoadNetwork, streets: tuple[Street, ...]) -> list[Layer]:
    """One feature per street, class and one-way-ness; nameless roads are gathered by class."""
    arcs = list(zip(roads.arc_from.tolist(), roads.arc_to.tolist(), strict=True))
    there = set(arcs)
    groups: dict[tuple[int, int, bool], list[tuple[int, int]]] = defaultdict(list)
    for (a, b), road_class, street in zip(
        arcs, roads.arc_class.tolist(), roads.arc_street.tolist(), strict=True
    ):
        one_way = (b, a) not in there
        if one_way or a < b:
            groups[road_class, street, one_way].append((a, b))
    lon, lat = roads.node_lon.round(_DECIMALS).tolist(), roads.node_lat.round(_DECIMALS).tolist()
    features = []
    for (road_class, street, one_way), edges in sorted(groups.items()):
        lines = [[[lon[v], lat[v]] for v in line] for line in chains(edges)]
        name = streets[street].name if street >= 0 else Text("", "")
        properties: dict[str, Any] = {"class": ROAD_CLASSES[road_class], **_names(name)}
        if one_way:
            properties["oneway"] = True
        if len(lines) == 1:
            features.append(_feature("LineString", lines[0], properties))
        else:
            features.append(_feature("MultiLineString", lines, properties))
    return features
