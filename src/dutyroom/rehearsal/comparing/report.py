"""The report of a comparison: one self-contained page that prints well."""

import html
from collections.abc import Sequence
from math import isnan
from typing import Final

from dutyroom.core.text import Language, Text
from dutyroom.rehearsal.comparing.comparison import Compared, Comparison
from dutyroom.rehearsal.comparing.page import NO_NAMES, Page
from dutyroom.rehearsal.comparing.paired import (
    MEASURES,
    Measure,
    by_value,
    changes,
    overall,
)
from dutyroom.rehearsal.comparing.plots import area_map, hours_plot, measures_plot
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.comparing.wording import NAMES
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


def report(found: Comparison, bounds: Sequence[float] = (), language: Language = "en") -> str:
    """The page. ``bounds`` has each scenario's least share late for a clairvoyant (nan: not
    calculated)."""
    page, base, done = Page(language), found.first, found.rehearsed
    # The figures of an overloaded one mean nothing: it is named, and left out of the rest.
    sound = [one for one in done if not one.overloaded]
    title = Text("Rehearsal: ", "推演：")
    names = " · ".join(html.escape(one.scenario.name) for one in done)
    parts = [
        f"<h1>{page.say(title)}{names}</h1>",
        _facts(page, done),
        *(_changed(page, one) for one in done if one.scenario.changes),
        *(_warning(page, one) for one in done if one.overloaded),
        f"<h2>{page.say(Text('Side by side', '并列比较'))}</h2>",
        _measures(page, done),
        *_bounds(page, done, bounds),
    ]
    if sound:
        bars = Text("Bars: 95 % confidence", "误差线：95% 置信区间")
        parts.append(page.drawing(measures_plot(sound, language=page.language), bars))
    if base in sound:
        parts += [
            _difference(page, base, one) for one in found.others if not one.rehearsed.overloaded
        ]
    if sound:
        parts += [
            *_drawn(page, base, sound),
            *(_dimension(page, sound, each, base) for each in DIMENSIONS),
        ]
    return page.whole(names, parts)


def _drawn(page: Page, base: Rehearsed, sound: Sequence[Rehearsed]) -> list[str]:
    """Over the day and on the map; changes against the base, where it has figures."""
    first = sound[0]
    return [
        f"<h2>{page.say(Text('Over the day', '全天变化'))}</h2>",
        page.drawing(
            hours_plot(sound, language=page.language),
            Text("90th percentile by hour", "各小时 90 分位"),
        ),
        f"<h2>{page.say(Text('On the map', '地图'))}</h2>",
        page.drawing(
            area_map(first, language=page.language),
            Text(
                f"90th percentile by area: {first.scenario.name}. Squares are bases",
                f"各辖区 90 分位：{first.scenario.name}。方块为驻地",
            ),
        ),
        *(
            page.drawing(
                area_map(one, base, language=page.language),
                Text(
                    f"Change: {one.scenario.name} (red is slower)",
                    f"变化：{one.scenario.name}（红色为更慢）",
                ),
            )
            for one in sound[1:]
            if first is base
        ),
    ]


def _facts(page: Page, done: Sequence[Rehearsed]) -> str:
    rows = []
    for one in done:
        s = one.scenario
        calls = sum(run.all.calls for run in one.runs) / len(one.runs)
        rows.append(
            f"<tr><td>{html.escape(s.name)}</td><td>{len(s.units)}</td>"
            f"<td>{page.say(_start(s.first_hour))}</td><td>{s.hours:g}</td>"
            f"<td>{calls:,.0f}</td><td>{len(one.runs)}</td><td>{s.seed}</td>"
            f"<td><code>{one.checksums[0][:12]}</code></td></tr>"
        )
    heads = (
        Text("Scenario", "想定"), Text("Units", "处警单元"), Text("From", "起始"),
        Text("Hours", "小时"), Text("Calls", "报警"), Text("Replications", "仿真次数"),
        Text("Seed", "种子"), Text("Inputs", "输入校验"),
    )  # fmt: skip
    return page.table(heads, rows)


def _start(first_hour: int) -> Text:
    """The hour of the week with which a scenario begins."""
    day, hour = divmod(first_hour, 24)
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day]
    return Text(f"{name} {hour:02}:00", f"周{'一二三四五六日'[day]} {hour:02}:00")


def _changed(page: Page, one: Rehearsed) -> str:
    """What a scenario changes."""
    title = Text(f"What is different in {one.scenario.name}:", f"“{one.scenario.name}”的变化：")
    said = "".join(f"<li>{page.say(line)}</li>" for line in one.scenario.changes)
    return f"<p>{page.say(title)}</p><ul>{said}</ul>"


