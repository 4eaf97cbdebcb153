"""Which units to send: for one call, or for several at once."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.assignment import SERVED, Filled, fill_places
from dutyroom.dispatch.coverage import Coverage
from dutyroom.dispatch.explain import Choice, candidates
from dutyroom.dispatch.fleet import Snapshot, Standing
from dutyroom.dispatch.picture import Picture, look
from dutyroom.dispatch.travel import Travel
from dutyroom.dispatch.words import NeedAnswer, Reason, Recommendation, Request
from dutyroom.domain.values import Need


def recommend(
    travel: Travel, fleet: Snapshot, request: Request, coverage: Coverage | None = None
) -> Recommendation:
    """The best units for one call, with reasons. The same as ``assign_many`` of it alone."""
    return assign_many(travel, fleet, (request,), coverage)[0]


def assign_many(
    travel: Travel,
    fleet: Snapshot,
    requests: Sequence[Request],
    coverage: Coverage | None = None,
) -> tuple[Recommendation, ...]:
    """The best units for several calls at once; answers in the order of the requests.

    More urgent priorities choose first; calls of one priority are solved together: as many places
    filled as possible, then the least sum of arrival times. No unit is sent twice, and none
    that is assigned to another of the calls.
    """
    sent_to = {
        fleet.index[unit]: request
        for request in requests
        for unit in request.assigned
        if unit in fleet.index
    }
    taken = np.zeros(len(fleet.ids), np.bool_)
    taken[list(sent_to)] = True
    answers: dict[int, tuple[Picture, tuple[tuple[int, ...], ...]]] = {}
    urgent_first = sorted(range(len(requests)), key=lambda at: requests[at].priority)
    for _, group in groupby(urgent_first, key=lambda at: requests[at].priority):
        level = list(group)
        pictures = [_look(travel, fleet, requests, at, level, taken) for at in level]
        for at, picture, filled in zip(
            level, pictures, fill_places(pictures, len(fleet.ids)), strict=True
        ):
            answers[at] = _without_served(picture, filled)
            sent = {u for units in filled for u in units} - set(picture.assigned) - {SERVED}
            for unit in sent:
                taken[unit] = True
                sent_to[unit] = requests[at]
    return tuple(
        _answer(fleet, *answers[at], _elsewhere(sent_to, requests[at]), coverage)
        for at in range(len(requests))
    )


def _without_served(
    picture: Picture, filled: Filled
) -> tuple[Picture, tuple[tuple[int, ...], ...]]:
    """What is still needed, and who is there or chosen for it."""
    needs = tuple(
        Need(need.capability, need.count - units.count(SERVED))
        for need, units in zip(picture.needs, filled, strict=True)
    )
    there = tuple(tuple(unit for unit in units if unit != SERVED) for units in filled)
    return replace(picture, needs=needs), there


def _look(
    travel: Travel,
    fleet: Snapshot,
    requests: Sequence[Request],
    at: int,
    level: list[int],
    taken: NDArray[np.bool_],
) -> Picture:
    rivals = tuple(need for other in level if other != at for need in requests[other].needs)
    return look(travel, fleet, requests[at], taken, rivals)


def _elsewhere(sent_to: dict[int, Request], request: Request) -> dict[int, Request]:
    return {unit: other for unit, other in sent_to.items() if other is not request}


def _answer(
    fleet: Snapshot,
    picture: Picture,
    filled: tuple[tuple[int, ...], ...],
    elsewhere: dict[int, Request],
    coverage: Coverage | None,
) -> Recommendation:
    needs = tuple(
        _need_answer(fleet, picture, b, units)
        for b, units in enumerate(filled)
        if picture.needs[b].count
    )
    choice = Choice(filled, elsewhere)
    losses = _losses(fleet, picture, filled, coverage) if coverage else {}
    shown, left_out = candidates(picture, fleet, choice, losses)
    return Recommendation(
        needs=needs,
        chosen=tuple(candidate.unit for candidate in shown if candidate.chosen),
        candidates=shown,
        reasons=tuple(
            Reason("shortfall", {"capability": need.capability, "count": need.shortfall})
            for need in needs
            if need.shortfall
        ),
        nearer_not_shown=left_out,
    )


def _need_answer(
    fleet: Snapshot, picture: Picture, need: int, units: tuple[int, ...]
) -> NeedAnswer:
    assigned = tuple(fleet.ids[unit] for unit in units if unit in picture.assigned)
    chosen = sorted(
        (unit for unit in units if unit not in picture.assigned),
        key=lambda unit: (int(picture.rank_ms[unit]), int(picture.turn[unit])),
    )
    wanted = picture.needs[need]
    return NeedAnswer(
        wanted.capability,
        wanted.count,
        assigned,
        tuple(fleet.ids[unit] for unit in chosen),
        wanted.count - len(units),
    )


def _losses(
    fleet: Snapshot,
    picture: Picture,
    filled: tuple[tuple[int, ...], ...],
    coverage: Coverage,
) -> dict[int, float]:
    """Of each free unit, for the need that it fills, else for the first that it could fill."""
    found: dict[int, float] = {}
    for b, need in enumerate(picture.needs):
        could = np.flatnonzero(picture.suited(b) & (fleet.standing == Standing.AVAILABLE))
        if not len(could):
            continue
        loss = coverage.losses(fleet, need.capability, picture.request.at_hour)
        for unit in could.tolist():
            found.setdefault(unit, float(loss[unit]))
        for unit in filled[b]:
            found[unit] = float(loss[unit])
    return found
