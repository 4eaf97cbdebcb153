"""The report on an import: a readable page in both languages, and the same as JSON."""

import html
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dutyroom.core.text import Text
from dutyroom.intake.judging import CleanRow
from dutyroom.intake.overlaps import overlaps
from dutyroom.intake.reasons import QUARANTINE, REPAIRS

_NAMES: Final = {
    "rows": ("rows in the file", "文件行数"),
    "accepted": ("accepted", "接受"),
    "repaired": ("repaired", "修复"),
    "quarantined": ("quarantined", "隔离"),
    "new": ("new", "新增"),
    "changed": ("changed since an earlier import", "较此前导入有变化"),
    "already_there": ("there already", "已存在"),
    "calls": ("calls in the dataset", "数据集中的报警"),
    "responses": ("unit responses in the dataset", "数据集中的处警单元响应"),
    "units": ("units in the dataset", "数据集中的处警单元"),
    "set_aside": ("rows in the dataset's quarantine", "数据集中的隔离行"),
}
_FIGURES: Final = {
    "median_s": ("median", "中位数"),
    "p90_s": ("nine of ten calls within", "90 分位"),
    "calls": ("calls with a unit on scene", "有处警单元到场的报警"),
}
UNKNOWN_CODE: Final = "?"
"""Stands for all values of a coded column that the contract doesn't know: they aren't kept."""
_CODED: Final = {
    "category": ("Categories in the file", "文件中的警情类别"),
    "first_priority": ("First priorities in the file", "文件中的初始警情等级"),
    "priority": ("Priorities in the file", "文件中的警情等级"),
    "unit_kind": ("Kinds of unit in the file", "文件中的处警单元类型"),
    "disposition": ("Dispositions in the file", "文件中的处警结果"),
}


@dataclass(slots=True)
class Report:
    """What became of each row of a file. ``rows = accepted + repaired + quarantined``, always.

    ``new``, ``changed`` and ``already_there`` tell the same rows apart in another way. ``unmapped``
    counts cells that hold something, ``empty`` cells of mapped columns that hold nothing, ``codes``
    the values of coded columns as they are in the file; ``meanings`` is what the contract says of
    them. The figures from ``calls`` on are those of
    the whole dataset.
    """

    name: str
    contract: str
    file: str
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    quarantined: int = 0
    new: int = 0
    changed: int = 0
    already_there: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    quarantine: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    empty: Counter[str] = field(default_factory=Counter)
    codes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    meanings: dict[str, dict[str, Text]] = field(default_factory=dict)
    calls: int = 0
    responses: int = 0
    units: int = 0
    set_aside: int = 0
    overlaps: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    names: dict[str, Text] = field(default_factory=dict)
    response_s: dict[str, float] = field(default_factory=dict)

    def count(self, outcome: str, why: Iterable[str]) -> None:
        """One row of the file ended as ``outcome``."""
        match outcome:
            case "accepted":
                self.accepted += 1
            case "repaired":
                self.repaired += 1
                self.repairs.update(why)
            case _:
                self.quarantined += 1
                self.quarantine.update(why)

    def describe(
        self, rows: list[CleanRow], set_aside: int, categories: Mapping[str, Text]
    ) -> None:
        """Figures of the dataset; ``categories`` are the names of categories by code.

        The response to a call is that of its first unit on scene, from receipt, in seconds.
        """
        received: dict[str, int] = {}
        arrived: dict[str, int] = {}
        category: dict[str, str] = {}
        for row in rows:
            received[row.call_id] = row.at("received_at")
            category[row.call_id] = row.category
            there = row.times["on_scene_at"]
            if there is not None:
                arrived[row.call_id] = min(arrived.get(row.call_id, there), there)
        self.calls, self.responses, self.set_aside = len(received), len(rows), set_aside
        self.units = len({row.unit_id for row in rows})
        self.overlaps = overlaps(rows)
        self.categories = Counter(category.values())
        self.names = dict(categories)
        waits = sorted((there - received[call]) / 1000 for call, there in arrived.items())
        if waits:
            self.response_s = {
                "median_s": quantile(waits, 0.5),
                "p90_s": quantile(waits, 0.9),
                "calls": len(waits),
            }

    def as_json(self) -> dict[str, Any]:
        """For machines: ``counts``, and each reason with its number."""
        return {
            "dataset": self.name,
            "contract": self.contract,
            "file": self.file,
            "counts": {name: getattr(self, name) for name in _NAMES},
            "repairs": dict(self.repairs.most_common()),
            "quarantine": dict(self.quarantine.most_common()),
            "unmapped": dict(self.unmapped),
            "always_empty": self.always_empty,
            "codes": {name: dict(_ranked(counts)) for name, counts in self.codes.items()},
            "categories": dict(self.categories.most_common()),
            "received_to_first_on_scene": self.response_s,
            "units_sent_while_committed": self.overlaps,
        }

    @property
    def always_empty(self) -> list[str]:
        """Mapped columns in which no row holds anything."""
        return [column for column, n in self.empty.items() if self.rows and n == self.rows]

    def text(self) -> str:
        """For people at a terminal."""
        lines = [f"{self.file} -> {self.name} ({self.contract})"]
        lines.append(f"{self.new:,} new, {self.already_there:,} already there")
        lines += [f"  {getattr(self, name):>8,}  {en} / {zh}" for name, (en, zh) in _NAMES.items()]
        for title, counts, words in (
            ("repairs / 修复", self.repairs, REPAIRS),
            ("quarantine / 隔离", self.quarantine, QUARANTINE),
        ):
            lines += [f"{title}:"] if counts else []
            lines += [f"  {n:>8,}  {why}: {words[why][0]}" for why, n in counts.most_common()]
        if self.response_s:
            lines.append(
                "received to first unit on scene: median "
                f"{self.response_s['median_s']:.0f} s, p90 {self.response_s['p90_s']:.0f} s "
                f"({self.response_s['calls']:,.0f} calls)"
            )
        return "\n".join(lines)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, the same way for the same counts."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two nearest (Hyndman and Fan 1996, type 7). ``ordered`` isn't empty."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def write_report(folder: Path, report: Report) -> None:
    """``report.json`` and ``report.html`` in the dataset's folder."""
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text(_page(report), encoding="utf-8")


