"""Why these units and not the nearer ones: the list of candidates with their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from dutyroom.dispatch.fleet import Snapshot, Standing
from dutyroom.dispatch.picture import LONGEST_ARRIVAL_S, Picture
from dutyroom.dispatch.words import Candidate, Reason, Request

SHOWN: Final = 10
"""Free units that would come later are shown until the list is this long."""
MOST_SHOWN: Final = 24
"""Nearer units that were passed over are shown up to here; the rest are counted."""
MOST_ASIDE: Final = 3
"""Nearer units that are shown though they can't come: without a needed capability, off duty."""

_NO_COME: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """What was decided for one request: units by need, and who went elsewhere instead."""

    filled: tuple[tuple[int, ...], ...]
    elsewhere: Mapping[int, Request]


def candidates(
    picture: Picture, fleet: Snapshot, choice: Choice, losses: Mapping[int, float]
) -> tuple[tuple[Candidate, ...], int]:
    """The candidates in the order of their rank, and how many nearer ones are not shown."""
    explanation = _Explanation(picture, fleet, choice)
    shown, left_out = explanation.shown()
    return tuple(explanation.candidate(unit, losses.get(unit)) for unit in shown), left_out


class _Explanation:
    def __init__(self, picture: Picture, fleet: Snapshot, choice: Choice) -> None:
        self._picture, self._fleet, self._choice = picture, fleet, choice
        assigned = set(picture.assigned)
        self._need_of = {
            unit: need
            for need, units in enumerate(choice.filled)
            for unit in units
            if unit not in assigned
        }
        self._last_ms = [self._last(need) for need in range(len(picture.needs))]

    def _last(self, need: int) -> int:
        """When the last unit for a need comes: nobody is later than a place left empty."""
        filled = self._choice.filled[need]
        if len(filled) < self._picture.needs[need].count:
            return _NO_COME - 1
        sent = [int(self._picture.rank_ms[unit]) for unit in filled if unit in self._need_of]
        return max(sent, default=-1)

    def shown(self) -> tuple[list[int], int]:
        """The chosen ones, the nearer ones passed over, then later ones while there is room."""
        picture, fleet = self._picture, self._fleet
        on_duty = fleet.standing != Standing.OFF_DUTY
        reached = picture.rank_ms >= 0
        able = on_duty & (picture.has != 0)
        last_ms = np.full(len(fleet.ids), -1, np.int64)
        for need, until_ms in enumerate(self._last_ms):
            having = ((picture.has >> np.uint64(need)) & np.uint64(1)).astype(np.bool_)
            np.maximum(last_ms, until_ms, out=last_ms, where=having)
        nearer = able & reached & (picture.rank_ms <= last_ms)
        nearer |= able & ~reached & (picture.suits != 0)
        nearest_first = picture.queue
        passed = [
            u for u in nearest_first[nearer[nearest_first]].tolist() if u not in self._need_of
        ]
        room = max(MOST_SHOWN - len(self._need_of), 0)
        taken = [*self._need_of, *passed[:room]]
        free = able & reached & ~nearer & (picture.suits != 0)
        later = nearest_first[free[nearest_first]].tolist()
        taken += [u for u in later if u not in self._need_of][: max(SHOWN - len(taken), 0)]
        last_sent_ms = max((int(picture.rank_ms[u]) for u in self._need_of), default=-1)
        sooner = reached & (picture.rank_ms <= last_sent_ms)
        for aside in (on_duty & (picture.has == 0), ~on_duty & (picture.has != 0)):
            here = aside & sooner
            taken += nearest_first[here[nearest_first]].tolist()[:MOST_ASIDE]
        listed = np.zeros(len(fleet.ids), np.bool_)
        listed[taken] = True
        return nearest_first[listed[nearest_first]].tolist(), max(len(passed) - room, 0)

    def candidate(self, unit: int, loss: float | None) -> Candidate:
        picture = self._picture
        arrival_ms = int(picture.arrival_ms[unit])
        return Candidate(
            unit=self._fleet.ids[unit],
            kind=self._fleet.kinds[unit],
            arrival_s=arrival_ms / 1000 if arrival_ms >= 0 else None,
            widened_s=float(picture.widened_s[unit]),
            capabilities=tuple(picture.needs[b].capability for b in self._matched(unit)),
            chosen=unit in self._need_of,
            reasons=tuple(self._reasons(unit)),
            coverage_loss=loss,
            load_s=float(self._fleet.load_s[unit]),
        )

    def _matched(self, unit: int) -> list[int]:
        has = int(self._picture.has[unit])
        return [b for b in range(len(self._picture.needs)) if (has >> b) & 1]

    def _reasons(self, unit: int) -> list[Reason]:
        reasons = self._chosen(unit) if unit in self._need_of else [self._passed_over(unit)]
        if self._fleet.doubted[unit]:
            reasons.append(Reason("doubtful_position"))
        if self._picture.widened_s[unit] > 0:
            reasons.append(self._stale(unit))
        return reasons

    def _chosen(self, unit: int) -> list[Reason]:
        needs, filled = self._picture.needs, self._need_of[unit]
        reasons = [Reason("chosen_nearest_for_need", {"capability": needs[filled].capability})]
        rank_ms = int(self._picture.rank_ms[unit])
        for other in self._matched(unit):
            if other != filled and rank_ms < self._last_ms[other]:
                params: dict[str, str | int | float | None] = {
                    "capability": needs[filled].capability,
                    "instead_of": needs[other].capability,
                }
                reasons.append(Reason("needed_more_for", params))
        return reasons

    def _passed_over(self, unit: int) -> Reason:
        picture, fleet = self._picture, self._fleet
        if picture.has[unit] == 0:
            return Reason("lacks_capability", {"capability": picture.needs[0].capability})
        if unit in picture.assigned:
            return Reason("already_assigned")
        if fleet.standing[unit] == Standing.BUSY:
            return Reason("nearer_but_busy", {"priority": int(fleet.busy_priority[unit])})
        if fleet.standing[unit] == Standing.UNAVAILABLE:
            return Reason("nearer_but_unavailable")
        if fleet.standing[unit] == Standing.OFF_DUTY:
            return Reason("nearer_but_off_duty")
        if fleet.standing[unit] == Standing.IN_EMERGENCY:
            return Reason("in_emergency")
        if fleet.ids[unit] in picture.request.excluded:
            return Reason("excluded")
        elsewhere = self._choice.elsewhere.get(unit)
        if elsewhere is not None:
            return Reason(
                "needed_elsewhere", {"request": elsewhere.id, "priority": elsewhere.priority}
            )
        if picture.too_far[unit]:
            return Reason("too_far", {"longest_s": LONGEST_ARRIVAL_S})
        if picture.rank_ms[unit] < 0:
            return Reason("unreachable")
        return self._later(unit)

    def _later(self, unit: int) -> Reason:
        """A free unit, for whose capabilities others come sooner or were there before."""
        matched = self._matched(unit)
        sent = [b for b in matched if self._last_ms[b] >= 0]
        if not sent:
            return Reason(
                "need_already_met", {"capability": self._picture.needs[matched[0]].capability}
            )
        need = max(sent, key=lambda b: self._last_ms[b])
        by_s = (int(self._picture.rank_ms[unit]) - self._last_ms[need]) / 1000
        load_s = float(self._fleet.load_s[unit])
        chosen_load_s = self._load_of_last(need)
        if by_s == 0 and load_s > chosen_load_s:
            loads: dict[str, str | int | float | None] = {
                "capability": self._picture.needs[need].capability,
                "load_s": load_s,
                "chosen_load_s": chosen_load_s,
            }
            return Reason("crew_more_loaded", loads)
        params: dict[str, str | int | float | None] = {
            "capability": self._picture.needs[need].capability,
            "by_s": by_s,
        }
        return Reason("later_than_chosen", params)

    def _load_of_last(self, need: int) -> float:
        """The crew load of the chosen unit that comes last for a need; the greatest on a tie."""
        last = [
            float(self._fleet.load_s[unit])
            for unit in self._choice.filled[need]
            if unit in self._need_of and self._picture.rank_ms[unit] == self._last_ms[need]
        ]
        return max(last, default=0.0)

    def _stale(self, unit: int) -> Reason:
        age_s = float(self._picture.age_s[unit])
        return Reason(
            "stale_position",
            {
                "age_s": round(age_s, 3) if np.isfinite(age_s) else None,
                "widened_s": round(float(self._picture.widened_s[unit]), 3),
            },
        )
