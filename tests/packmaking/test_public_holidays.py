"""holidays.csv made from the libraries that know public holidays."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dutyroom.citypack import generate_city, read_pack
from dutyroom.citypack.read_calendars import FILE
from dutyroom.cli.main import main
from dutyroom.core.text import Text
from dutyroom.packmaking.holiday_rows import put, rows_of_pack
from dutyroom.packmaking.public_holidays import (
    Day,
    NoSuchCountry,
    doubtful_years,
    public_days,
)

pytestmark = pytest.mark.unit


@pytest.fixture
def city(tmp_path: Path) -> Path:
    generate_city(tmp_path / "city", nodes=800, units=20)
    return tmp_path / "city"


def ask(city: Path, *options: str, said: str = "") -> Result:
    return CliRunner().invoke(main, ["pack", "holidays", str(city), *options], input=said)


CHINA = ("--calendar", "office", "--country", "CN")


def test_china_in_2026_has_its_days_off_and_its_make_up_days() -> None:
    days = public_days("CN", None, [2026])
    assert Counter(one.kind for one in days) == {"holiday": 33, "make_up": 6}
    by_day = {one.day: one for one in days}
    assert by_day[date(2026, 10, 10)] == Day(
        date(2026, 10, 10),
        "make_up",
        Text("National Day (make-up)", "国庆节调休上班"),
        "State Council General Office notice 7 of 2025 / 国办发明电〔2025〕7号",
        announced=True,
    )
    assert by_day[date(2026, 6, 19)].name.zh == "端午节"
    assert doubtful_years(days) == ()


def test_a_year_that_china_has_not_announced_is_doubtful() -> None:
    days = public_days("CN", None, [2026, 2098])
    assert doubtful_years(days) == (2098,)
    assert [one.day for one in days] == sorted(one.day for one in days)


def test_other_countries_have_theirs_by_law_and_by_part() -> None:
    days = {one.day: one.name.en for one in public_days("GB", "SCT", [2026])}
    assert "Andrew" in days[date(2026, 11, 30)]
    assert date(2026, 11, 30) not in {one.day for one in public_days("GB", "ENG", [2026])}


def test_what_is_only_estimated_is_doubtful() -> None:
    days = public_days("TR", None, [2035])
    assert doubtful_years(days) == (2035,)
    assert any(one.announced for one in days)
    assert not any("estimated" in one.name.en for one in days)


@pytest.mark.parametrize(("country", "part"), [("XX", None), ("GB", "ZZ")])
def test_a_country_without_any_is_named(country: str, part: str | None) -> None:
    with pytest.raises(NoSuchCountry, match=country):
        public_days(country, part, [2026])


def test_only_the_calendars_rows_of_the_years_are_replaced() -> None:
    def row(calendar: str, day: str, name: str = "Fair", announced: str = "yes") -> tuple[str, ...]:
        return calendar, day, "holiday", name, "庙会", "", announced

    old = [row("office", "2026-05-02"), row("office", "2027-05-01", announced="no"),
           row("office", "2027-05-03"), row("shop", "2027-05-01")]  # fmt: skip
    days = [Day(date(2027, 5, number), "holiday", Text("Fair", "庙会"), "", announced=True)
            for number in (1, 2)]  # fmt: skip
    made = put(old, "office", [2027], days)
    assert made.rows == (
        row("office", "2026-05-02"), row("office", "2027-05-01"), row("office", "2027-05-02"),
        row("shop", "2027-05-01"),
    )  # fmt: skip
    assert [str(one) for one in made.changes] == [
        "~ 2027-05-01 holiday Fair / 庙会, provisional -> holiday Fair / 庙会",
        "+ 2027-05-02 holiday Fair / 庙会",
        "- 2027-05-03 holiday Fair / 庙会",
    ]
    assert put(made.rows, "office", [2027], days).changes == ()


def test_the_demo_citys_holidays_are_those_of_the_command(city: Path) -> None:
    done = ask(city, *CHINA, "--years", "2026-2027")
    assert done.exit_code == 0, done.output
    assert "nothing changes" in done.output
    assert "2027: not announced yet" in done.output


def test_what_changes_is_shown_and_written_only_when_confirmed(city: Path) -> None:
    before = (city / FILE).read_bytes()
    done = ask(city, *CHINA, "--years", "2028", said="n\n")
    assert done.exit_code == 1
    assert "+ 2028-10-01 holiday" in done.output
    assert (city / FILE).read_bytes() == before
    assert ask(city, *CHINA, "--years", "2028", said="y\n").exit_code == 0
    assert len(rows_of_pack(city)) > before.count(b"\n")
    assert read_pack(city).loop.calendar("office").announced_until == date(2026, 12, 31)


def test_a_year_of_which_nothing_is_known_is_said(city: Path) -> None:
    done = ask(city, "--calendar", "office", "--country", "XK", "--years", "1999", "--yes")
    assert "1999: no day is known" in done.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--calendar", "shop", "--country", "CN", "--years", "2026"), "there are office"),
        (("--calendar", "always", "--country", "CN", "--years", "2026"), "there are office"),
        (("--calendar", "office", "--country", "XX", "--years", "2026"), "no holidays are known"),
        ((*CHINA, "--years", "2028-2026"), "such as 2026-2028"),
        ((*CHINA, "--years", "soon"), "such as 2026-2028"),
    ],
)
def test_what_can_not_be_done_is_said_with_what_can(
    city: Path, options: tuple[str, ...], said: str
) -> None:
    before = (city / FILE).read_bytes()
    done = ask(city, *options)
    assert done.exit_code == 2
    assert said in done.output
    assert (city / FILE).read_bytes() == before
