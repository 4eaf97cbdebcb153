"""Public places: decided by kind and position. No address of a home ever comes out."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.citypack import CityPack, generate_city, read_pack
from dutyroom.citypack.gazetteer import Gazetteer
from dutyroom.citypack.public_places import PUBLIC, PublicPlaces
from dutyroom.domain.values import PlaceKind

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> CityPack:
    folder = tmp_path_factory.mktemp("city") / "pack"
    generate_city(folder, nodes=800, units=20, seed=3)
    return read_pack(folder)


@pytest.fixture(scope="module")
def public(pack: CityPack) -> PublicPlaces:
    return PublicPlaces(pack)


def test_what_the_gazetteer_finds_is_known_again_unless_people_live_there(
    pack: CityPack, public: PublicPlaces
) -> None:
    gazetteer = Gazetteer(pack)
    for place in pack.places:
        at = public.at("place", place.lon, place.lat)
        if place.kind not in PUBLIC:
            assert at is None or at.key != f"place:{place.id}"
        else:
            assert at is not None
            assert at.kind == "place"
    assert any(place.kind == "estate" for place in pack.places)
    a, b = next(
        (pack.streets[one].name, pack.streets[other].name)
        for one, other, *_ in (pack.roads.crossings.values() if pack.roads else ())
    )
    crossing = gazetteer.search(f"{a.en} / {b.en}")[0]
    found = public.at(crossing.kind, crossing.lon, crossing.lat)
    assert found is not None
    assert (found.kind, found.zone) == ("crossing", crossing.zone)
    street = next(hit for hit in gazetteer.search(a.en) if hit.kind == "street")
    found = public.at("street", street.lon, street.lat)
    assert found is not None
    assert found.name == street.label


@given(st.data())
def test_a_house_number_and_a_point_are_no_public_place(
    pack: CityPack, public: PublicPlaces, data: st.DataObject
) -> None:
    """Not even where a landmark stands."""
    place = data.draw(st.sampled_from(pack.places))
    for kind in ("address", "point"):
        assert public.at(kind, place.lon, place.lat) is None


@given(st.data())
def test_whatever_comes_out_is_of_the_pack_and_no_home(
    pack: CityPack, public: PublicPlaces, data: st.DataObject
) -> None:
    west, south, east, north = pack.bounds
    kind = data.draw(st.sampled_from(KINDS))
    found = public.at(kind, data.draw(st.floats(west, east)), data.draw(st.floats(south, north)))
    if found is None:
        return
    homes = {f"place:{one.id}" for one in pack.places if one.kind not in PUBLIC}
    names = {one.name for one in pack.places} | {one.name for one in pack.streets}
    assert found.kind == kind
    assert found.key not in homes
    assert found.name in names or found.kind == "crossing"
    assert public.of(found.key) == found


def test_a_zone_is_one_and_an_unknown_key_is_none(pack: CityPack, public: PublicPlaces) -> None:
    zone = public.of(f"zone:{pack.zones[0].id}")
    assert zone is not None
    assert (zone.kind, zone.zone) == ("zone", pack.zones[0].id)
    assert public.of("address:1 Bridge Road") is None
