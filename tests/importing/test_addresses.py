"""Nothing finer than a block, a crossing or a street survives, in any language."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.importing.addresses import LEFT_OUT, REMOVED, to_block

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("5295 SUN VALLEY BL", "5200 Block of SUN VALLEY BL"),
        ("100 MAIN ST APT 4B", "100 Block of MAIN ST"),
        ("APT 4B 100 MAIN ST", ""),
        ("#12 100 MAIN ST", ""),
        ("The Old Vicarage Church Lane", ""),
        ("Rose Cottage Church Lane", ""),
        ("12 Rose Cottage Mill Road", ""),
        ("ROSE COTTAGE LANE", "ROSE COTTAGE LANE"),
        ("MANOR PARK RD", "MANOR PARK RD"),
        ("解放路123号4栋502室", "解放路"),
        ("Hauptstrasse 12", "Hauptstrasse"),
        ("Alte Landstraße 12a", "Alte Landstraße"),
        ("Calle Mayor 12, 3B", "Calle Mayor"),
        ("12 rue de la Paix, 3e étage", "0 Block of rue de la Paix"),
        ("100 MAIN ST; MERCY CLINIC RM 12", "100 Block of MAIN ST"),
        ("100B MAIN ST", "100 Block of MAIN ST"),
        ("100 1/2 MAIN ST", "100 Block of MAIN ST"),
        ("100½ MAIN ST", ""),
        ("4743-B MISSION ST", "4700 Block of MISSION ST"),
        ("1056-1060 POTRERO AV", "1000 Block of POTRERO AV"),
        ("1012 Block of CAPP ST", "1000 Block of CAPP ST"),
        ("100 Block of MAIN ST APT 4B", "100 Block of MAIN ST"),
        ("MAIN ST 12", "MAIN ST"),
        ("JOHN SMITH, 100 MAIN ST", ""),
        ("C/O JOHN SMITH", ""),
        ("MERCY CLINIC", ""),
        ("FLAT 3, 10 DOWNING STREET", ""),
        ("MAIN ST/APT 4B", "MAIN ST"),
        ("BAYSIDE DR/GATEVIEW AV, TI", "BAYSIDE DR/GATEVIEW AV"),
        ("CALL BOX: FS YB-BLDG 213", ""),
        ("+86 138 0000 0000", ""),
        ("13800000000", ""),
        ("某某小区4栋502室", ""),
        ("浦东新区张杨路500号3楼", "张杨路"),
        ("上海市浦东新区张杨路", "张杨路"),
        ("ул. Ленина, д. 5, кв. 12", ""),
        ("新宿区西新宿2-8-1", ""),
        ("", ""),
        ("TWELVE MAIN STREET", ""),
        ("Forty Two Oak Lane", ""),
        ("100 B MAIN ST", "100 Block of MAIN ST"),
        ("100 B ST", "100 Block of B ST"),
        ("100, Main St", "100 Block of Main St"),
        ("12, rue de la Paix", "0 Block of rue de la Paix"),
        ("12 bis rue de Rivoli", "0 Block of rue de Rivoli"),
        ("Bahnhofstr. 5", "Bahnhofstr"),
        ("100 BLK MAIN ST", "100 Block of MAIN ST"),
        ("123 BLOCK OF MAIN ST", "100 Block of MAIN ST"),
        ("1234 N BROADWAY", "1200 Block of N BROADWAY"),
        ("MAIN ST & 2ND AV", "MAIN ST/2ND AV"),
        ("MAIN ST AND 2ND AV", "MAIN ST/2ND AV"),
        ("main st at 2nd av", "main st/2nd av"),
        ("MAIN ST & 2ND AV APT 4", "MAIN ST/2ND AV"),
        ("100 MAIN ST & 2ND AV", "100 Block of MAIN ST"),
        ("Calle Mayor casa azul", "Calle Mayor"),
        ("BED FOUR WARD SIX HOSPITAL DRIVE", ""),
        ("CALLER IS ON THE WAY", ""),
        ("HE CANT WALK", ""),
        ("MY MOTHER'S PLACE", ""),
        ("PO BOX 123", ""),
        ("一号院西街", ""),
        ("解放路123弄4号502室", "解放路"),
        ("人民路88号3幢2单元501", "人民路"),
    ],
)
def test_what_is_kept_of_an_address(said: str, kept: str) -> None:
    assert to_block(said)[0] == kept


@pytest.mark.parametrize(
    "said",
    [
        "1000 Block of CAPP ST",
        "200 Block of THE EMBARCADERO",
        "800 Block of AVENUE H",
        "700 Block of LA PLAYA",
        "500 Block of BUENA VISTA AV W",
        "16TH ST/MISSION ST",
        "SANSOME ST/BROADWAY",
        "POINT LOBOS AV/EL CAMINO DEL MAR",
        "PARK LANE CT",
        "ST JOHN AVE",
        "US 101",
        "解放路/人民路",
    ],
)
def test_blocks_crossings_and_streets_are_kept_as_they_are(said: str) -> None:
    assert to_block(said) == (said, ())


def test_what_was_done_is_reported() -> None:
    assert to_block("100 MAIN ST")[1] == (REMOVED,)
    assert to_block("100 MAIN ST APT 4")[1] == (REMOVED, LEFT_OUT)
    assert to_block("Hauptstrasse 12")[1] == (REMOVED,)
    assert to_block("MERCY CLINIC")[1] == (LEFT_OUT,)
    assert to_block("37.7749,-122.4194")[1] == (LEFT_OUT,)
    assert to_block("MAIN ST AND 2ND AV")[1] == ()
    assert to_block("解放路与人民路交叉口") == ("解放路/人民路", ())


DIGITS = re.compile(r"\d+")


@given(
    st.lists(
        st.sampled_from(
            ["100", "12", "4B", "#3", "MAIN", "ST", "AVE", "APT", "ROOM", "SMITH", "号", "室",
             "解放", "路", "Calle", "/", ",", ";", "5TH", "Block of", "3-2", "II", "½"]
        ),
        max_size=9,
    ).map(" ".join)
)  # fmt: skip
def test_no_number_survives_but_a_hundred_of_a_block_or_that_of_a_street(said: str) -> None:
    kept, _ = to_block(said)
    rest = re.sub(r"^\d+00 Block of |^0 Block of ", "", kept)
    assert DIGITS.findall(re.sub(r"\b\d{1,3}(ST|ND|RD|TH)\b", "", rest)) == []
    assert "#" not in kept


@given(st.text(max_size=60))
def test_any_text_whatever_is_cut_the_same_way_twice(said: str) -> None:
    kept, _ = to_block(said)
    assert to_block(kept) == (kept, ())


@pytest.mark.replay
def test_a_recorded_week_keeps_its_blocks_and_crossings(shared_data: Path) -> None:
    with gzip.open(shared_data / "sffd_2018" / "sffd_week_20180115_0121.csv.gz", "rt") as file:
        said = [row["address"] for row in csv.DictReader(file)]
    lost = [one for one in said if one and not to_block(one)[0]]
    strange = {"101 SB Z 10TH Z SVN/CESAR CHAVEZ ST"}  # the way from a motorway
    assert {one for one in lost if not one.startswith("CALL BOX")} == strange
