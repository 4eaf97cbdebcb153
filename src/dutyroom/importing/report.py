"""The report on an import: what became of each row of a file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dutyroom.core.text import Text
from dutyroom.importing.judging import CleanRow
from dutyroom.importing.overlaps import overlaps
from dutyroom.importing.reasons import QUARANTINE, REPAIRS

NAMES: Final = {
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
UNKNOWN_CODE: Final = "?"
"""Stands for all values of a coded column that the contract doesn't know: they aren't kept."""


@dataclass(slots=True)
class Report:
    """What became of each row of a file. ``rows = accepted + repaired + quarantined``, always.

    ``new``, ``changed`` and ``already_there`` divide the same rows in another way. ``unmapped``
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
            "counts": {name: getattr(self, name) for name in NAMES},
            "repairs": dict(self.repairs.most_common()),
            "quarantine": dict(self.quarantine.most_common()),
            "unmapped": dict(self.unmapped),
            "always_empty": self.always_empty,
            "codes": {name: dict(ranked(counts)) for name, counts in self.codes.items()},
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
        lines += [f"  {getattr(self, name):>8,}  {en}" for name, (en, _) in NAMES.items()]
        for title, counts, words in (
            ("repairs", self.repairs, REPAIRS),
            ("quarantine", self.quarantine, QUARANTINE),
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


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, the same way for the same counts."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two nearest (Hyndman and Fan 1996, type 7). ``ordered`` isn't empty."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
