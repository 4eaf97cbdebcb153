"""Simulated mediators at police stations: they follow the disputes that nobody else has taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5
from zlib import crc32

import msgspec
import numpy as np

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.matters.commands import (
    ConcludeMatter,
    HoldMediation,
    MediationResult,
    OfMatter,
    PlanMediation,
    TakeMatter,
)
from dutyroom.domain.matters.row import MatterRow
from dutyroom.evening.halves import both
from dutyroom.evening.stations import OFFICERS, is_simulated, officer_of

TAKE_AFTER_S: Final = (300.0, 1200.0)
PLAN_AFTER_S: Final = (120.0, 600.0)
MEETS_AFTER_S: Final = (1800.0, 5400.0)
HOLD_AFTER_S: Final = (600.0, 1500.0)
"""How long the sides talk."""
RESULTS: Final[tuple[MediationResult, ...]] = ("all_agreed", "again", "some_agreed", "again")
_AT: Final = Text("At the police station's mediation room", "在派出所调解室")
_SAID: Final = Text("Both sides were heard.", "已听取双方意见。")
_SETTLED: Final = Text("Both sides signed.", "双方签订调解协议。")

type Move = tuple[Actor, OfMatter]


@dataclass(slots=True)
class Mediators:
    """`moves` says what they do now. ``began_ms``: what lay there before waits from then on."""

    stations: frozenset[str]
    seed: int
    speed: float = 1.0
    began_ms: int = 0

    def moves(self, rows: Iterable[str], now_ms: int) -> list[Move]:
        """What is due now, of the rows of all open matters. What a person has taken stays with
        them."""
        matters = (msgspec.json.decode(row, type=MatterRow) for row in rows)
        found = (self._move(one, now_ms) for one in matters if one.org in self.stations)
        return [one for one in found if one is not None]

    def _move(self, one: MatterRow, now_ms: int) -> Move | None:
        if one.review_ms is not None and one.review_ms <= now_ms:
            return None  # it has ended
        waited_s = (now_ms - max(one.since_ms, self.began_ms)) / 1000 * self.speed
        if one.state == "waiting":
            officer = officer_of(one.org, int(self._draw(one, "who") * OFFICERS) + 1)
            due = waited_s > self._between(one, "take", TAKE_AFTER_S)
            return (officer, TakeMatter(UUID(one.id))) if due else None
        if one.state != "in_hand" or not is_simulated(one.owner):
            return None
        owner = Actor(one.owner, "station_officer", org=one.org)
        command = self._mediate(one, waited_s, now_ms)
        return (owner, command) if command is not None else None

    def _mediate(self, one: MatterRow, waited_s: float, now_ms: int) -> OfMatter | None:
        id_ = UUID(one.id)
        planned = next((it for it in one.mediations if it.held_ms is None), None)
        if planned is not None:
            lasts_ms = self._between(one, "hold", HOLD_AFTER_S) * 1000 / self.speed
            if now_ms < planned.at_ms + lasts_ms:
                return None
            result = RESULTS[int(self._draw(one, "result") * len(RESULTS))]
            return HoldMediation(id_, UUID(planned.id), result, both(_SAID))
        last = one.mediations[-1] if one.mediations else None
        since_ms = max(self.began_ms, last.held_ms or 0) if last else self.began_ms
        waited_s = min(waited_s, (now_ms - since_ms) / 1000 * self.speed)
        if waited_s <= self._between(one, "plan", PLAN_AFTER_S):
            return None
        if last is not None and last.result == "all_agreed":
            return ConcludeMatter(id_, "settled", both(_SETTLED))
        meets_ms = round(self._between(one, "meet", MEETS_AFTER_S) * 1000 / self.speed)
        mediation = uuid5(id_, f"mediation {len(one.mediations)}")
        return PlanMediation(id_, mediation, now_ms + meets_ms, both(_AT))

    def _between(self, one: MatterRow, what: str, times: tuple[float, float]) -> float:
        least, most = times
        return least + (most - least) * self._draw(one, what)

    def _draw(self, one: MatterRow, what: str) -> float:
        """The same for the same seed, whenever it is asked and in whatever order."""
        key = crc32(f"{one.id}{what}{len(one.mediations)}".encode())
        return float(np.random.default_rng((self.seed, key)).random())
