"""Public holidays of a country from the libraries that know them, as rows of holidays.csv.

China's days off and make-up days are announced year by year: `chinesecalendar` has what was, and
for later years `holidays` has what the law says without make-up days, which is not announced.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dutyroom.core.text import Text

CHINA: Final = "CN"
_NOTICES: Final[Mapping[int, str]] = {
    2026: "State Council General Office notice 7 of 2025 / 国办发明电〔2025〕7号",
}
"""What announced China's days of a year, where we know it."""
_WHOLE: Final = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
_ESTIMATED: Final = re.compile(r"\s*\((?:estimated|估计)\)|（(?:估计|预估|推测)）")

type Kind = Literal["holiday", "make_up"]


class NoSuchCountry(Exception):
    """The libraries have no holidays of a country, or of its part."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that isn't as its weekday. ``announced``: it is certain."""

    day: date
    kind: Kind
    name: Text
    citation: str
    announced: bool

    def row(self, calendar: str) -> tuple[str, ...]:
        """Its row of holidays.csv."""
        return (
            calendar,
            self.day.isoformat(),
            self.kind,
            self.name.en,
            self.name.zh,
            self.citation,
            "yes" if self.announced else "no",
        )


def public_days(country: str, part: str | None, years: Sequence[int]) -> tuple[Day, ...]:
    """The days of some years in order. NoSuchCountry, ModuleNotFoundError without the extra."""
    found: list[Day] = []
    for year in years:
        announced = _of_china(year) if country == CHINA else ()
        found += announced or _by_law(country, part, year)
    return tuple(sorted(found, key=lambda one: one.day))


def doubtful_years(days: Iterable[Day]) -> tuple[int, ...]:
    """The years with a day that hasn't been announced."""
    return tuple(sorted({one.day.year for one in days if not one.announced}))


def _of_china(year: int) -> tuple[Day, ...]:
    import chinese_calendar

    citation = _NOTICES.get(year, "")
    names = {one.value: _WHOLE.get(one.chinese, one.chinese) for one in chinese_calendar.Holiday}
    off = [
        Day(day, "holiday", Text(name, names[name]), citation, announced=True)
        for day, name in chinese_calendar.holidays.items()
        if day.year == year
    ]
    worked = [
        Day(day, "make_up", Text(f"{name} (make-up)", f"{names[name]}调休上班"), citation, True)
        for day, name in chinese_calendar.workdays.items()
        if day.year == year
    ]
    return (*off, *worked)


def _by_law(country: str, part: str | None, year: int) -> tuple[Day, ...]:
    """Names are in both languages where the library has them, else as the country's own twice."""
    import holidays

    try:
        usual = holidays.country_holidays(country, subdiv=part, years=year)
    except NotImplementedError as error:
        raise NoSuchCountry(f"no holidays are known of {country} {part or ''}".strip()) from error
    known = usual.supported_languages
    english = next((one for one in known if one.startswith("en")), None)
    chinese = "zh_CN" if "zh_CN" in known else english
    in_english = holidays.country_holidays(country, subdiv=part, years=year, language=english)
    in_chinese = holidays.country_holidays(country, subdiv=part, years=year, language=chinese)
    certain = country != CHINA
    return tuple(
        Day(
            day,
            "holiday",
            Text(_ESTIMATED.sub("", name), _ESTIMATED.sub("", in_chinese.get(day, name))),
            "",
            announced=certain and not _ESTIMATED.search(name),
        )
        for day, name in sorted(in_english.items())
    )
