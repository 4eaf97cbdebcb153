"""What a position is near to, in words: the crossing or street of the nearest node of the roads."""

from typing import Final

import numpy as np

from dutyroom.citypack.model import CityPack
from dutyroom.citypack.roads import METRES_PER_DEGREE
from dutyroom.core.text import Text

NEAR_M: Final = 300.0
"""Farther off than this, a street says nothing of where somebody is."""


def street_near(pack: CityPack, lon: float, lat: float) -> Text | None:
    """The crossing or the street that a position is at; None where no named one is near."""
    roads = pack.roads
    if roads is None:
        return None
    node = roads.nearest_node(lon, lat)
    east = (float(roads.node_lon[node]) - lon) * np.cos(np.radians(lat))
    if np.hypot(east, float(roads.node_lat[node]) - lat) * METRES_PER_DEGREE > NEAR_M:
        return None
    names = [pack.streets[street].name for street in roads.streets_at(node)[:2]]
    if len(names) == 2:
        return Text(f"{names[0].en} / {names[1].en}", f"{names[0].zh}与{names[1].zh}交叉口")
    return names[0] if names else None
