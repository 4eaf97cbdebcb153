"""The table of whom other deadlines tell, as `dutyroom pack routes` prints it."""

from pathlib import Path

import pytest

from dutyroom.citypack import generate_city, read_pack
from dutyroom.cli.telling_table import NAMES, telling_table
from dutyroom.clocks.telling import TOLD


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("city")
    generate_city(made, nodes=800, units=20, seed=1)
    return made


def test_everything_that_packs_may_speak_of_has_a_name() -> None:
    assert {*NAMES} == {*TOLD}


def test_it_says_who_is_told_when_and_in_which_calendar(folder: Path) -> None:
    pack = read_pack(folder)
    assert (
        "1 working day before: whose it is, station command office"
        "<br>when due: whose it is, station command office"
        "<br>1 working day after: duty supervisor<br>again every 3 working days | Office hours |"
    ) in telling_table(pack, zh=False)
    assert "之后每3个工作日 | 工作时间 |" in telling_table(pack, zh=True)


def test_a_pack_that_speaks_of_none_has_no_table(folder: Path) -> None:
    (folder / "loop.json").unlink()
    for name in ("holidays.csv", "desks.json"):
        (folder / name).unlink(missing_ok=True)
    assert telling_table(read_pack(folder), zh=False) == ""
