"""What was promised by a calendar, once: marked where its holidays were not announced, and named
when another pack would have it at another time."""

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from tests.api.test_callbacks import concluded
from tests.harness.rooms import DISPATCHER, TestRoom
from tests.harness.stations import Stations

from dutyroom.actions.adopting import adopt
from dutyroom.actions.clock import now_ms
from dutyroom.citypack import read_pack
from dutyroom.cli.main import main
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.matters.commands import (
    ConcludeMatter,
    HoldMediation,
    OpenMatter,
    PlanMediation,
    TakeMatter,
)
from dutyroom.projections.promised import promised_deadlines

pytestmark = pytest.mark.db
CALENDARS = ("office", "daylight")
COLUMNS = ("calendar", "date", "kind", "name_en", "name_zh", "citation", "announced")


def pack_with(city: Path, at: Path, days: dict[date, bool]) -> Path:
    """A copy of the city whose calendars have these holidays, announced or not; cases are decided
    within working days."""
    shutil.copytree(city, at)
    loop = json.loads((at / "loop.json").read_text(encoding="utf-8"))
    loop["matters"]["case"] = {"within": {"working_day": 5}, "calendar": "office"}
    (at / "loop.json").write_text(json.dumps(loop), encoding="utf-8")
    with (at / "holidays.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for day, announced in days.items():
            said = "yes" if announced else "no"
            lines.writerows((one, day, "holiday", "Rest", "休息", "", said) for one in CALENDARS)
    return at


@pytest.fixture
def packs(city: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Before the notice of this year, and after it: whoever counts from today has days off."""
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    off = {today + timedelta(days=one): True for one in range(-1, 5)}
    ahead = {date(today.year + 1, 12, 31): True}
    before = pack_with(city, tmp_path / "before", {date(today.year - 1, 1, 1): True})
    return before, pack_with(city, tmp_path / "after", off | ahead)


@pytest.fixture
def owed(room: TestRoom, packs: tuple[Path, Path]) -> Callable[[], dict[str, dict[str, object]]]:
    """One of each, begun before the notice; how they stand: provisional, and when due."""
    adopt(packs[0])
    stations = Stations(room)
    kinds = room.room.pack.loop.matters.kinds
    stations.incident = room.open_incident(category=kinds[0].categories[0])
    again, case, mediation, request = (room.id() for _ in range(4))
    for matter in (again, case):
        what = OpenMatter(matter, stations.incident, kinds[0].code, stations.north, "A leak")
        room.done(DISPATCHER, what)
        room.done(stations.officer, TakeMatter(matter))
    at_ms = now_ms() + 60 * 86_400_000
    room.done(stations.officer, PlanMediation(again, mediation, at_ms, "At the committee"))
    room.done(stations.officer, HoldMediation(again, mediation, "again", "One side signed"))
    room.done(stations.officer, ConcludeMatter(case, "mediation_failed", "Nobody gave in"))
    call = concluded(room)
    desk = next(one for one in room.room.pack.desks if not one.calendar.always_open)
    asked = AskDesk(
        request, stations.incident, desk.code, desk.offers[0].code, "From above", queue=True
    )
    room.done(DISPATCHER, asked)

    def stand() -> dict[str, dict[str, object]]:
        rows = {
            "again": room.row("matters", again),
            "case": room.row("matters", case),
            "call_back": room.row("call_backs", call),
            "accept": room.row("desk_requests", request),
        }
        return {
            code: {
                "provisional": row["provisional"],
                "due_ms": row["accept_by_ms"] if code == "accept" else row["due_ms"],
            }
            for code, row in rows.items()
        }

    return stand


def test_what_counts_days_that_nobody_has_announced_says_so(
    room: TestRoom, owed: Callable[[], dict[str, dict[str, object]]]
) -> None:
    assert {code: one["provisional"] for code, one in owed().items()} == dict.fromkeys(
        ("again", "case", "call_back", "accept"), True
    )
    assert list(promised_deadlines(room.room.pack)) == []


def test_a_notice_names_what_it_would_have_at_another_time_and_leaves_it_as_promised(
    room: TestRoom,
    packs: tuple[Path, Path],
    owed: Callable[[], dict[str, dict[str, object]]],
) -> None:
    before = owed()
    said = list(promised_deadlines(read_pack(packs[1])))
    assert {one.clock: one.before_ms for one in said} == {
        code: one["due_ms"] for code, one in before.items()
    }
    assert all(one.stays and (one.after_ms or 0) > one.before_ms for one in said)
    listed = CliRunner().invoke(main, ["pack", "deadlines", str(packs[1])])
    assert "4 deadlines as promised, not by this pack" in listed.output, listed.output
    assert "Next mediation: stays " in listed.output
    adopted = CliRunner().invoke(main, ["pack", "adopt", str(packs[1])])
    assert "4 deadlines as promised, not by this pack" in adopted.output, adopted.output
    assert owed() == before


def test_what_begins_after_the_notice_is_certain(room: TestRoom, packs: tuple[Path, Path]) -> None:
    adopt(packs[1])
    row = room.row("call_backs", concluded(room))
    assert (row["provisional"], row["due_ms"] > now_ms()) == (False, True)
    assert list(promised_deadlines(room.room.pack)) == []


def test_a_pack_without_these_rules_names_nothing(
    room: TestRoom,
    packs: tuple[Path, Path],
    owed: Callable[[], dict[str, dict[str, object]]],
) -> None:
    loop = json.loads((packs[1] / "loop.json").read_text(encoding="utf-8"))
    for key in ("again", "case"):
        del loop["matters"][key]
    del loop["call_backs"]
    (packs[1] / "loop.json").write_text(json.dumps(loop), encoding="utf-8")
    desks = json.loads((packs[1] / "desks.json").read_text(encoding="utf-8"))
    desks["desks"] = [one for one in desks["desks"] if "calendar" not in one]
    (packs[1] / "desks.json").write_text(json.dumps(desks), encoding="utf-8")
    assert list(promised_deadlines(read_pack(packs[1]))) == []
