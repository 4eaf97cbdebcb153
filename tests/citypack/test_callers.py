"""Generated callers speak as people do, and are understood in both languages."""

import numpy as np

from dutyroom.citypack import CityPack
from dutyroom.evening.callers import Callers
from dutyroom.evening.halves import BOTH
from dutyroom.evening.sayings import SAYINGS


def test_there_are_words_for_every_category_of_the_demo_city(demo: CityPack) -> None:
    assert set(SAYINGS) == {one.code for one in demo.vocabulary.categories}


def test_callers_never_use_the_words_of_the_vocabulary(demo: CityPack) -> None:
    names = {one.code: one.text for one in demo.vocabulary.categories}
    for code, said in SAYINGS.items():
        for en, zh in said:
            assert zh[-1] in "！。", zh
            assert names[code].zh not in zh
            assert names[code].en not in en


def test_what_is_said_has_an_english_and_a_chinese_half(demo: CityPack) -> None:
    callers = Callers(demo, np.random.default_rng(1))
    for story in (callers.story() for _ in range(200)):
        zh, en = story.text.split(BOTH)
        assert en.isascii(), en
        assert zh.rstrip("）").split("（")[0] in {z for _, z in SAYINGS[story.category.code]}
        assert zh.endswith(f"（{story.place.label.split(BOTH)[0]}）")
