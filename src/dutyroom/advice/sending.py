"""What sending another unit would cost the next hour; never in the way of an action."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

import msgspec

from dutyroom.advice import answers
from dutyroom.advice.advisor import Advisor
from dutyroom.advice.nearest import nearest_point
from dutyroom.advice.outlook import FRESH_MS, Outlooks, begin, difference
from dutyroom.citypack import CityPack
from dutyroom.dispatch import Recommendation
from dutyroom.projections import board
from dutyroom.readings.record import incident_state
from dutyroom.rehearsal.lookahead.differences import AreaChange, Instead
from dutyroom.rehearsal.lookahead.outlook import UnitNow

MOST_KEPT: Final = 32
MOST_CANDIDATES: Final = 8
"""Candidates that are rehearsed: the first of the list."""


class Sendings:
    """Keeps the latest answer for each incident that was looked at; one is made at a time, in a
    thread of its own."""

    def __init__(self, advisor: Advisor, outlooks: Outlooks) -> None:
        self._advisor, self._outlooks = advisor, outlooks
        self._kept: OrderedDict[str, answers.Sending] = OrderedDict()
        self._failed_ms: OrderedDict[str, int] = OrderedDict()

    def latest(
        self, pack: CityPack, incident: str, now_ms: int
    ) -> answers.Sending | answers.NotRehearsed:
        """The newest answer there is, at once; a newer one is begun if the room has moved on.

        ``stale``: it has, since; ``failed``: the last attempt at a newer one did.
        """
        found, failed_ms = self._kept.get(incident), self._failed_ms.get(incident)
        stale = found is not None and found.position != board.head()
        tried_ms = max(found.at_ms if found else 0, failed_ms or 0)
        if (found is None or stale) and now_ms - tried_ms > FRESH_MS:
            begin(self._outlooks.working, lambda: self._renew(pack, incident, now_ms))
        failed = failed_ms is not None
        if found is None:
            return answers.NotRehearsed(ready=False, stale=False, failed=failed)
        return msgspec.structs.replace(found, stale=stale, failed=failed)

    def _renew(self, pack: CityPack, incident: str, now_ms: int) -> None:
        try:
            _keep(self._kept, incident, self.make(pack, incident, now_ms))
            self._failed_ms.pop(incident, None)
        except Exception:
            _keep(self._failed_ms, incident, now_ms)
            raise

    def make(self, pack: CityPack, incident: str, now_ms: int) -> answers.Sending:
        """Rehearse the next hour with the recommended units sent, and with each other candidate
        sent instead of the one whose part it could take."""
        started = time.perf_counter()
        now = self._outlooks.moment(pack, now_ms, without=incident)
        ahead = now.ahead
        advice = self._advisor.recommend(incident, now_ms)
        place, state = self._advisor.place(incident), incident_state(self._advisor.reader, incident)
        nothing = answers.Sending(
            ready=True,
            stale=False,
            failed=False,
            at_ms=now_ms,
            position=now.position,
            calls=now.calls.said(),
            service_times=now.times.said(),
            replications=0,
            candidates=(),
        )
        if advice is None or place is None or state is None:
            return nothing
        number = {unit.id: at for at, unit in enumerate(ahead.builder.units)}
        chosen = [unit for unit in advice.chosen if unit in number]
        swaps = [one for one in _swaps(advice) if set(one) <= number.keys()][:MOST_CANDIDATES]
        if not swaps:
            return nothing
        scene = nearest_point(ahead.builder.scenario.geography, place)
        arrival = {one.unit: one.arrival_s for one in advice.candidates}

        def sent(units: Iterable[str]) -> list[UnitNow]:
            picture = list(now.units)
            for unit in units:
                busy_s = now.times.busy_s(state.category, arrival.get(unit) or 0.0)
                picture[number[unit]] = UnitNow(scene, busy_s)
            return picture

        others = [sent(unit if u == out else u for u in chosen) for unit, out in swaps]
        found = ahead.instead(sent(chosen), others, hour=now.hour, waiting=now.waiting)
        return msgspec.structs.replace(
            nothing,
            replications=ahead.replications,
            candidates=tuple(
                _instead(unit, out, change)
                for (unit, out), change in zip(swaps, found, strict=True)
            ),
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )


def _keep[T](kept: OrderedDict[str, T], incident: str, answer: T) -> None:
    kept[incident] = answer
    kept.move_to_end(incident)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _swaps(advice: Recommendation) -> list[tuple[str, str]]:
    """Each candidate that isn't chosen, and the chosen unit whose part it could take."""
    needed = {need.capability for need in advice.needs}
    can = {one.unit: needed & set(one.capabilities) for one in advice.candidates}
    found = []
    for one in advice.candidates:
        parts = [unit for unit in advice.chosen if can.get(unit, set()) <= can[one.unit]]
        if one.unit not in advice.chosen and one.arrival_s is not None and parts:
            found.append((one.unit, parts[0]))
    return found


def _instead(unit: str, instead_of: str, change: Instead) -> answers.Instead:
    return answers.Instead(
        unit=unit,
        instead_of=instead_of,
        delay_s=difference(change.delay),
        bare=difference(change.bare, 4),
        worst=_area(change.worst) if change.worst else None,
        barest=_area(change.barest) if change.barest else None,
        areas=tuple(_area(one) for one in change.areas),
    )


def _area(one: AreaChange) -> answers.AreaChange:
    return answers.AreaChange(
        zone=one.area, delay_s=difference(one.delay), bare=difference(one.bare, 4)
    )
