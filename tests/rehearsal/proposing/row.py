"""A town in one row, which proposals are tried on: ten points, a kilometre and 100 s apart."""

import json
from pathlib import Path
from typing import Any

THEFT: dict[str, Any] = {
    "category": "theft",
    "per_h": 1.0,
    "needs": [{"capability": "patrol", "count": 1}],
    "on_scene": 900,
}


def write_row(folder: Path, units: str, **more: Any) -> Path:
    """Today's scenario; thefts everywhere alike, unless ``more`` says otherwise."""
    points = "id,x_m,y_m\n" + "".join(f"p{n},{1000 * n},0\n" for n in range(10))
    (folder / "points.csv").write_text(points)
    (folder / "units.csv").write_text(units)
    scenario = {
        "name": "today",
        "points": "points.csv",
        "travel": {"speed_kmh": 36, "detour_factor": 1},
        "units": "units.csv",
        "calls": {"kinds": [THEFT]},
    }
    file = folder / "today.json"
    file.write_text(json.dumps(scenario | more))
    return file


def changed(today: Path, **more: Any) -> Path:
    """A scenario over today's."""
    file = today.with_name("changed.json")
    file.write_text(json.dumps({"name": "changed", "base": "today.json", **more}))
    return file
