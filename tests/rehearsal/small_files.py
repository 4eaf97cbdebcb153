"""A scenario of plain files, as small as can be: three points in a row and two units."""

import json
from pathlib import Path
from typing import Any

FILES = {
    "points.csv": "id,x_m,y_m,zone\na,0,0,west\nb,1000,0,west\nc,2000,0,east\n",
    "travel.csv": "from,a,b,c\na,0,1,2\nb,1,0,1\nc,2,1,0\n",
    "units.csv": "id,base,capabilities\nA1,a,ambulance\nE1,c,engine\n",
    "shifts.csv": "shift,day,from,to\nearly,daily,06:00,14:00\n",
    "calls.csv": "at_min,point,needs,on_scene_min\n0,b,ambulance,10\n5,c,engine,3\n",
}
SCENARIO: dict[str, Any] = {
    "name": "small",
    "points": "points.csv",
    "travel": {"matrix": "travel.csv", "unit": "min"},
    "units": "units.csv",
    "calls": "calls.csv",
}


def write(folder: Path, scenario: dict[str, Any] | None = None, **files: str) -> Path:
    for name, text in (FILES | files).items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "scenario.json"
    path.write_text(json.dumps(SCENARIO | (scenario or {}), indent=1), encoding="utf-8")
    return path


def line_of(path: Path, word: str) -> int:
    """The line on which a word stands first."""
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if word in line)
