"""The report on an import: a readable page in both languages, and the same as JSON."""

import html
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dutyroom.intake.judging import QUARANTINE, REPAIRS, CleanRow

_NAMES: Final = {
    "rows": ("rows in the file", "文件行数"),
    "accepted": ("accepted", "接受"),
    "repaired": ("repaired", "修复"),
    "quarantined": ("quarantined", "隔离"),
    "new": ("new", "新增"),
    "changed": ("changed since the last import", "较上次有变化"),
    "already_there": ("there already", "已存在"),
    "calls": ("calls", "报警"),
    "units": ("units", "单元"),
}


@dataclass(slots=True)
class Report:
    """What became of each row. ``rows = accepted + repaired + quarantined``, always."""

    name: str
    contract: str
    file: str
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    new: int = 0
    changed: int = 0
    already_there: int = 0
    calls: int = 0
    units: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    quarantine: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    response_s: dict[str, float] = field(default_factory=dict)

    @property
    def quarantined(self) -> int:
        return self.quarantine.total()

    def describe(self, rows: list[CleanRow]) -> None:
        """Figures of the rows that were taken in.

        The response to a call is that of its first unit on scene, from receipt, in seconds.
        """
        received: dict[str, int] = {}
        arrived: dict[str, int] = {}
        category: dict[str, str] = {}
        for row in rows:
            at, there = row.times["received_at"], row.times["on_scene_at"]
            assert at is not None
            received[row.call_id] = min(received.get(row.call_id, at), at)
            category.setdefault(row.call_id, row.category)
            if there is not None:
                arrived[row.call_id] = min(arrived.get(row.call_id, there), there)
        self.calls, self.units = len(received), len({row.unit_id for row in rows})
        self.categories = Counter(category.values())
        waits = sorted((there - received[call]) / 1000 for call, there in arrived.items())
        if waits:
            last = len(waits) - 1
            self.response_s = {
                "median_s": waits[last // 2],
                "p90_s": waits[last * 9 // 10],
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
            "categories": dict(self.categories.most_common()),
            "received_to_first_on_scene": self.response_s,
        }

    def text(self) -> str:
        """For people at a terminal."""
        lines = [f"{self.file} -> {self.name} ({self.contract})"]
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


def write_report(folder: Path, report: Report) -> None:
    """``report.json`` and ``report.html`` in the dataset's folder."""
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text(_page(report), encoding="utf-8")


_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b2733}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:"
    "collapse;width:100%}td{padding:.25rem .5rem;border-bottom:1px solid #d5dde5}td.n{text-align:"
    "right;font-variant-numeric:tabular-nums;width:7rem}.bar{display:flex;height:1.25rem;margin:"
    "1rem 0}.bar span{display:block}@media print{body{margin:0}}"
)


def _page(report: Report) -> str:
    counts = {f"{en} / {zh}": getattr(report, name) for name, (en, zh) in _NAMES.items()}
    parts = [
        f"<h1>{html.escape(report.name)}: {html.escape(report.file)}</h1>",
        _bar(report),
        _table("Counts / 计数", counts),
        _table("Repairs / 修复", _said(report.repairs, REPAIRS)),
        _table("Quarantine / 隔离", _said(report.quarantine, QUARANTINE)),
        _table("Calls by category / 各类报警", dict(report.categories.most_common())),
        _table(
            "Received to first unit on scene, s / 接警至首单元到场（秒）",
            {name: round(value) for name, value in report.response_s.items()},
        ),
        _table(
            "Columns that the contract leaves out: cells with something in them, not stored / "
            "合同未映射的列：非空单元格数，未保存",
            dict(report.unmapped),
        ),
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{html.escape(report.name)}</title><style>{_STYLE}</style>{''.join(parts)}</html>\n"
    )


def _said(counts: Counter[str], words: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    return {f"{why}: {words[why][0]} / {words[why][1]}": n for why, n in counts.most_common()}


def _bar(report: Report) -> str:
    colours = (("accepted", "#8fb3c9"), ("repaired", "#e0b252"), ("quarantined", "#c25b52"))
    spans = "".join(
        f'<span title="{name}" style="background:{colour};flex:{getattr(report, name)}"></span>'
        for name, colour in colours
    )
    return f'<div class="bar">{spans}</div>'


def _table(title: str, rows: Mapping[str, object]) -> str:
    if not rows:
        return ""
    body = "".join(
        f'<tr><td>{html.escape(str(name))}</td><td class="n">{html.escape(f"{value:,}")}</td></tr>'
        for name, value in rows.items()
    )
    return f"<h2>{html.escape(title)}</h2><table>{body}</table>"
