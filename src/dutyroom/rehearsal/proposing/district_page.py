"""Districts to look at: a map of today's and the proposed ones, work by station, and what changes
hands."""

import html
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np

from dutyroom.core.text import Language, Text
from dutyroom.rehearsal.comparing.page import NO_NAMES, Page
from dutyroom.rehearsal.comparing.plots import (
    COLOURS,
    STYLE,
    in_kilometres,
    kilometres,
    new_figure,
    svg,
)
from dutyroom.rehearsal.comparing.wording import PERCENT
from dutyroom.rehearsal.proposing.districts import AgencyDistricts
from dutyroom.rehearsal.scenario.model import Scenario


def district_page(
    scenario: Scenario, made: Sequence[AgencyDistricts], language: Language = "en"
) -> str:
    """The page."""
    page, names = Page(language), scenario.names
    areas, agencies = (names.get(kind, NO_NAMES) for kind in ("area", "agency"))
    title = Text("Districts", "责任区")
    parts = [f"<h1>{page.say(title)}</h1>"]
    for one in made:
        named = _named(page, scenario, one)
        if one.title:
            listed = Text(", ", "、").said(language)
            titles = listed.join(page.name(agency, agencies) for agency in one.agencies)
            parts.append(f"<h2>{titles}</h2>")
        parts += [
            page.drawing(
                _map(page, scenario, one, one.task.today or one.found.station_of),
                Text("Today. Squares are stations", "现状。方块为站点"),
            ),
            page.drawing(
                _map(page, scenario, one, one.found.station_of, changed=True),
                Text("Proposed. Rings: changes hands", "建议。圆圈：划归变动"),
            ),
            _work(page, one, named),
            _changes(page, one, areas, named),
        ]
    return page.whole(page.say(title), parts)


def _map(
    page: Page,
    scenario: Scenario,
    one: AgencyDistricts,
    owner: Sequence[int],
    *,
    changed: bool = False,
) -> str:
    geography = scenario.geography
    zone_of = np.array([one.zones.index(zone) for zone in geography.zone])
    of = np.array(owner)[zone_of]
    x_km, y_km = kilometres(geography)
    with mpl.rc_context(STYLE):
        drawing, axes = new_figure(6.4, 4.8)
        colours = [COLOURS[district % len(COLOURS)] for district in of]
        axes.scatter(x_km, y_km, c=colours, s=12, linewidths=0)
        if changed:
            moved = np.isin(zone_of, [change.zone for change in one.found.changes])
            axes.scatter(
                x_km[moved], y_km[moved], s=34, facecolors="none", edgecolors="#222222",
                linewidths=0.8,
            )  # fmt: skip
        for district in range(len(one.stations)):
            home = zone_of == one.task.homes[district]
            spot = (float(x_km[home].mean()), float(y_km[home].mean()))
            axes.plot(*spot, "s", color="#222222", ms=6, markeredgecolor="white")
            axes.annotate(
                one.name(district), spot, xytext=(5, 4), textcoords="offset points",
                bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.8},
            )  # fmt: skip
        in_kilometres(axes, page.language)
        return svg(drawing)


def _named(page: Page, scenario: Scenario, one: AgencyDistricts) -> list[str]:
    """What people call the districts, with the ids that stand on the map."""
    names, listed = scenario.names.get("station", NO_NAMES), Text(", ", "、").said(page.language)
    found = []
    for district, stations in enumerate(one.stations):
        said = listed.join(names.get(key, Text(key, key)).said(page.language) for key in stations)
        of_map = one.name(district)
        ids = Text(f" ({of_map})", f"（{of_map}）").said(page.language)
        found.append(said + ids if any(key in names for key in stations) else of_map)
    return found


def _work(page: Page, one: AgencyDistricts, named: Sequence[str]) -> str:
    """Work by station, and how far off its share."""
    task = one.task
    today = task.loads(np.array(task.today)) if task.today else np.array(one.found.loads)
    proposed = np.array(one.found.loads)
    percent = PERCENT.said(page.language)
    rows = []
    for district, target in enumerate(task.target):
        cells = "".join(
            f"<td>{work:.1f}</td><td>{100 * (work / target - 1):+.0f}{percent}</td>"
            for work in (today[district], proposed[district])
        )
        rows.append(f"<tr><td>{html.escape(named[district])}</td><td>{target:.1f}</td>{cells}</tr>")
    heads = (
        Text("Station", "站点"),
        Text("Share by its units, unit-hours a day", "按处警单元数应承担（处警单元小时/天）"),
        Text("Work today", "现承担"), Text("off by", "偏差"),
        Text("Work proposed", "建议承担"), Text("off by", "偏差"),
    )  # fmt: skip
    return page.table(heads, rows)


def _changes(
    page: Page, one: AgencyDistricts, areas: Mapping[str, Text], named: Sequence[str]
) -> str:
    if not one.found.changes:
        nothing = Text("No area changes hands.", "没有辖区划归变动。")
        return f"<p>{page.say(nothing)}</p>"
    rows = [
        f"<tr><td>{page.name(one.zones[change.zone], areas)}</td>"
        f"<td>{html.escape(named[change.today])}</td>"
        f"<td>{html.escape(named[change.proposed])}</td></tr>"
        for change in one.found.changes
    ]
    heads = (Text("Area", "辖区"), Text("Today", "现状"), Text("Proposed", "建议"))
    return page.table(heads, rows)