_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b2733;--calm:#5b6b7a;--line:#d5dde5;--ground:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e3e9ef;--calm:#9aa8b5;--line:#33404c;--ground:#12181e}}
body{font:16px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:56rem;margin:2rem auto;
padding:0 1rem;color:var(--ink);background:var(--ground)}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .25rem}
p,small,.zh{color:var(--calm)}small,.zh{font-size:.875rem;display:block}
table{border-collapse:collapse;width:100%}tr{break-inside:avoid}
td{padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums;width:8rem}code{font-size:.875em}
.bar{display:flex;gap:2px;height:1rem;margin:1rem 0}.bar span{min-width:3px}
@page{margin:12mm}
@media print{body{margin:0;max-width:none;background:none;color:#000}h2{break-after:avoid}}
"""


def _page(report: Report) -> str:
    parts = [
        f"<h1>{_safe(report.name)}</h1>",
        f"<p>{_safe(report.file)} · <code>{_safe(report.contract)}</code></p>",
        _bar(report),
        _table(
            ("Rows and what became of them", "每一行的去向"),
            [(_both(*words), f"{getattr(report, name):,}") for name, words in _NAMES.items()],
            (
                "rows = accepted + repaired + quarantined = new + changed + there already",
                "行数 = 接受 + 修复 + 隔离 = 新增 + 有变化 + 已存在",
            ),
        ),
        _table(("Repairs", "修复"), _said(report.repairs, REPAIRS)),
        _table(
            ("Quarantine", "隔离"),
            _said(report.quarantine, QUARANTINE),
            (
                "quarantine.jsonl names each row by its line; no value is kept",
                "quarantine.jsonl 仅记录行号，不保存任何值",
            ),
        ),
        _table(("Received to first unit on scene", "接警至首个处警单元到场"), _responses(report)),
        _table(
            ("Calls by category", "各警情类别的报警"),
            [
                (_both(report.names[code].en, report.names[code].zh), f"{n:,}")
                for code, n in report.categories.most_common()
            ],
        ),
        *(
            _table(
                _CODED[name],
                [(_coded(code, report.meanings[name]), f"{n:,}") for code, n in _ranked(counts)],
                ("rows by code", "各代码的行数"),
            )
            for name, counts in report.codes.items()
        ),
        _table(
            ("Columns that the contract leaves out", "数据契约未映射的列"),
            [(f"<code>{_safe(one)}</code>", f"{n:,}") for one, n in report.unmapped.items()],
            ("cells that hold something: counted, not stored", "非空单元格数：只计数，不保存"),
        ),
        _table(
            ("Mapped columns without any value", "已映射但全为空的列"),
            [(f"<code>{_safe(column)}</code>", "") for column in report.always_empty],
        ),
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_safe(report.name)}</title><style>{_STYLE}</style>{''.join(parts)}</html>\n"
    )


def _responses(report: Report) -> list[tuple[str, str]]:
    rows = [
        (
            _both(*_FIGURES[name]),
            f"{value:,.0f} s" if name.endswith("_s") else f"{value:,.0f}",
        )
        for name, value in report.response_s.items()
    ]
    overlap = _both(
        "units sent while still recorded on an earlier call (played: the earlier one ends there)",
        "派警时仍有前一起报警记录的处警单元（回放时前一起在此刻结束）",
    )
    return [*rows, (overlap, f"{report.overlaps:,}")] if rows else []


def _said(counts: Counter[str], words: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (f"<code>{_safe(why)}</code> {_both(*words[why])}", f"{n:,}")
        for why, n in counts.most_common()
    ]


def _coded(code: str, meanings: Mapping[str, Text]) -> str:
    meaning = meanings.get(code, Text("any other value", "其他值"))
    return f"<code>{_safe(code)}</code> {_both(meaning.en, meaning.zh)}"


def _both(en: str, zh: str) -> str:
    return f'{_safe(en)}<span class="zh" lang="zh-Hans">{_safe(zh)}</span>'


def _safe(text: str) -> str:
    return html.escape(text)


def _bar(report: Report) -> str:
    colours = (("accepted", "#7fa3b8"), ("repaired", "#d9a441"), ("quarantined", "#b5544c"))
    spans = "".join(
        f'<span title="{_NAMES[name][0]} / {_NAMES[name][1]}: {getattr(report, name):,}" '
        f'style="background:{colour};flex:{getattr(report, name)}"></span>'
        for name, colour in colours
        if getattr(report, name)
    )
    return f'<div class="bar">{spans}</div>'


def _table(
    title: tuple[str, str], rows: list[tuple[str, str]], note: tuple[str, str] | None = None
) -> str:
    """Rows are HTML already."""
    if not rows:
        return ""
    said = f"<small>{_both(*note)}</small>" if note else ""
    body = "".join(f'<tr><td>{name}</td><td class="n">{value}</td></tr>' for name, value in rows)
    return f"<h2>{_both(*title)}</h2>{said}<table>{body}</table>"
