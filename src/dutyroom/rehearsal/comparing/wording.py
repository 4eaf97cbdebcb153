"""What the figures of a comparison are called, and how they are written."""

from collections.abc import Callable
from math import isnan
from typing import Final

from dutyroom.core.text import Language, Text
from dutyroom.rehearsal.results.figures import Estimate

NAMES: Final = {
    "mean_s": Text("Response, mean", "响应时间均值"),
    "median_s": Text("Response, median", "响应时间中位数"),
    "p90_s": Text("Response, 90th percentile", "响应时间 90 分位"),
    "p95_s": Text("Response, 95th percentile", "响应时间 95 分位"),
    "late": Text("Share of calls late", "超时报警占比"),
    "least_late": Text(
        "Share late at the least, if all were known", "预知全部报警时的最低超时占比"
    ),
    "unserved": Text("Calls never served", "未得到处置的报警"),
    "wait_s": Text("Wait for a unit, mean", "等待处警单元，均值"),
    "uncovered": Text("Demand without cover", "力量空白的需求占比"),
    "busy": Text("Units at work, share of duty", "处警单元忙碌时间占在勤时间的比例"),
    "worst_area_p90_s": Text("Worst-served area, 90th percentile", "最差辖区 90 分位"),
    "area_spread_s": Text("Spread between areas, 90th percentile", "辖区间差距，90 分位"),
}

PERCENT: Final = Text(" %", "%")
SECONDS: Final = Text(" s", " 秒")


def number(value: float, unit: str, language: Language = "en") -> str:
    """A figure as people read it."""
    if isnan(value):
        return "–"
    if unit == "share":
        return f"{100 * value:.2f}{PERCENT.said(language)}"
    return f"{value:,.1f}" + (SECONDS.said(language) if unit == "s" else "")


def signed(value: float, unit: str, language: Language = "en") -> str:
    """A difference as people read it, with its sign."""
    shown = number(abs(value), unit, language)
    if isnan(value) or not any(digit in shown for digit in "123456789"):
        return shown
    return f"{'+' if value > 0 else '−'}{shown}"


def plus_minus(value: Estimate, unit: str, said: Callable[[float, str], str] = number) -> str:
    """A figure, or a difference (``said`` as ``signed``), and the half-width of its confidence
    interval, where there is one."""
    shown = said(value.mean, unit)
    return shown if isnan(value.half_width) else f"{shown} ± {number(value.half_width, unit)}"
