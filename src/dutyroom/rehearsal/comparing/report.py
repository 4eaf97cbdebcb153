"""The report of a comparison: one self-contained page in both languages that prints well."""

import html
from collections.abc import Callable, Sequence
from math import isnan
from typing import Final

from dutyroom.core.text import Text
from dutyroom.rehearsal.comparing.paired import (
    MEASURES,
    Measure,
    by_value,
    changes,
    compare,
    losers,
    overall,
)
from dutyroom.rehearsal.comparing.plots import area_map, hours_plot, measures_plot
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.comparing.wording import NAMES, number, signed
from dutyroom.rehearsal.results.figures import DIMENSIONS, Estimate, estimate

DIMENSION_NAMES: Final = {
    "area": Text("By area", "按辖区"),
    "hour": Text("By hour of the day", "按小时"),
    "priority": Text("By priority", "按警情等级"),
    "agency": Text("By agency", "按机构"),
    "station": Text("By station", "按站点"),
}
SHORT: Final = {
    "calls": Text("calls", "报警"),
    "mean_s": Text("mean", "均值"),
    "median_s": Text("median", "中位数"),
    "p90_s": Text("p90", "90 分位"),
    "p95_s": Text("p95", "95 分位"),
    "late": Text("late", "超时"),
    "uncovered": Text("without cover", "力量空白"),
    "none_free": Text("nobody free", "无空闲力量"),
    "change": Text("p90 change", "90 分位变化"),
    "busy": Text("at work", "忙碌"),
}
BY_DIMENSION: Final = (
    ("calls", "count"), ("mean_s", "s"), ("median_s", "s"), ("p90_s", "s"), ("p95_s", "s"),
    ("late", "share"),
)  # fmt: skip
ONLY_ALONE: Final = ("calls", "median_s", "p95_s")
BESIDES: Final = {
    "area": (("uncovered", "share"),),
    "hour": (("uncovered", "share"),),
    "priority": (("uncovered", "share"),),
    "agency": (("none_free", "share"), ("busy", "share")),
    "station": (("none_free", "share"), ("busy", "share")),
}
"""Demand without cover, as a share of the time; of an agency or a station, the share of the time in
which it had nobody free, and the share of their time on duty that its units are at work."""
STYLE: Final = """
:root { font: 15px/1.5 system-ui, "Noto Sans SC", sans-serif; color: #1b1f24; background: #fff }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid #ddd }
th:first-child, td:first-child { text-align: left }
td:not(:first-child) { white-space: nowrap }
.better { color: #2a6f2a } .worse { color: #a3301c; font-weight: 600 } .unsure { color: #667 }
.warn { border-left: 4px solid #b7791f; padding: .5rem 1rem; background: #fff8e6 }
td [lang=zh], th [lang=zh] { display: inline-block }
.over th { text-align: center; border-left: 2px solid #ddd } .wide { overflow-x: auto }
svg { max-width: 100%; height: auto } [lang=zh] { color: #445 } small { color: #556 }
@media print { @page { margin: 12mm } :root { font-size: 11px } body { margin: 0; max-width: none }
  h2 { break-after: avoid }
  table, svg, figure { break-inside: avoid } }
"""


def report(done: Sequence[Rehearsed], bounds: Sequence[float] = ()) -> str:
    """The page. The first scenario is what the others are compared with; ``bounds`` has each
    one's least share late for a clairvoyant (nan: not reckoned)."""
    base = done[0]
    # The figures of an overloaded one mean nothing: it is named, and left out of the rest.
    sound = [one for one in done if not one.overloaded]
    title = Text("Rehearsal", "推演")
    names = " · ".join(html.escape(one.scenario.name) for one in done)
    parts = [
        f"<h1>{both(title)}: {names}</h1>",
        _facts(done),
        *(_told(one) for one in done if one.scenario.told),
        *(_warning(one) for one in done if one.overloaded),
        f"<h2>{both(Text('Side by side', '并列比较'))}</h2>",
        _measures(done),
        *_bounds(done, bounds),
    ]
    if sound:
        bars = Text("Bars: 95 % confidence", "误差线：95% 置信区间")
        parts.append(figure(measures_plot(sound), bars))
    if base in sound:
        parts += [_difference(base, one) for one in sound if one is not base]
    if sound:
        parts += [*_drawn(base, sound), *(_dimension(sound, each, base) for each in DIMENSIONS)]
    return page(names, parts)


