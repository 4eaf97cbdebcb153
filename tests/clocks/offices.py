"""Calendars and times of the tests, as people write them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dutyroom.clocks import Calendar, Edition, Length, Pause, Rule, SpecialDay, open_spans
from dutyroom.clocks.rule import Unit
from dutyroom.core.text import Text

SHANGHAI = "Asia/Shanghai"
ZONES = ("America/St_Johns", "Asia/Shanghai", "Australia/Lord_Howe", "Europe/London")
HOURS = ((510, 1050),)
"""08:30 to 17:30."""
WORKDAYS = (HOURS,) * 5 + ((),) * 2
NOTICE = Text("General Office of the State Council, notice 2025/7", "国办发明电〔2025〕7号")


def _days(first: str, last: str, name: Text) -> dict[date, SpecialDay]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return {
        begin + timedelta(days=n): SpecialDay(name, (), NOTICE)
        for n in range((end - begin).days + 1)
    }


NEW_YEAR = Text("New Year's Day", "元旦")
SPRING = Text("Spring Festival", "春节")
TOMBS = Text("Tomb-Sweeping Day", "清明节")
LABOUR = Text("Labour Day", "劳动节")
DRAGON_BOAT = Text("Dragon Boat Festival", "端午节")
MOON = Text("Mid-Autumn Festival", "中秋节")
NATIONAL = Text("National Day", "国庆节")
CHINA_2026 = {
    **_days("2026-01-01", "2026-01-03", NEW_YEAR),
    **_days("2026-02-15", "2026-02-23", SPRING),
    **_days("2026-04-04", "2026-04-06", TOMBS),
    **_days("2026-05-01", "2026-05-05", LABOUR),
    **_days("2026-06-19", "2026-06-21", DRAGON_BOAT),
    **_days("2026-09-25", "2026-09-27", MOON),
    **_days("2026-10-01", "2026-10-07", NATIONAL),
    **{
        date.fromisoformat(day): SpecialDay(
            Text(f"{name.en} (make-up)", f"{name.zh}调休"), HOURS, NOTICE
        )
        for day, name in (
            ("2026-01-04", NEW_YEAR),
            ("2026-02-14", SPRING),
            ("2026-02-28", SPRING),
            ("2026-05-09", LABOUR),
            ("2026-09-20", NATIONAL),
            ("2026-10-10", NATIONAL),
        )
    },
}
OFFICE = Calendar(
    "office",
    Text("Office hours", "工作时间"),
    SHANGHAI,
    WORKDAYS,
    CHINA_2026,
    date(2026, 12, 31),
    Text("Working hours of the bureau", "市局作息规定"),
)


def office(zone: str) -> Calendar:
    """Office hours of a zone without holidays."""
    return Calendar("office", Text("Office", "办公"), zone, WORKDAYS)


def at(when: str, zone: str = SHANGHAI, *, fold: int = 0) -> int:
    """``2026-10-10 17:30`` on the wall, in ms UTC; ``fold`` 1: the second of two."""
    wall = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return round(wall.timestamp() * 1000)


def wall(at_ms: int | None, zone: str = SHANGHAI) -> str:
    """The other way round."""
    assert at_ms is not None
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(zone))
    return moment.strftime("%Y-%m-%d %H:%M" + (":%S.%f" if at_ms % 60_000 else ""))


def pause(first: str, last: str | None, zone: str = SHANGHAI, reason: str = "appraisal") -> Pause:
    return Pause(reason, at(first, zone), None if last is None else at(last, zone))


def rule(count: int, unit: Unit, **more: Any) -> Rule:
    """A rule that says of everything else what it needn't."""
    given: dict[str, Any] = {
        "code": "answer",
        "name": Text("Answer", "答复"),
        "starts": ("incident.opened",),
        "stops": ("incident.closed",),
        "within": Length(count, unit),
        "calendar": "office",
        "edition": Edition(Text("Article 1", "第一条"), date(2026, 1, 1)),
    }
    return Rule(**given | more)


def open_ms(calendar: Calendar, from_ms: int, to_ms: int) -> int:
    return total(open_spans(calendar, from_ms, to_ms))


def total(spans: Iterable[tuple[int, int]]) -> int:
    return sum(end - begin for begin, end in spans)


def is_open(calendar: Calendar, at_ms: int) -> bool:
    """By the wall clock alone, without any arithmetic of ours."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(calendar.zone))
    minute = moment.hour * 60 + moment.minute
    return any(begin <= minute < end for begin, end in calendar.openings(moment.date()))