def _warning(page: Page, one: Rehearsed) -> str:
    why = one.overloaded or Text("", "")
    text = Text(
        f"{one.scenario.name} is overloaded: {why.en}. Its means mean nothing.",
        f"{one.scenario.name} 过载：{why.zh}。均值没有意义。",
    )
    return f'<p class="warn">{page.say(text)}</p>'


def _measures(page: Page, done: Sequence[Rehearsed]) -> str:
    rows = []
    for each in MEASURES:
        cells = "".join(f"<td>{_cell(page, one, each)}</td>" for one in done)
        rows.append(f"<tr><td>{page.say(NAMES[each.name])}</td>{cells}</tr>")
    heads = (Text("Measure", "指标"), *(_named(o) for o in done))
    return page.table(heads, rows)


def _cell(page: Page, one: Rehearsed, each: Measure) -> str:
    if one.overloaded and each.name != "unserved":
        return '<span class="worse">' + page.say(Text("overloaded", "过载")) + "</span>"
    return page.figure_of(overall(one, each.name), each.unit)


def _bounds(page: Page, done: Sequence[Rehearsed], bounds: Sequence[float]) -> list[str]:
    parts = []
    for one, bound in zip(done, bounds, strict=False):
        if isnan(bound):
            continue
        name = one.scenario.name
        late = page.number(estimate([run.all.late for run in one.runs]).mean, "share")
        least = page.number(bound, "share")
        text = Text(
            f"{name}: {late} late; knowing every call beforehand, at least {least} could not be "
            "avoided.",
            f"{name}：超时 {late}；即使预知全部报警，仍至少有 {least} 无法避免。",
        )
        parts.append(f"<p>{page.say(text)}</p>")
    return parts


def _difference(page: Page, base: Rehearsed, compared: Compared) -> str:
    one = compared.rehearsed
    rows = [
        f"<tr><td>{page.say(NAMES[d.measure.name])}</td>"
        f"<td>{page.number(d.first.mean, d.measure.unit)}</td>"
        f"<td>{page.number(d.second.mean, d.measure.unit)}</td>"
        f'<td class="{d.verdict}">{page.change(d.difference, d.measure.unit)}</td></tr>'
        for d in compared.differences
    ]
    title = Text(
        f"{one.scenario.name} against {base.scenario.name}",
        f"“{one.scenario.name}”与“{base.scenario.name}”之差",
    )
    heads = (
        Text("Measure", "指标"), _named(base), _named(one),
        Text("Difference, paired, 95 %", "配对差值（95%）"),
    )  # fmt: skip
    return f"<h2>{page.say(title)}</h2>{page.table(heads, rows)}{_losers(page, base, compared)}"


def _losers(page: Page, base: Rehearsed, compared: Compared) -> str:
    if not compared.losers:
        none = Text("No area loses beyond doubt.", "没有辖区明显变差。")
        return f"<p>{page.say(none)}</p>"
    title = Text("Areas that lose (90th percentile)", "变差的辖区（90 分位）")
    rows = [
        f"<tr><td>{_name(page, base, 'area', area)}</td>"
        f'<td class="worse">{page.change(change, "s")}</td></tr>'
        for area, change in compared.losers
    ]
    return page.table((title, Text("Change", "变化")), rows)


def _dimension(page: Page, done: Sequence[Rehearsed], dimension: str, base: Rehearsed) -> str:
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
            f"<td>{page.number(column.get(value, nothing).mean, unit)}</td>"
            for column, (_, _, unit) in zip(found, columns, strict=True)
        )
        cells += "".join(
            f"<td>{page.change(change.get(value, nothing), 's')}</td>" for change in apart
        )
        rows.append(f"<tr><td>{_name(page, done[0], dimension, value)}</td>{cells}</tr>")
    heads = [DIMENSION_NAMES[dimension], *(SHORT[name] for _, name, _ in columns)]
    heads += [SHORT["change"]] * len(apart)
    over = [(one.scenario.name, len(shown)) for one in done] if several else []
    over += [(f"{one.scenario.name} − {base.scenario.name}", 1) for one in others]
    return f"<h2>{page.say(DIMENSION_NAMES[dimension])}</h2>{page.table(heads, rows, over)}"


def _name(page: Page, one: Rehearsed, dimension: str, value: str) -> str:
    """What people call an area, a station or an agency; else the word that the scenario has."""
    return page.name(value, one.scenario.names.get(dimension, NO_NAMES))


def _named(one: Rehearsed) -> Text:
    """The name of a scenario as its file has it."""
    return Text(one.scenario.name, one.scenario.name)
