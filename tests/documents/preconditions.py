"""What blocks of the documentation name as their precondition: each puts something into the folder
where a page's commands are run."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from tests.documents.blocks import ROOT
from tests.harness.terminal import Terminal

FRIDAY: Final = 4
DATA: Final = ROOT.parent / "shared" / "data"


def _recorded(person: Terminal, folder: str, *names: str) -> None:
    """Real recorded data from beside the checkout, under the names that the page uses."""
    if not (DATA / folder).is_dir():
        pytest.skip("no ../shared/data here: blocks on real recorded data are skipped")
    for name in names:
        link = person.folder / name
        if not link.exists():
            link.symlink_to(DATA / folder / name)


def week(person: Terminal) -> None:
    """San Francisco's week and 48 hours, stations, outlines."""
    _recorded(
        person, "sffd_2018", "sffd_week_20180115_0121.csv.gz", "sffd_48h_20180116_0117.csv.gz",
        "sf_fire_stations.csv", "sf_analysis_neighborhoods_simplified.geojson.gz",
    )  # fmt: skip


def san_jose(person: Terminal) -> None:
    """San José's 17 days and its stations."""
    _recorded(person, "sanjose_2015", "sj_20150101_0117.csv.gz", "stations.csv")


def city(person: Terminal) -> None:
    """A city pack in `CITY`, adopted."""
    if not (person.folder / "CITY").is_dir():
        person.must("dutyroom pack generate CITY --nodes 800 --units 20")
        person.must("dutyroom pack adopt CITY")


def dataset(person: Terminal) -> None:
    """The dataset `sf-fire`, with its pack."""
    week(person)
    if not (person.home / "datasets" / "sf-fire" / "pack").is_dir():
        person.must("dutyroom calls import sffd_week_20180115_0121.csv.gz --contract sf-fire")
        person.must(
            "dutyroom pack from-dataset sf-fire --stations sf_fire_stations.csv "
            "--outlines sf_analysis_neighborhoods_simplified.geojson.gz"
        )


def past(person: Terminal) -> None:
    """A room with the last Friday night and the four nights before it in its journal."""
    over = _now() - timedelta(days=1, hours=6)  # a night that began before this is over
    _nights(person, over.date() - timedelta(days=(over.weekday() - FRIDAY) % 7))


def november(person: Terminal) -> None:
    """A room with the night of 20 November 2026, which the page names, and four before it."""
    friday = date(2026, 11, 20)
    if _now().date() <= friday + timedelta(days=1):
        pytest.skip("the night that the page names is still to come")
    _nights(person, friday)


def _now() -> datetime:
    """On the clocks of the made-up city."""
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def _nights(person: Terminal, last: date) -> None:
    if not (person.folder / "past").is_dir():
        person.must("dutyroom pack generate past --nodes 800 --units 20")
        person.must("dutyroom pack adopt past")
    nights = " ".join((last - timedelta(days=back)).isoformat() for back in range(5))
    person.must(f"python {Path(__file__).with_name('fill_journal.py')} {nights}")


def today(person: Terminal) -> None:
    """A scenario `today.json` of a town in which every proposal finds something."""
    from tests.cli.town import write_town

    write_town(person.folder)


def crew(person: Terminal) -> None:
    """A crew file for the shifts that `propose staffing` makes of `today`."""
    person.must("dutyroom rehearse propose staffing today.json --out staffing --late 0.6")
    members: list[Any] = [{"id": f"o{n}", "agency": "police"} for n in range(12)]
    given = {"starts": "2026-12-07", "weeks": 1, "crew": members}
    (person.folder / "crew.json").write_text(json.dumps(given), encoding="utf-8")


PRECONDITIONS: Final[Mapping[str, Callable[[Terminal], None]]] = {
    "week": week,
    "san-jose": san_jose,
    "city": city,
    "dataset": dataset,
    "past": past,
    "november": november,
    "today": today,
    "crew": crew,
}
