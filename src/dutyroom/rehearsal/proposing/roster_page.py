"""A roster to hang up: a page of crew by day; and a CSV to be read again."""

import csv
import datetime as dt
import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from dutyroom.core.text import Language, Text, counted
from dutyroom.rehearsal.comparing.page import NO_NAMES, Page
from dutyroom.rehearsal.optimise.roster_rules import burden
from dutyroom.rehearsal.optimise.roster_task import CrewMember, RosterShift, is_weekend
from dutyroom.rehearsal.proposing.crew_file import COLUMNS, Crew
from dutyroom.rehearsal.proposing.rosters import Rostered

STYLE: Final = """
body { max-width: none }
.roster { font-size: .8125rem; margin-bottom: 1rem }
.roster th, .roster td { text-align: center; padding: .15rem }
.roster th:first-child, .roster td:first-child { text-align: left; white-space: nowrap }
.roster .end { background: #f1f3f5 } .roster td small { display: block }
.roster .on { background: #dcebfa; color: #12395c } .roster .night { background: #1f3350;
  color: #fff; print-color-adjust: exact } .roster .night small { color: #dfe7f1 }
.roster .off { color: #667 }
@media print { @page { size: A4 landscape } .roster { font-size: .85rem }
  .roster tr { break-inside: avoid } }
"""
ACROSS: Final = 14
"""So many days stand beside each other: more can't be read on A4 across."""
DAYS: Final = tuple(
    Text(en, f"周{zh}")
    for en, zh in zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), "一二三四五六日", strict=True)
)


def write_csv(file: Path, crew: Crew, made: Sequence[Rostered]) -> None:
    """A line per crew member and shift, by date. It may be named as ``last`` or ``today`` of the
    next crew file."""
    rows = sorted(
        (_date(crew, seat.day).isoformat(), one.task.shifts[seat.shift].name, seat.member,
         seat.unit)
        for one in made
        for seat in one.seats
    )  # fmt: skip
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])


def roster_page(
    crew: Crew,
    made: Sequence[Rostered],
    language: Language = "en",
    agencies: Mapping[str, Text] = NO_NAMES,
) -> str:
    """The page; ``agencies`` are their names where there are some. Per agency the roster, what
    each crew member has of nights, weekends and hours, and the shifts without crew."""
    page = Page(language)
    title = Text("Roster", "勤务表")
    last = _date(crew, 7 * crew.weeks - 1)
    parts = [f"<h1>{page.say(title)} {crew.starts} – {last}</h1>"]
    for one in made:
        if one.agency:
            parts.append(f"<h2>{page.name(one.agency, agencies)}</h2>")
        days = range(one.task.days)
        grids = [_grid(page, crew, one, days[at : at + ACROSS]) for at in days[::ACROSS]]
        parts += [_lacking(page, crew, one), *grids, _burdens(page, one)]
    return page.whole(f"{page.say(title)} {crew.starts}", parts, STYLE)


def _date(crew: Crew, day: int) -> dt.date:
    return crew.starts + dt.timedelta(days=day)


def _grid(page: Page, crew: Crew, one: Rostered, days: range) -> str:
    seats = {(seat.member, seat.day): seat for seat in one.seats}
    worked = {(turn.member, turn.day): one.task.shifts[turn.shift] for turn in one.found.turns}
    heads = "".join(
        f'<th class="{"end" if is_weekend(day) else ""}">{page.say(DAYS[day % 7])}'
        f"<br>{_date(crew, day).day}</th>"
        for day in days
    )
    rows = []
    for at, member in enumerate(one.task.members):
        cells = []
        for day in days:
            seat = seats.get((member.id, day))
            cells.append(_cell(page, member, day, worked.get((at, day)), seat.unit if seat else ""))
        rows.append(f"<tr><td>{html.escape(member.id)}</td>{''.join(cells)}</tr>")
    return (
        f'<table class="roster"><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _cell(page: Page, member: CrewMember, day: int, shift: RosterShift | None, unit: str) -> str:
    end = " end" if is_weekend(day) else ""
    if shift is not None:
        kind = "night" if shift.night else "on"
        where = html.escape(unit) if unit else page.say(Text("reserve", "备勤"))
        return f'<td class="{kind}">{shift.name.replace("-", "–")}<small>{where}</small></td>'
    if day in member.leave:
        return f'<td class="off{end}">{page.say(Text("leave", "休假"))}</td>'
    return f'<td class="off{end}"></td>'


def _burdens(page: Page, one: Rostered) -> str:
    task, now = one.task, burden(one.task, one.found.turns)
    before = burden(task, task.today or ())
    rows = []
    for at, member in enumerate(task.members):
        minutes = sum(
            task.shifts[turn.shift].length_min for turn in one.found.turns if turn.member == at
        )
        figures = [
            f"{new[at]}" if task.today is None else f"{new[at]} <small>({old[at]})</small>"
            for new, old in (
                (now.shifts, before.shifts),
                (now.nights, before.nights),
                (now.weekends, before.weekends),
                (now.wishes, before.wishes),
            )
        ]
        cells = "".join(f"<td>{figure}</td>" for figure in [*figures, f"{minutes / 60:g}"])
        rows.append(f"<tr><td>{html.escape(member.id)}</td>{cells}</tr>")
    heads = (
        Text("Crew", "班组"), Text("Shifts", "班次"), Text("Nights", "夜班"),
        Text("At weekends", "周末班"), Text("Wishes not met, weight", "未满足的意愿（权重）"),
        Text("Hours", "小时"),
    )  # fmt: skip
    note = Text("In brackets: the roster of today", "括号内为现行勤务表")
    said = f"<p><small>{page.say(note)}</small></p>" if task.today is not None else ""
    return page.table(heads, rows) + said


def _lacking(page: Page, crew: Crew, one: Rostered) -> str:
    if not one.uncrewed:
        return f"<p>{page.say(Text('Every shift is crewed.', '各班次均已排满。'))}</p>"
    text = Text(
        f"{counted(len(one.uncrewed), 'shift')} without crew: the units stay at home.",
        f"{len(one.uncrewed)} 个班次没有班组：相应处警单元不上勤。",
    )
    rows = [
        f"<tr><td>{_date(crew, lack.day)}</td><td>{one.task.shifts[lack.shift].name}</td>"
        f"<td>{html.escape(lack.unit)}</td></tr>"
        for lack in one.uncrewed
    ]
    heads = (Text("Date", "日期"), Text("Shift", "班次"), Text("Unit", "处警单元"))
    return f'<p class="warn">{page.say(text)}</p>{page.table(heads, rows)}'