def _drawn(base: Rehearsed, sound: Sequence[Rehearsed]) -> list[str]:
    """Over the day and on the map; changes against the base, where it has figures."""
    first = sound[0]
    return [
        f"<h2>{both(Text('Over the day', '全天变化'))}</h2>",
        figure(hours_plot(sound), Text("90th percentile by hour", "各小时 90 分位")),
        f"<h2>{both(Text('On the map', '地图'))}</h2>",
        figure(
            area_map(first),
            Text(
                f"90th percentile by area: {first.scenario.name}. Squares are bases",
                f"各辖区 90 分位：{first.scenario.name}。方块为驻地",
            ),
        ),
        *(
            figure(
                area_map(one, base),
                Text(
                    f"Change: {one.scenario.name} (red is slower)",
                    f"变化：{one.scenario.name}（红色为更慢）",
                ),
            )
            for one in sound[1:]
            if first is base
        ),
    ]


def page(title: str, parts: Sequence[str], style: str = "") -> str:
    """A self-contained page of a report, with ``style`` besides what all have; the title is HTML
    already."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}{style}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def with_width(value: Estimate, unit: str, said: Callable[[float, str], str] = number) -> str:
    """A figure, or a difference (``said`` as ``signed``), and the half-width of its confidence
    interval."""
    shown = said(value.mean, unit)
    if isnan(value.half_width):
        return shown
    return f"{shown} <small>± {number(value.half_width, unit)}</small>"


def both(text: Text) -> str:
    """Both languages, one after the other."""
    return f'{html.escape(text.en)} <span lang="zh">{html.escape(text.zh)}</span>'


def _facts(done: Sequence[Rehearsed]) -> str:
    rows = []
    for one in done:
        s = one.scenario
        calls = sum(run.all.calls for run in one.runs) / len(one.runs)
        rows.append(
            f"<tr><td>{html.escape(s.name)}</td><td>{len(s.units)}</td>"
            f"<td>{both(_start(s.first_hour))}</td><td>{s.hours:g}</td>"
            f"<td>{calls:,.0f}</td><td>{len(one.runs)}</td><td>{s.seed}</td>"
            f"<td><code>{one.checksums[0][:12]}</code></td></tr>"
        )
    heads = (
        Text("Scenario", "想定"), Text("Units", "处警单元"), Text("From", "起始"),
        Text("Hours", "小时"), Text("Calls", "报警"), Text("Replications", "仿真次数"),
        Text("Seed", "种子"), Text("Inputs", "输入校验"),
    )  # fmt: skip
    return table(heads, rows)


def _start(first_hour: int) -> Text:
    """The hour of the week with which a scenario begins."""
    day, hour = divmod(first_hour, 24)
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day]
    return Text(f"{name} {hour:02}:00", f"周{'一二三四五六日'[day]}")


def _told(one: Rehearsed) -> str:
    """What a scenario changes."""
    title = Text(f"What is different in {one.scenario.name}", f"{one.scenario.name} 的变化")
    said = "".join(f"<li>{html.escape(line)}</li>" for line in one.scenario.told)
    return f"<p>{both(title)}:</p><ul>{said}</ul>"


def _warning(one: Rehearsed) -> str:
    why = one.overloaded or Text("", "")
    text = Text(
        f"{one.scenario.name} is overloaded: {why.en}. Its means mean nothing.",
        f"{one.scenario.name} 过载：{why.zh}。均值没有意义。",
    )
    return f'<p class="warn">{both(text)}</p>'


def _measures(done: Sequence[Rehearsed]) -> str:
    rows = []
    for each in MEASURES:
        cells = "".join(f"<td>{_cell(one, each)}</td>" for one in done)
        rows.append(f"<tr><td>{both(NAMES[each.name])}</td>{cells}</tr>")
    heads = (Text("Measure", "指标"), *(Text(o.scenario.name, "") for o in done))
    return table(heads, rows)


def _cell(one: Rehearsed, each: Measure) -> str:
    if one.overloaded and each.name != "unserved":
        return '<span class="worse">overloaded 过载</span>'
    return with_width(overall(one, each.name), each.unit)


def _bounds(done: Sequence[Rehearsed], bounds: Sequence[float]) -> list[str]:
    parts = []
    for one, bound in zip(done, bounds, strict=False):
        if isnan(bound):
            continue
        late = estimate([run.all.late for run in one.runs]).mean
        text = Text(
            f"{one.scenario.name}: {number(late, 'share')} late; knowing every call beforehand, "
            f"at least {number(bound, 'share')} could not be avoided.",
            f"{one.scenario.name}：超时 {number(late, 'share')}；即使预知全部报警，"
            f"仍至少有 {number(bound, 'share')} 无法避免。",
        )
        parts.append(f"<p>{both(text)}</p>")
    return parts


def _difference(base: Rehearsed, one: Rehearsed) -> str:
    rows = [
        f"<tr><td>{both(NAMES[d.measure.name])}</td>"
        f"<td>{number(d.first.mean, d.measure.unit)}</td>"
        f"<td>{number(d.second.mean, d.measure.unit)}</td>"
        f'<td class="{d.verdict}">{with_width(d.difference, d.measure.unit, signed)}</td></tr>'
        for d in compare(base, one)
    ]
    title = Text(
        f"{one.scenario.name} against {base.scenario.name}",
        f"{one.scenario.name} 与 {base.scenario.name} 之差",
    )
    heads = (
        Text("Measure", "指标"), Text(base.scenario.name, ""), Text(one.scenario.name, ""),
        Text("Difference, paired, 95 %", "配对差值（95%）"),
    )  # fmt: skip
    return f"<h2>{both(title)}</h2>{table(heads, rows)}{_losers(base, one)}"


def _losers(base: Rehearsed, one: Rehearsed) -> str:
    found = losers(base, one)
    if not found:
        none = Text("No area loses beyond doubt.", "没有辖区明显变差。")
        return f"<p>{both(none)}</p>"
    title = Text("Areas that lose (90th percentile)", "变差的辖区（90 分位）")
    rows = [
        f"<tr><td>{_name(base, 'area', area)}</td>"
        f'<td class="worse">{with_width(change, "s", signed)}</td></tr>'
        for area, change in found
    ]
    return table((title, Text("Change", "变化")), rows)


def _dimension(done: Sequence[Rehearsed], dimension: str, base: Rehearsed) -> str:
    """The figures of every scenario by one dimension: of one scenario all, of several fewer, and
    what changes against the base."""
    several = len(done) > 1
    shown = [each for each in BY_DIMENSION if not (several and each[0] in ONLY_ALONE)]
    shown += BESIDES.get(dimension, ())
    columns = [(one, name, unit) for one in done for name, unit in shown]
    found = [by_value(one, dimension, name) for one, name, _ in columns]
    values = sorted({value for column in found for value in column})
    if len(values) < 2:
        return ""
    nothing = Estimate(float("nan"), float("nan"))
    others = [one for one in done if one is not base] if base in done else []
    apart = [changes(base, one, dimension) for one in others]
    rows = []
    for value in values:
        cells = "".join(
            f"<td>{number(column.get(value, nothing).mean, unit)}</td>"
            for column, (_, _, unit) in zip(found, columns, strict=True)
        )
        cells += "".join(
            f"<td>{with_width(change.get(value, nothing), 's', signed)}</td>" for change in apart
        )
        rows.append(f"<tr><td>{_name(done[0], dimension, value)}</td>{cells}</tr>")
    heads = [DIMENSION_NAMES[dimension], *(SHORT[name] for _, name, _ in columns)]
    heads += [SHORT["change"]] * len(apart)
    over = [(one.scenario.name, len(shown)) for one in done] if several else []
    over += [(f"{one.scenario.name} − {base.scenario.name}", 1) for one in others]
    return f"<h2>{both(DIMENSION_NAMES[dimension])}</h2>{table(heads, rows, over)}"


def _name(one: Rehearsed, dimension: str, value: str) -> str:
    """What people call an area, a station or an agency; else the word that the scenario has."""
    name = one.scenario.names.get(dimension, {}).get(value)
    return html.escape(value) if name is None else both(name)


def figure(svg: str, caption: Text) -> str:
    """A drawing with what it shows."""
    return f"<figure>{svg}<figcaption><small>{both(caption)}</small></figcaption></figure>"


def table(heads: Sequence[Text], rows: Sequence[str], over: Sequence[tuple[str, int]] = ()) -> str:
    """A table of rows that are HTML already; ``over`` are names above so many columns each, after
    the first."""
    above = "".join(f'<th colspan="{span}">{html.escape(name)}</th>' for name, span in over)
    above = f'<tr class="over"><td></td>{above}</tr>' if above else ""
    head = "".join(f"<th>{both(text)}</th>" for text in heads)
    body = f"<thead>{above}<tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="wide"><table>{body}</table></div>'
