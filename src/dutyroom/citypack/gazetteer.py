"""The offline gazetteer: from typed words to a place on the map."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from dutyroom.citypack.matching import NameIndex
from dutyroom.citypack.model import CityPack, Place, Station
from dutyroom.citypack.place_words import KIND_WORDS
from dutyroom.citypack.spelling import folded, has_chinese, initials, pinyin, spellings
from dutyroom.citypack.street_lines import METRES_PER_NUMBER, StreetLine, street_line
from dutyroom.core.text import Text

_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_COORDINATES: Final = re.compile(rf"\s*({_NUMBER})\s*°?\s*(?:[,;，；\s])\s*({_NUMBER})\s*°?\s*$")
_NUMBER_FIRST: Final = re.compile(r"\s*(\d{1,5})(?:号)?[\s,]+(\D.*)$")
_NUMBER_LAST: Final = re.compile(r"(.*\D)\s*?(\d{1,5})\s*(?:号.*|[Nn]o\.?)?\s*$")
_CROSSING: Final = re.compile(r"\s*[/&@＆／+]\s*|\s+(?:and|at|x)\s+|与|和|跟", re.IGNORECASE)
_CROSSING_END: Final = re.compile(r"(?:交叉口|交界处|交汇处|路口|口)\s*$")
_BLANK: Final = re.compile(r"\s+")
_ROAD_END_ZH: Final = re.compile(r"大道|[路街巷]")
_ROAD_WORDS_EN: Final = ("road", "avenue", "street", "lane", "boulevard", "drive")
_ROAD_WORDS_ZH: Final = ("大道", "路", "街", "巷")
_CANDIDATES = 12
_MOST_PARTINGS: Final = 12
_SURE_STREET = 79.0
"""Without a sign between them, both halves must begin like a street or one of its words."""
_CERTAIN_STREET = 95.0
_UNSIGNED_WEIGHT = 0.97
_MARGIN_DEGREES = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found; ``score`` runs from 0 to 100, better first."""

    kind: Literal["address", "street", "crossing", "place", "point"]
    label: Text
    lon: float
    lat: float
    zone: str
    score: float


