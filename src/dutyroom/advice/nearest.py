"""Where a place of the real city is among the points of a scenario."""

import numpy as np

from dutyroom.rehearsal.scenario.model import Geography


def nearest_point(geography: Geography, place: tuple[float, float]) -> int:
    """The scenario's point nearest to a position (lon, lat)."""
    scale = np.cos(np.radians(place[1]))
    dx, dy = (geography.lon - place[0]) * scale, geography.lat - place[1]
    return int(np.argmin(dx * dx + dy * dy))
