"""A page of a report: self-contained, prints well, in one language."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

from dutyroom.core.text import Language, Text
from dutyroom.rehearsal.comparing.wording import number, signed
from dutyroom.rehearsal.results.figures import Estimate

STYLE: Final = """
:root { font: 15px/1.5 system-ui, "Noto Sans SC", sans-serif; color: #1b1f24; background: #fff }
html:lang(zh) { font-family: "Noto Sans SC", system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid #ddd }
th:first-child, td:first-child { text-align: left }
td:not(:first-child) { white-space: nowrap }
.better { color: #2a6f2a } .worse { color: #a3301c; font-weight: 600 } .unsure { color: #667 }
.warn { border-left: 4px solid #b7791f; padding: .5rem 1rem; background: #fff8e6 }
.over th { text-align: center; border-left: 2px solid #ddd } .wide { overflow-x: auto }
.wide th:first-child, .wide td:first-child { min-width: 8em }
svg { max-width: 100%; height: auto } small { color: #556 }
@media print { @page { margin: 12mm } :root { font-size: 11px } body { margin: 0; max-width: none }
  h2 { break-after: avoid }
  table, svg, figure { break-inside: avoid } }
"""

NO_NAMES: Final[Mapping[str, Text]] = {}


@dataclass(frozen=True, slots=True)
class Page:
    """Writes the parts of a page in its language."""

    language: Language

    def say(self, text: Text) -> str:
        """The words as HTML."""
        return html.escape(text.said(self.language))

    def name(self, key: str, names: Mapping[str, Text]) -> str:
        """What people call something, as HTML; else the word that the scenario has."""
        return self.say(names[key]) if key in names else html.escape(key)

    def number(self, value: float, unit: str) -> str:
        """A figure."""
        return number(value, unit, self.language)

    def figure_of(self, value: Estimate, unit: str) -> str:
        """A figure and the half-width of its confidence interval."""
        return self._with_width(value, unit, number)

    def change(self, value: Estimate, unit: str) -> str:
        """A difference with its sign, and the half-width of its confidence interval."""
        return self._with_width(value, unit, signed)

    def _with_width(
        self, value: Estimate, unit: str, write: Callable[[float, str, Language], str]
    ) -> str:
        shown = write(value.mean, unit, self.language)
        if isnan(value.half_width):
            return shown
        return f"{shown} <small>± {self.number(value.half_width, unit)}</small>"

    def drawing(self, svg: str, caption: Text) -> str:
        """A drawing with what it shows."""
        said = f"<figcaption><small>{self.say(caption)}</small></figcaption>"
        return f"<figure>{svg}{said}</figure>"

    def table(
        self, heads: Sequence[Text], rows: Sequence[str], over: Sequence[tuple[str, int]] = ()
    ) -> str:
        """A table of rows that are HTML already; ``over`` are names above so many columns each,
        after the first."""
        above = "".join(f'<th colspan="{span}">{html.escape(name)}</th>' for name, span in over)
        above = f'<tr class="over"><td></td>{above}</tr>' if above else ""
        head = "".join(f"<th>{self.say(text)}</th>" for text in heads)
        body = f"<thead>{above}<tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
        return f'<div class="wide"><table>{body}</table></div>'

    def whole(self, title: str, parts: Sequence[str], style: str = "") -> str:
        """The page, with ``style`` besides what all have; the title is HTML already."""
        lang = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><style>{STYLE}{style}</style></head>"
            f"<body>{''.join(parts)}</body></html>"
        )
