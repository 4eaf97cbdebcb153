"""City packs: one place as a folder of plain files, read, checked, searched and drawn."""

from dutyroom.citypack.demo_city import generate_city
from dutyroom.citypack.gazetteer import Gazetteer, Hit
from dutyroom.citypack.layers import map_layers
from dutyroom.citypack.matching import match_categories
from dutyroom.citypack.model import (
    CityPack,
    Clocks,
    DistanceTravel,
    MatrixTravel,
    Org,
    PackUnit,
    Place,
    RoadTravel,
    Station,
    Street,
    TravelSpec,
)
from dutyroom.citypack.read import read_pack
from dutyroom.citypack.roads import METRES_PER_DEGREE, ROAD_CLASSES, RoadNetwork
from dutyroom.citypack.vocabulary import (
    Answer,
    Category,
    Code,
    Kind,
    Plan,
    Priority,
    Prompt,
    Vocabulary,
)
from dutyroom.citypack.zones import Zone
from dutyroom.core.text import Text
from dutyroom.domain.values import Need
from dutyroom.reading.problems import PackRefused, Problem

__all__ = [
    "METRES_PER_DEGREE",
    "ROAD_CLASSES",
    "Answer",
    "Category",
    "CityPack",
    "Clocks",
    "Code",
    "DistanceTravel",
    "Gazetteer",
    "Hit",
    "Kind",
    "MatrixTravel",
    "Need",
    "Org",
    "PackRefused",
    "PackUnit",
    "Place",
    "Plan",
    "Priority",
    "Problem",
    "Prompt",
    "RoadNetwork",
    "RoadTravel",
    "Station",
    "Street",
    "Text",
    "TravelSpec",
    "Vocabulary",
    "Zone",
    "generate_city",
    "map_layers",
    "match_categories",
    "read_pack",
]
