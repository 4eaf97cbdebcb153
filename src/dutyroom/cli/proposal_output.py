"""What a proposal comes to, on the terminal and as files: the gain, and who loses."""

import csv
import json
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dutyroom.core.spreadsheet import as_text
from dutyroom.core.text import Language

if TYPE_CHECKING:
    from dutyroom.rehearsal.comparing.comparison import Comparison
    from dutyroom.rehearsal.comparing.paired import Difference
    from dutyroom.rehearsal.optimise.equity import EquityProposal
    from dutyroom.rehearsal.proposing.proposal import Tried
    from dutyroom.rehearsal.proposing.workload import Group
    from dutyroom.rehearsal.results.figures import Estimate

    type Tables = list[tuple[Group, EquityProposal]]

NAMES_OF: Final = {"mean_s": "the mean response", "late": "the share late"}


def show_tried(tried: "Tried", out: Path, language: Language) -> None:
    """Today beside the proposal: the gain, and who loses; and the same as files, the page in
    ``language``."""
    from dutyroom.rehearsal.comparing.comparison import side_by_side
    from dutyroom.rehearsal.comparing.wording import plus_minus, signed

    beside = side_by_side([tried.today, tried.proposed])
    differences = beside.others[0].differences
    written = _write(tried, beside, out, language)  # before anything is printed: see ``learn``
    for said in tried.proposal.says:
        click.echo(said)
    if tried.proposed.overloaded:
        click.echo(
            f"overloaded: {tried.proposed.overloaded.en}. Its figures mean nothing", err=True
        )
    else:
        _print(differences)
    for loser in tried.losers:
        change = plus_minus(loser.change_s, "s", signed)
        click.echo(f"loses: {loser.dimension} {loser.name}, 90th percentile {change}")
    if not tried.losers and not tried.proposed.overloaded:
        click.echo("nobody loses beyond doubt (areas, stations, agencies)")
    click.echo(_verdict(differences))
    click.echo("written: " + ", ".join(map(str, written)))


def _write(tried: "Tried", beside: "Comparison", out: Path, language: Language) -> list[Path]:
    from dutyroom.rehearsal.comparing.clairvoyant import bound
    from dutyroom.rehearsal.comparing.figures_table import write_figures
    from dutyroom.rehearsal.comparing.report import report
    from dutyroom.rehearsal.proposing.proposal import TITLES

    differences = beside.others[0].differences
    page, found = out / "report.html", out / "figures.json"
    title = TITLES[tried.proposal.name].said(language)
    named = beside.named([tried.today.scenario.name, title])
    shown = report(named, [bound(one) for one in beside.rehearsed], language)
    page.write_text(shown, encoding="utf-8")
    content = {
        "changes": list(tried.proposal.changes),
        "says": list(tried.proposal.says),
        "differences": {d.measure.name: d.difference.as_json() for d in differences},
        "losers": [
            {"dimension": one.dimension, "name": one.name, "p90_s": one.change_s.as_json()}
            for one in tried.losers
        ],
    }
    found.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return [tried.file, page, found, write_figures(out / "figures.csv", beside)]


def _print(differences: "Sequence[Difference]") -> None:
    from rich.console import Console
    from rich.table import Table

    from dutyroom.rehearsal.comparing.wording import NAMES, number, plus_minus

    table = Table(show_edge=False)
    for head in ("", "today", "proposed", "difference", ""):
        table.add_column(head, justify="left" if not head else "right")
    for one in differences:
        unit = one.measure.unit
        verdict = {"better": "better", "worse": "WORSE"}.get(one.verdict, "")
        table.add_row(
            NAMES[one.measure.name].en,
            number(one.first.mean, unit),
            number(one.second.mean, unit),
            plus_minus(one.difference, unit),
            verdict,
        )
    Console().print(table)


def _verdict(differences: "Sequence[Difference]") -> str:
    """Mean and share late, always together: a rule can cut one and raise the other."""
    by_name = {one.measure.name: one for one in differences}
    surely = {
        name: (by_name[name].difference.mean < 0) if by_name[name].sure else None
        for name in ("mean_s", "late")
    }
    worse = [NAMES_OF[name] for name, better in surely.items() if better is False]
    better = [NAMES_OF[name] for name, good in surely.items() if good]
    if worse and better:
        return f"{' and '.join(better)} gets better, {' and '.join(worse)} worse: weigh them"
    if worse:
        return f"the rehearsal speaks against it: {' and '.join(worse)} gets worse"
    if better:
        return f"the rehearsal speaks for it: {' and '.join(better)} gets better"
    return "the rehearsal finds no difference in the mean response or the share late"


STATION_COLUMNS: Final = (
    ("Units", "处警单元类型"),
    ("Station", "站点编号"),
    ("Name", "名称（英文）"),
    ("Name in Chinese", "名称"),
    ("Work, unit-hours a day", "工作量（处警单元小时/天）"),
    ("Units today", "现有处警单元"),
    ("Units proposed", "建议处警单元"),
    ("Change", "增减"),
    ("Hours per unit and day, today", "处警单元日均小时（现状）"),
    ("Hours per unit and day, proposed", "处警单元日均小时（建议）"),
    (
        "Response of its units, 90th percentile, rehearsed today (s)",
        "处警单元响应时间 90 分位，现状推演（秒）",
    ),
    (
        "Response of its units, 90th percentile, rehearsed proposed (s)",
        "处警单元响应时间 90 分位，建议推演（秒）",
    ),
    ("Decision", "决定"),
)
"""Of stations.csv. No promise to programs: it is opened in a spreadsheet and decided upon."""


def export_stations(file: Path, tables: "Tables", tried: "Tried") -> None:
    """A line per station, with room for the decision."""
    from dutyroom.rehearsal.comparing.paired import by_value

    before, after = (by_value(one, "station", "p90_s") for one in (tried.today, tried.proposed))
    scenario = tried.today.scenario
    # A station in several places is in the table by its points.
    station_at = {scenario.geography.ids[unit.base]: unit.station for unit in scenario.units}
    names = scenario.names.get("station", {})
    agencies = scenario.names.get("agency", {})
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        write = csv.writer(stream).writerow
        write([f"{en} {zh}" for en, zh in STATION_COLUMNS])
        for group, found in tables:
            agency = agencies.get(group.agency)
            label = f"{agency.en} {agency.zh}" if agency else group.agency
            label += group.name.removeprefix(group.agency)  # what they can do, where that matters
            for row in found.rows:
                sole = row.station in names or row.station in before
                key = row.station if sole else station_at.get(row.station, row.station)
                name = names.get(key)
                write(
                    [
                        as_text(label),
                        as_text(row.station),
                        as_text(name.en if name else ""),
                        as_text(name.zh if name else ""),
                        f"{row.work:.2f}",
                        row.today,
                        row.proposed,
                        row.change,
                        f"{row.measure_today:.2f}",
                        f"{row.measure_proposed:.2f}",
                        *(_seconds(table.get(key)) for table in (before, after)),
                        "",
                    ]
                )


def _seconds(found: "Estimate | None") -> str:
    return "" if found is None or isnan(found.mean) else f"{found.mean:.0f}"
