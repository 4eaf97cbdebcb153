"""What callers call a kind of place, whatever its name is: "the gas station", 加油站."""

from collections.abc import Mapping
from typing import Final

_WORDS: Final = {
    "fuel": "gas station | petrol station | filling station | 加油站",
    "hospital": "hospital | emergency room | 医院",
    "clinic": "clinic | doctor | 诊所 | 卫生院",
    "school": "school | 学校",
    "university": "university | college | 大学 | 高校",
    "market": "market | 菜市场 | 集市",
    "metro": "metro station | subway station | underground station | 地铁口",
    "station": "train station | railway station | bus station | 火车站 | 车站",
    "mall": "mall | shopping mall | department store | 商场",
    "square": "square | plaza | 广场",
    "hotel": "hotel | 酒店 | 旅馆",
    "estate": "housing estate | apartment complex | 住宅区",
    "stadium": "stadium | 体育场 | 体育馆",
    "library": "library | 图书馆",
    "museum": "museum | 博物馆",
    "theatre": "theatre | theater | 剧院",
    "temple": "temple | 寺庙",
    "pier": "pier | ferry | 码头",
    "park": "park | 公园",
}

KIND_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    kind: tuple(words.split(" | ")) for kind, words in _WORDS.items()
}
"""By the kind of a place in ``places.csv``; a kind that isn't here is found by its names alone."""