class Gazetteer:
    """Finds addresses, streets, crossings, places and coordinates of one pack.

    Built once per pack. A pack without roads has places, stations and coordinates only, since
    its streets have no position.
    """

    def __init__(self, pack: CityPack) -> None:
        self._pack = pack
        self._streets = pack.streets if pack.roads is not None else ()
        self._arcs = self._arcs_by_street()
        self._sites: list[Place | Station] = [*pack.places, *pack.stations]
        names = [_street_spellings(street.name) for street in self._streets]
        self._street_index = NameIndex(names)
        self._site_index = NameIndex([_site_spellings(site) for site in self._sites])
        self._meetings = self._crossings_by_pair()
        self._line = cache(self._make_line)

    def search(self, text: str, limit: int = 8) -> list[Hit]:
        """The best hits for what was typed, best first; nothing for a blank text."""
        point = self._point(text)
        if point is not None:
            return [point][:limit]
        hits = [*self._crossings(text), *self._addresses(text), *self._names(text, limit)]
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]

    def streets_that_do_not_meet(
        self, text: str, *, exactly: bool = False
    ) -> tuple[Text, Text] | None:
        """The two streets that a text names, where both are known and never meet: no place.

        ``exactly``: only streets whose name stands there whole.
        """
        for one, other, signed in _partings(text):
            least = 100.0 if exactly else _SURE_STREET if signed else _CERTAIN_STREET
            a, b = self._known_street(one, least), self._known_street(other, least)
            if a is None or b is None or a == b:
                continue
            if (min(a, b), max(a, b)) not in self._meetings:
                return self._streets[a].name, self._streets[b].name
        return None

    def _known_street(self, typed: str, least: float) -> int | None:
        best = self._street_index.search(typed, 1)
        return best[0][0] if best and best[0][1] >= least else None

    def _hit(
        self,
        kind: Literal["address", "street", "crossing", "place", "point"],
        label: Text,
        at: tuple[float, float],
        score: float,
    ) -> Hit:
        return Hit(kind, label, *at, self._pack.zone_at(*at), round(score, 1))

    def _point(self, text: str) -> Hit | None:
        """Two numbers, in the order that puts them into or near the city: "lat, lon" first."""
        match = _COORDINATES.match(text)
        if match is None:
            return None
        first, second = float(match[1]), float(match[2])
        west, south, east, north = self._pack.bounds
        for lon, lat in ((second, first), (first, second)):
            if (
                west - _MARGIN_DEGREES <= lon <= east + _MARGIN_DEGREES
                and south - _MARGIN_DEGREES <= lat <= north + _MARGIN_DEGREES
            ):
                label = f"{lat:.5f}, {lon:.5f}"
                return self._hit("point", Text(label, label), (lon, lat), 100.0)
        return None

    def _names(self, text: str, limit: int) -> Iterator[Hit]:
        typed = folded(text)
        for number, score in self._street_index.search(typed, limit):
            line = self._line(number)
            if line is not None:
                name = self._streets[number].name
                yield self._hit("street", name, line.at(line.length_m / 2), score)
        for number, score in self._site_index.search(typed, limit):
            site = self._sites[number]
            yield self._hit("place", site.name, (site.lon, site.lat), score)

    def _addresses(self, text: str) -> Iterator[Hit]:
        """A house number and a street, in either order."""
        first, last = _NUMBER_FIRST.match(text), _NUMBER_LAST.match(text)
        if first is not None:
            number, street = int(first[1]), first[2]
        elif last is not None:
            number, street = int(last[2]), last[1]
        else:
            return
        for found, score in self._street_index.search(folded(street), 4):
            line = self._line(found)
            if line is None:
                continue
            name = self._streets[found].name
            label = Text(f"{number} {name.en}", f"{name.zh}{number}号")
            along_m = number * METRES_PER_NUMBER / 2
            # A number beyond the end of the street is shown at its end, but stands back.
            beyond = 25.0 if along_m > line.length_m + METRES_PER_NUMBER else 0.0
            yield self._hit("address", label, line.at(along_m), score - beyond)

    def _crossings(self, text: str) -> Iterator[Hit]:
        """Two streets that meet; every way to part the text is tried, since 和 is also in names."""
        best: dict[tuple[int, int], float] = {}
        for one, other, signed in _partings(text):
            if best and not signed:
                break  # a sign between them says more than a blank
            others = self._street_index.search(other, _CANDIDATES)
            for a, score_a in self._street_index.search(one, _CANDIDATES):
                for b, score_b in others:
                    if (min(a, b), max(a, b)) not in self._meetings:
                        continue
                    score = (score_a + score_b) / 2
                    if not signed:
                        if min(score_a, score_b) < _SURE_STREET:
                            continue
                        score *= _UNSIGNED_WEIGHT
                    best[a, b] = max(best.get((a, b), 0.0), score)
        roads = self._pack.roads
        for (a, b), score in sorted(best.items(), key=lambda pair: -pair[1])[:_CANDIDATES]:
            one_name, other_name = self._streets[a].name, self._streets[b].name
            label = Text(
                f"{one_name.en} / {other_name.en}", f"{one_name.zh}与{other_name.zh}交叉口"
            )
            for node in self._meetings[min(a, b), max(a, b)] if roads is not None else ():
                assert roads is not None
                at = float(roads.node_lon[node]), float(roads.node_lat[node])
                yield self._hit("crossing", label, at, score)

    def _arcs_by_street(self) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
        roads = self._pack.roads
        if roads is None:
            return []
        order = np.argsort(roads.arc_street, kind="stable")
        starts = np.searchsorted(roads.arc_street[order], np.arange(len(self._streets) + 1))
        return [order[low:high] for low, high in pairwise(starts)]

    def _make_line(self, street: int) -> StreetLine | None:
        roads, arcs = self._pack.roads, self._arcs[street]
        return street_line(roads, arcs) if roads is not None and len(arcs) else None

    def _crossings_by_pair(self) -> dict[tuple[int, int], list[int]]:
        roads = self._pack.roads
        pairs: dict[tuple[int, int], list[int]] = {}
        for node, streets in (roads.crossings if roads is not None else {}).items():
            for place, a in enumerate(streets):
                for b in streets[place + 1 :]:
                    pairs.setdefault((a, b), []).append(node)
        return pairs


def _partings(text: str) -> Iterator[tuple[str, str, bool]]:
    """Ways to part a text into two streets, folded: first at a sign or an "and", which say that a
    crossing is meant (True), then at the blanks, or behind the road words of Chinese names."""
    text = _CROSSING_END.sub("", text)
    ways = [(m.start(), m.end(), True) for m in _CROSSING.finditer(text)]
    ways += [(m.start(), m.end(), False) for m in _BLANK.finditer(text)][:_MOST_PARTINGS]
    ways += [(m.end(), m.end(), False) for m in _ROAD_END_ZH.finditer(text)][:_MOST_PARTINGS]
    for before, behind, signed in ways:
        one, other = folded(text[:before]), folded(text[behind:])
        if one and other:
            yield one, other, signed


def _site_spellings(site: Place | Station) -> tuple[str, ...]:
    """A site's name, and what people call places of its kind."""
    every = list(spellings(site.name.en, site.name.zh))
    if isinstance(site, Place):
        for word in KIND_WORDS.get(site.kind, ()):
            every += [folded(word), pinyin(word)] if has_chinese(word) else [folded(word)]
    return tuple(dict.fromkeys(every))


def _street_spellings(name: Text) -> tuple[str, ...]:
    """A street's name with and without its last word, since callers leave that out."""
    every = list(spellings(name.en, name.zh))
    words = folded(name.en).split()
    if len(words) > 1 and words[-1] in _ROAD_WORDS_EN:
        every += [" ".join(words[:-1]), "".join(words[:-1])]
    for ending in _ROAD_WORDS_ZH:
        root = name.zh.removesuffix(ending)
        if root not in (name.zh, ""):
            every += [folded(root), pinyin(root), initials(root)]
            break
    return tuple(dict.fromkeys(every))
