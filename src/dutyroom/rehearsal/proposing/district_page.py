"""Districts to look at: a map of today's and the proposed ones, work by station, and what changes
hands."""

import html
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np

from dutyroom.core.text import Text
from dutyroom.rehearsal.comparing.plots import COLOURS, STYLE, kilometres, new_figure, svg
from dutyroom.rehearsal.comparing.report import both, figure, page, table
from dutyroom.rehearsal.proposing.districts import AgencyDistricts
from dutyroom.rehearsal.scenario.model import Geography


def district_page(geography: Geography, made: Sequence[AgencyDistricts]) -> str:
    """The page, in both languages."""
    title = Text("Districts", "责任区")
    parts = [f"<h1>{both(title)}</h1>"]
    for one in made:
        if one.title:
            parts.append(f"<h2>{html.escape(one.title)}</h2>")
        parts += [
            figure(
                _map(geography, one, one.task.today or one.found.station_of),
                Text("Today. Squares are stations", "现状。方块为站点"),
            ),
            figure(
                _map(geography, one, one.found.station_of, changed=True),
                Text("Proposed. Rings: changes hands", "建议。圆圈：划归变动"),
            ),
            _work(one),
            _changes(one),
        ]
    return page(f"{title.en} {title.zh}", parts)


def _map(
    geography: Geography, one: AgencyDistricts, owner: Sequence[int], *, changed: bool = False
) -> str:
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
        axes.set_aspect("equal")
        axes.set_xlabel("km")
        axes.set_ylabel("km")
        return svg(drawing)


def _work(one: AgencyDistricts) -> str:
    """Work by station, and how far off its share."""
    task = one.task
    today = task.loads(np.array(task.today)) if task.today else np.array(one.found.loads)
    proposed = np.array(one.found.loads)
    rows = []
    for district, target in enumerate(task.target):
        cells = "".join(
            f"<td>{load[district]:.1f}</td><td>{load[district] / target - 1:+.0%}</td>"
            for load in (today, proposed)
        )
        rows.append(
            f"<tr><td>{html.escape(one.name(district))}</td><td>{target:.1f}</td>{cells}</tr>"
        )
    heads = (
        Text("Station", "站点"),
        Text("Share by its units, unit-hours a day", "按处警单元数应承担（处警单元小时/天）"),
        Text("Work today", "现承担"), Text("off by", "偏差"),
        Text("Work proposed", "建议承担"), Text("off by", "偏差"),
    )  # fmt: skip
    return table(heads, rows)


def _changes(one: AgencyDistricts) -> str:
    if not one.found.changes:
        nothing = Text("No area changes hands.", "没有辖区划归变动。")
        return f"<p>{both(nothing)}</p>"
    rows = [
        f"<tr><td>{html.escape(one.zones[change.zone])}</td>"
        f"<td>{html.escape(one.name(change.today))}</td>"
        f"<td>{html.escape(one.name(change.proposed))}</td></tr>"
        for change in one.found.changes
    ]
    heads = (Text("Area", "辖区"), Text("Today", "现状"), Text("Proposed", "建议"))
    return table(heads, rows)
