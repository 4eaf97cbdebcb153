"""The report on an import as a readable page in one language, and as JSON."""

import html
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dutyroom.core.text import Language, Text
from dutyroom.importing.reasons import QUARANTINE, REPAIRS
from dutyroom.importing.report import NAMES, Report, ranked

_FIGURES: Final = {
    "median_s": ("median", "中位数"),
    "p90_s": ("nine of ten calls within", "90 分位"),
    "calls": ("calls with a unit on scene", "有处警单元到场的报警"),
}
_OVERLAPS: Final = (
    "units sent while still recorded on an earlier call (played: the earlier one ends there)",
    "派警时仍有前一起报警记录的处警单元（回放时前一起在此刻结束）",
)
_CODED: Final = {
    "category": ("Categories in the file", "文件中的警情类别"),
    "first_priority": ("First priorities in the file", "文件中的初始警情等级"),
    "priority": ("Priorities in the file", "文件中的警情等级"),
    "unit_kind": ("Kinds of unit in the file", "文件中的处警单元类型"),
    "disposition": ("Dispositions in the file", "文件中的处警结果"),
}


def write_report(folder: Path, report: Report, language: Language = "en") -> None:
    """``report.json`` and ``report.html`` in the dataset's folder."""
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text(_Page(report, language).html(), encoding="utf-8")


_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b2733;--calm:#5b6b7a;--line:#d5dde5;--ground:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e3e9ef;--calm:#9aa8b5;--line:#33404c;--ground:#12181e}}
html:lang(zh) body{font-family:"Noto Sans SC",system-ui,sans-serif}
body{font:16px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:56rem;margin:2rem auto;
padding:0 1rem;color:var(--ink);background:var(--ground)}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .25rem}
p,small{color:var(--calm)}small{font-size:.875rem;display:block}
table{border-collapse:collapse;width:100%}tr{break-inside:avoid}
td{padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums;width:8rem}code{font-size:.875em}
.bar{display:flex;gap:2px;height:1rem;margin:1rem 0}.bar span{min-width:3px}
@page{margin:12mm}
@media print{body{margin:0;max-width:none;background:none;color:#000}h2{break-after:avoid}}
"""


@dataclass(frozen=True, slots=True)
class _Page:
    report: Report
    language: Language

    def html(self) -> str:
        report = self.report
        lang = "zh-CN" if self.language == "zh" else "en"
        parts = [
            f"<h1>{_safe(report.name)}</h1>",
            f"<p>{_safe(report.file)} · <code>{_safe(report.contract)}</code></p>",
            self._bar(),
            self._table(
                ("Rows and what became of them", "每一行的去向"),
                [(self._say(words), f"{getattr(report, name):,}") for name, words in NAMES.items()],
                (
                    "rows = accepted + repaired + quarantined = new + changed + there already",
                    "行数 = 接受 + 修复 + 隔离 = 新增 + 有变化 + 已存在",
                ),
            ),
            self._table(("Repairs", "修复"), self._said(report.repairs, REPAIRS)),
            self._table(
                ("Quarantine", "隔离"),
                self._said(report.quarantine, QUARANTINE),
                (
                    "quarantine.jsonl names each row by its line; no value is kept",
                    "quarantine.jsonl 仅记录行号，不保存任何值",
                ),
            ),
            self._table(
                ("Received to first unit on scene", "接警至首个处警单元到场"), self._responses()
            ),
            self._table(
                ("Calls by category", "各警情类别的报警"),
                [
                    (_safe(report.names[code].said(self.language)), f"{n:,}")
                    for code, n in report.categories.most_common()
                ],
            ),
            *(self._codes(name, counts) for name, counts in report.codes.items()),
            self._table(
                ("Columns that the contract leaves out", "数据契约未映射的列"),
                [(f"<code>{_safe(one)}</code>", f"{n:,}") for one, n in report.unmapped.items()],
                ("cells that hold something: counted, not stored", "非空单元格数：只计数，不保存"),
            ),
            self._table(
                ("Mapped columns without any value", "已映射但全为空的列"),
                [(f"<code>{_safe(column)}</code>", "") for column in report.always_empty],
            ),
        ]
        return (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{_safe(report.name)}</title><style>{_STYLE}</style>{''.join(parts)}</html>\n"
        )

    def _say(self, words: tuple[str, str]) -> str:
        return _safe(Text(*words).said(self.language))

    def _responses(self) -> list[tuple[str, str]]:
        second = Text(" s", " 秒").said(self.language)
        rows = [
            (self._say(_FIGURES[name]), f"{value:,.0f}{second if name.endswith('_s') else ''}")
            for name, value in self.report.response_s.items()
        ]
        return [*rows, (self._say(_OVERLAPS), f"{self.report.overlaps:,}")] if rows else []

    def _said(
        self, counts: Counter[str], words: Mapping[str, tuple[str, str]]
    ) -> list[tuple[str, str]]:
        return [
            (f"<code>{_safe(why)}</code> {self._say(words[why])}", f"{n:,}")
            for why, n in counts.most_common()
        ]

    def _codes(self, name: str, counts: Counter[str]) -> str:
        """How many rows have each value of a coded column, and what it means."""
        other, meanings = Text("any other value", "其他值"), self.report.meanings[name]
        rows = [
            (
                f"<code>{_safe(code)}</code> "
                + _safe(meanings.get(code, other).said(self.language)),
                f"{n:,}",
            )
            for code, n in ranked(counts)
        ]
        return self._table(_CODED[name], rows, ("rows by code", "各代码的行数"))

    def _bar(self) -> str:
        colours = (("accepted", "#7fa3b8"), ("repaired", "#d9a441"), ("quarantined", "#b5544c"))
        counts = {name: getattr(self.report, name) for name, _ in colours}
        spans = "".join(
            f'<span title="{self._say(NAMES[name])}{Text(": ", "：").said(self.language)}'
            f'{counts[name]:,}" style="background:{colour};flex:{counts[name]}"></span>'
            for name, colour in colours
            if counts[name]
        )
        return f'<div class="bar">{spans}</div>'

    def _table(
        self,
        title: tuple[str, str],
        rows: list[tuple[str, str]],
        note: tuple[str, str] | None = None,
    ) -> str:
        """Rows are HTML already."""
        if not rows:
            return ""
        said = f"<small>{self._say(note)}</small>" if note else ""
        body = "".join(
            f'<tr><td>{name}</td><td class="n">{value}</td></tr>' for name, value in rows
        )
        return f"<h2>{self._say(title)}</h2>{said}<table>{body}</table>"


def _safe(text: str) -> str:
    return html.escape(text)
