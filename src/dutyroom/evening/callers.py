"""What generated callers say: a category, a place, a name that is nobody's, and a few words.

Words and places are given in both languages, parted by `BOTH`; the console shows its own half.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dutyroom.citypack import Category, CityPack
from dutyroom.core.text import Text
from dutyroom.domain.calls.commands import Caller
from dutyroom.domain.values import Place
from dutyroom.evening.halves import BOTH, both
from dutyroom.evening.sayings import SAYINGS

_FAMILY: Final = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"
_CALLED: Final = ("女士", "先生", "阿姨", "师傅", "老师", "同学")
_WEIGHT_BY_PRIORITY: Final = {1: 1.0, 2: 2.5, 3: 4.0, 4: 2.0}
_SELDOM: Final = 0.3
"""How often something is called in for that has no share in scenarios made from the pack."""


@dataclass(frozen=True, slots=True)
class Story:
    """One happening, as its callers report it."""

    category: Category
    place: Place
    caller: Caller
    text: str


class Callers:
    """Makes stories for a city. Names and numbers are invented, numbers from a range not in use."""

    def __init__(self, pack: CityPack, random: np.random.Generator) -> None:
        self._pack = pack
        self._random = random
        self._categories = [one for one in pack.vocabulary.categories if not one.retired]
        weights = np.array(
            [
                _WEIGHT_BY_PRIORITY.get(one.priority, 1.0) * (one.share or _SELDOM)
                for one in self._categories
            ]
        )
        self._weights = weights / weights.sum()

    def story(self) -> Story:
        """A new happening somewhere in the city."""
        category = self._categories[self._random.choice(len(self._categories), p=self._weights)]
        place = self._place()
        return Story(category, place, self.caller(), self._words(category, place))

    def _words(self, category: Category, place: Place) -> str:
        said = SAYINGS.get(category.code) or ((category.text.en, category.text.zh),)
        en, zh = said[self._random.integers(len(said))]
        halves = place.label.split(BOTH)
        return both(Text(f"{en} ({halves[-1]})", f"{zh}（{halves[0]}）"))

    def caller(self) -> Caller:
        """Another caller. The numbers begin with 1000, which no telephone has."""
        family = _FAMILY[self._random.integers(len(_FAMILY))]
        called = _CALLED[self._random.integers(len(_CALLED))]
        return Caller(family + called, f"1000{self._random.integers(10**7):07d}")

    def _place(self) -> Place:
        roads = self._pack.roads
        if roads is None or self._random.random() < 0.25:
            return self._public_place()
        arc = int(self._random.integers(len(roads.arc_from)))
        node, street = int(roads.arc_from[arc]), int(roads.arc_street[arc])
        lon, lat = float(roads.node_lon[node]), float(roads.node_lat[node])
        if street < 0:
            return Place(lon, lat, f"{lat:.5f}, {lon:.5f}", "point")
        name = self._pack.streets[street].name
        return Place(lon, lat, both(name), "street")

    def _public_place(self) -> Place:
        if not self._pack.places:
            zone = self._pack.zones[self._random.integers(len(self._pack.zones))]
            lon, lat = self._pack.centre
            return Place(lon, lat, both(zone.name), "point")
        one = self._pack.places[self._random.integers(len(self._pack.places))]
        return Place(one.lon, one.lat, both(one.name), "place")
