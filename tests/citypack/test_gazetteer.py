"""Places are found however they are typed: English, Chinese, pinyin, and with slips."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dutyroom.citypack import CityPack, Gazetteer, Hit, map_layers, match_categories
from dutyroom.citypack.spelling import pinyin


def kinds(hits: list[Hit]) -> set[str]:
    return {hit.kind for hit in hits}


@pytest.mark.parametrize(
    "typed",
    ["Jiefang Road", "jiefang road", "jiefang", "JIEFANG RD", "解放路", "解放", "jiefanglu",
     "jief", "jeifang road", "jiefnag", "jie fang lu"],
)  # fmt: skip
def test_a_street_is_found_however_it_is_typed(gazetteer: Gazetteer, typed: str) -> None:
    labels = [hit.label.zh for hit in gazetteer.search(typed) if hit.kind == "street"]
    assert labels[0] == "解放路"


@pytest.mark.parametrize(
    "typed",
    ["jiefang / binjiang", "Jiefang Road & Binjiang Avenue", "jiefang and binjiang",
     "解放路与滨江大道", "滨江大道和解放路交叉口", "jiefnag/binjang"],
)  # fmt: skip
def test_a_crossing_is_found_in_either_order(gazetteer: Gazetteer, typed: str) -> None:
    first = gazetteer.search(typed)[0]
    assert first.kind == "crossing"
    assert "Jiefang Road" in first.label.en
    assert "滨江大道" in first.label.zh


@pytest.mark.parametrize(
    "typed",
    ["jiefang binjiang", "Jiefang Road Binjiang Avenue", "binjiang jiefang road",
     "解放路滨江大道", "解放路 滨江大道路口", "滨江大道解放路"],
)  # fmt: skip
def test_a_crossing_is_found_without_a_sign_between_the_streets(
    gazetteer: Gazetteer, typed: str
) -> None:
    first = gazetteer.search(typed)[0]
    assert first.kind == "crossing"
    assert "Jiefang Road" in first.label.en
    assert "滨江大道" in first.label.zh
    assert gazetteer.streets_that_do_not_meet(typed) is None


def test_two_streets_that_never_meet_are_named(gazetteer: Gazetteer, demo: CityPack) -> None:
    assert demo.roads is not None
    meeting = {frozenset(pair) for node in demo.roads.crossings.values() for pair in
               ((a, b) for a in node for b in node if a != b)}  # fmt: skip
    one, other = next(
        (demo.streets[a].name, demo.streets[b].name)
        for a in range(len(demo.streets))
        for b in range(len(demo.streets))
        if a != b and frozenset((a, b)) not in meeting
    )
    for typed in (f"{one.en} / {other.en}", f"{one.zh}与{other.zh}", f"{one.zh}{other.zh}"):
        assert gazetteer.streets_that_do_not_meet(typed) == (one, other), typed
    assert gazetteer.streets_that_do_not_meet("First People's Hospital") is None
    assert gazetteer.streets_that_do_not_meet("zzz / qqq") is None


@pytest.mark.parametrize("typed", ["gas station", "petrol station", "加油站", "jiayouzhan"])
def test_a_place_is_found_by_what_its_kind_is_called(
    gazetteer: Gazetteer, demo: CityPack, typed: str
) -> None:
    fuel = {one.name for one in demo.places if one.kind == "fuel"}
    assert {hit.label for hit in gazetteer.search(typed)} <= fuel


@pytest.mark.parametrize(
    "typed", ["120 Jiefang Road", "Jiefang Road 120", "解放路120号", "120, jiefang"]
)
def test_a_house_number_lies_on_its_street(gazetteer: Gazetteer, typed: str) -> None:
    first = gazetteer.search(typed)[0]
    assert first.kind == "address"
    assert (first.label.en, first.label.zh) == ("120 Jiefang Road", "解放路120号")


def test_house_numbers_run_along_the_street(gazetteer: Gazetteer, demo: CityPack) -> None:
    hits = [gazetteer.search(f"{number} Jiefang Road")[0] for number in (1, 400, 800)]
    assert len({(hit.lon, hit.lat) for hit in hits}) == 3
    assert demo.roads is not None
    street = next(n for n, s in enumerate(demo.streets) if s.name.zh == "解放路")
    ends = demo.roads.nodes_of_street(street)
    for hit in hits:
        assert demo.roads.node_lon[ends].min() <= hit.lon <= demo.roads.node_lon[ends].max()
        assert demo.roads.node_lat[ends].min() <= hit.lat <= demo.roads.node_lat[ends].max()


@pytest.mark.parametrize(
    "typed", ["30.86, 118.72", "118.72 30.86", "118.72，30.86", " 30.86 118.72 "]
)
def test_coordinates_are_read_in_either_order(gazetteer: Gazetteer, typed: str) -> None:
    (only,) = gazetteer.search(typed)
    assert (only.kind, only.lon, only.lat) == ("point", 118.72, 30.86)


def test_coordinates_far_away_are_no_place_here(gazetteer: Gazetteer) -> None:
    assert "point" not in kinds(gazetteer.search("10.0, 20.0"))


@pytest.mark.parametrize("typed", ["First Peoples Hospital", "第一人民医院", "dyrmyy", "diyirenmin",
                                   "frist peoples hospital", "hospitl"])  # fmt: skip
def test_a_place_is_found(gazetteer: Gazetteer, typed: str) -> None:
    assert "第一人民医院" in [hit.label.zh for hit in gazetteer.search(typed)]


@given(st.data())
def test_every_street_is_found_by_every_spelling(
    gazetteer: Gazetteer, demo: CityPack, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(demo.streets)).name
    for typed in (name.en, name.en.upper(), name.zh, pinyin(name.zh)):
        assert name in [hit.label for hit in gazetteer.search(typed, 12)]


@given(st.data())
def test_one_slip_in_a_street_name_is_forgiven(
    gazetteer: Gazetteer, demo: CityPack, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(demo.streets)).name
    place = data.draw(st.integers(1, len(name.en) - 2))
    slip = data.draw(st.sampled_from(["drop", "swap", "double"]))
    en = name.en
    typed = {
        "drop": en[:place] + en[place + 1 :],
        "swap": en[:place] + en[place + 1] + en[place] + en[place + 2 :],
        "double": en[:place] + en[place] + en[place:],
    }[slip]
    assume(typed != en)
    assert name in [hit.label for hit in gazetteer.search(typed, 20)]


@given(st.text(max_size=40))
def test_any_text_gives_hits_inside_the_limit(gazetteer: Gazetteer, typed: str) -> None:
    hits = gazetteer.search(typed, 5)
    assert len(hits) <= 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("typed", ["", "  ", "！？", "\n"])
def test_nothing_typed_finds_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.search(typed) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("fire-s", "FIRE-STRUCT"), ("着火", "FIRE-STRUCT"), ("zhaohuo", "FIRE-STRUCT"),
     ("elevator", "RESCUE-LIFT"), ("dianti", "RESCUE-LIFT"), ("elevater", "RESCUE-LIFT"),
     ("诈骗", "POL-FRAUD"), ("zp", "POL-FRAUD"), ("gas", "GAS-LEAK"), ("车祸", "TRAF-INJURY"),
     ("noise", "POL-NOISE"), ("stabbing", "POL-VIOLENCE"), ("stabbed", "POL-VIOLENCE"),
     ("gas station", "GAS-LEAK"), ("a man was stabbed", "POL-VIOLENCE"), ("火", "FIRE-STRUCT")],
)  # fmt: skip
def test_a_category_is_found_by_code_word_and_pinyin(demo: CityPack, typed: str, code: str) -> None:
    assert code in [category.code for category in match_categories(demo.vocabulary, typed, 4)]


def test_an_empty_text_offers_the_most_urgent_categories(demo: CityPack) -> None:
    offered = match_categories(demo.vocabulary, "", 6)
    assert len(offered) == 6
    assert {category.priority for category in offered} == {1}


def test_every_road_is_on_the_map_once(demo: CityPack) -> None:
    roads = demo.roads
    assert roads is not None
    drawn = 0
    for feature in map_layers(demo)["roads"]["features"]:
        several = feature["geometry"]["type"] == "MultiLineString"
        lines = feature["geometry"]["coordinates"]
        drawn += sum(len(line) - 1 for line in (lines if several else [lines]))
    pairs = {
        (min(a, b), max(a, b))
        for a, b in zip(roads.arc_from.tolist(), roads.arc_to.tolist(), strict=True)
    }
    assert drawn == len(pairs)


def test_the_layers_have_names_in_both_languages_and_short_coordinates(demo: CityPack) -> None:
    layers = map_layers(demo)
    assert set(layers) == {"roads", "zones", "basemap", "stations", "places"}
    assert all(layers[name]["features"] for name in layers)
    for name in ("zones", "stations", "places"):
        assert all(
            f["properties"]["name_en"] and f["properties"]["name_zh"]
            for f in layers[name]["features"]
        )
    lon, lat = layers["stations"]["features"][0]["geometry"]["coordinates"]
    assert (lon, lat) == (round(lon, 5), round(lat, 5))
