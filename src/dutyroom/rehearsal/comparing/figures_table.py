"""Every figure of scenarios in one table, for a spreadsheet."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dutyroom.core.spreadsheet import as_text
from dutyroom.rehearsal.comparing.comparison import Compared, Comparison
from dutyroom.rehearsal.comparing.paired import by_dimension
from dutyroom.rehearsal.comparing.replicate import Rehearsed

HEADS: Final = (
    "scenario", "by", "of", "name_en", "name_zh", "figure", "unit", "mean", "half_width_95",
    "difference", "difference_half_width_95",
)  # fmt: skip
SHARES: Final = ("late", "uncovered", "none_free", "busy")

type Cell = str | float | None


def write_figures(path: Path, found: Comparison) -> Path:
    """Write the figures of all as CSV, a row each, and return the path.

    ``by`` is empty for the figures of the whole, which also have the paired difference from the
    first scenario; else it is area, hour, priority, agency or station, and ``of`` which of them.
    Empty cells: there is no such figure, as in an overloaded scenario.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        for one in found.scenarios:
            out.writerows(_rows(one, found.first))
    return path


def _rows(compared: Compared, first: Rehearsed) -> Iterator[tuple[Cell, ...]]:
    one, named = compared.rehearsed, as_text(compared.name)
    for each in compared.differences:
        apart = each.difference.as_json() if one is not first else (None, None)
        yield (
            named, "", "", "", "", each.measure.name, each.measure.unit, *each.second.as_json(),
            *apart,
        )  # fmt: skip
    for by, values in by_dimension(one).items():
        for value, figures in values.items():
            name = one.scenario.names.get(by, {}).get(value)
            said = (as_text(name.en), as_text(name.zh)) if name else ("", "")
            of = as_text(value)
            for figure, estimated in figures.items():
                yield (named, by, of, *said, figure, _unit(figure), *estimated, None, None)


def _unit(figure: str) -> str:
    if figure in SHARES:
        return "share"
    return "s" if figure.endswith("_s") else "count"
