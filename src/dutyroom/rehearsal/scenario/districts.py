"""Districts: which stations answer for which area."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dutyroom.reading.csv_file import Row
from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.model import ScenarioUnit
from dutyroom.rehearsal.scenario.tables import read_rows

LEAD_S: Final = 60.0
"""Where a scenario has districts and doesn't say how much sooner their own units count."""


def read_districts(
    folder: Path, name: str, zones: Iterable[str], problems: ProblemList
) -> dict[str, Row]:
    """The row of each area that has a district: ``zone``, and its ``stations`` with blanks."""
    known, found = set(zones), dict[str, Row]()
    for row in read_rows(folder, name, ("zone", "stations"), (), problems):
        zone = row.string("zone")
        if zone not in known:
            row.problem(f'no point lies in the zone "{zone}"', "Use a zone of the points")
        if zone in found:
            row.problem(f'the zone "{zone}" is there already', "Put its stations into one row")
        found[zone] = row
    return found


def districts_of(rows: dict[str, Row], units: Iterable[ScenarioUnit]) -> dict[str, frozenset[str]]:
    """The stations by area; those without a unit are noted."""
    known = {unit.station for unit in units}
    found = {}
    for zone, row in rows.items():
        stations = row.string("stations").split()
        for station in stations:
            if station not in known:
                row.problem(f'no unit is of the station "{station}"', "Use stations of units")
        found[zone] = frozenset(stations)
    return found
