"""Writing the files of a pack: UTF-8, LF, a row or feature per line, the same bytes every time."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with a header row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    _write(path, text.getvalue())


def write_json(path: Path, value: Any) -> None:
    """A JSON file, indented; Chinese is written as it is."""
    _write(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_features(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """A GeoJSON FeatureCollection with one feature per line."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for feature in features
    )
    _write(path, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


def area_feature(
    properties: dict[str, str], polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]
) -> dict[str, Any]:
    """A Polygon or MultiPolygon feature from polygons of closed rings of (lon, lat)."""
    several = len(polygons) > 1
    kind = "MultiPolygon" if several else "Polygon"
    coordinates = polygons if several else polygons[0]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
