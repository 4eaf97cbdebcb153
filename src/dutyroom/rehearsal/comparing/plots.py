"""The plots of a report as SVG: text stays text, so that it prints well and reads in any font."""

import io
import warnings
from collections.abc import Sequence
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from dutyroom.core.text import Language, Text
from dutyroom.rehearsal.comparing.paired import by_value, overall
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.comparing.wording import SECONDS
from dutyroom.rehearsal.scenario.model import Geography

COLOURS = ("#30638e", "#c8553d", "#4f772d", "#7b5e99", "#8a6d3b", "#3a7d7c")
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "dutyroom",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "axes.axisbelow": True,
}
BARS: Final = {
    "mean_s": Text("mean", "均值"),
    "median_s": Text("median", "中位数"),
    "p90_s": Text("p90", "90 分位"),
    "p95_s": Text("p95", "95 分位"),
    "worst_area_p90_s": Text("p90 worst area", "最差辖区 90 分位"),
}
SHADE: Final = Text("90th percentile, s", "90 分位（秒）")
CHANGE: Final = Text("change of the 90th percentile, s", "90 分位变化（秒）")
KILOMETRES: Final = Text("km", "公里")


def hours_plot(done: Sequence[Rehearsed], name: str = "p90_s", *, language: Language = "en") -> str:
    """A figure by the hour of the day, with its confidence band."""
    with mpl.rc_context(STYLE):
        figure, axes = new_figure(7.2, 2.6)
        for number, one in enumerate(done):
            found = by_value(one, "hour", name)
            hours = [int(hour) for hour in found]
            mean = np.array([e.mean for e in found.values()])
            half = np.nan_to_num(np.array([e.half_width for e in found.values()]))
            colour = COLOURS[number % len(COLOURS)]
            axes.plot(hours, mean, color=colour, label=one.scenario.name, marker=".")
            axes.fill_between(hours, mean - half, mean + half, color=colour, alpha=0.15)
        axes.set_xlim(-0.5, 23.5)
        axes.set_ylim(bottom=0)
        axes.set_xticks(range(0, 24, 3), [f"{hour:02}:00" for hour in range(0, 24, 3)])
        axes.set_ylabel(SECONDS.said(language).strip())
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
        return svg(figure)


def measures_plot(done: Sequence[Rehearsed], *, language: Language = "en") -> str:
    """Mean, median and percentiles side by side: a rule can cut one and raise another."""
    names = tuple(BARS)
    labels = [BARS[name].said(language) for name in names]
    with mpl.rc_context(STYLE):
        figure, axes = new_figure(7.2, 2.6)
        width = 0.8 / len(done)
        for number, one in enumerate(done):
            found = [overall(one, name) for name in names]
            at = np.arange(len(names)) + (number - (len(done) - 1) / 2) * width
            axes.bar(
                at,
                [e.mean for e in found],
                width * 0.9,
                yerr=[np.nan_to_num(e.half_width) for e in found],
                color=COLOURS[number % len(COLOURS)],
                label=one.scenario.name,
                ecolor="#333333",
            )
        axes.set_xticks(range(len(names)), labels)
        axes.set_ylabel(SECONDS.said(language).strip())
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
        return svg(figure)


def area_map(done: Rehearsed, base: Rehearsed | None = None, *, language: Language = "en") -> str:
    """Points coloured by their area's 90th percentile, or by its change against a base."""
    geography = done.scenario.geography
    values = {area: e.mean for area, e in by_value(done, "area", "p90_s").items()}
    if base is not None:
        before = {area: e.mean for area, e in by_value(base, "area", "p90_s").items()}
        values = {area: value - before.get(area, np.nan) for area, value in values.items()}
    shade = np.array([values.get(zone, np.nan) for zone in geography.zone])
    x_km, y_km = kilometres(geography)
    with mpl.rc_context(STYLE):
        figure, axes = new_figure(5.2, 4.2)
        most = float(np.nanmax(np.abs(shade))) if np.isfinite(shade).any() else 1.0
        drawn = axes.scatter(
            x_km,
            y_km,
            c=shade,
            s=9,
            cmap="viridis_r" if base is None else "RdBu_r",
            vmin=None if base is None else -most,
            vmax=None if base is None else most,
            linewidths=0,
            rasterized=False,
        )
        bases = sorted({unit.base for unit in done.scenario.units})
        axes.plot(x_km[bases], y_km[bases], "s", color="#222222", ms=4)
        in_kilometres(axes, language)
        figure.colorbar(drawn, ax=axes, label=(SHADE if base is None else CHANGE).said(language))
        return svg(figure)


def kilometres(geography: Geography) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The points on a map: from the western and the southern edge on."""
    x_m, y_m = geography.x_m, geography.y_m
    return (x_m - x_m.min()) / 1000, (y_m - y_m.min()) / 1000


def in_kilometres(axes: Axes, language: Language) -> None:
    """The axes of a map: both to the same scale."""
    axes.set_aspect("equal")
    axes.set_xlabel(KILOMETRES.said(language))
    axes.set_ylabel(KILOMETRES.said(language))


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure in inches."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def svg(figure: Figure) -> str:
    """The figure as part of a page."""
    out = io.StringIO()
    with warnings.catch_warnings():
        # Han isn't in Matplotlib's own font; the text stays text, and the reader's has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
