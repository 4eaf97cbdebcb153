"""Makes calls: a Poisson stream for each kind, with everything that a call will need."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.scenario.model import HOUR_S, CallKind, Duration, GivenCalls, Scenario
from dutyroom.rehearsal.scenario.streams import stream
from dutyroom.rehearsal.simulation.records import NEAREST_FACILITY, NO_FACILITY


def draw_calls(scenario: Scenario, replication: int) -> GivenCalls:
    """The calls of one replication, in the order of time."""
    parts = [
        _draw_kind(scenario, kind, number, replication)
        for number, kind in enumerate(scenario.kinds)
    ]
    return merge(parts)


def merge(parts: list[GivenCalls]) -> GivenCalls:
    """Several streams of calls as one, in the order of time, then of the streams."""
    shifts = np.cumsum([0] + [int(part.first[-1]) for part in parts])
    starts = [part.first[:-1] + shift for part, shift in zip(parts, shifts, strict=False)]

    def joined(name: str) -> NDArray[Any]:
        whole: NDArray[Any] = np.concatenate([getattr(part, name) for part in parts])
        return whole

    whole = GivenCalls(
        ids=tuple(key for part in parts for key in part.ids),
        at_s=joined("at_s"),
        point=joined("point"),
        priority=joined("priority"),
        category=tuple(code for part in parts for code in part.category),
        officer_initiated=joined("officer_initiated"),
        first=np.concatenate([*starts, shifts[-1:]]).astype(np.int64),
        need=joined("need"),
        turnout_s=joined("turnout_s"),
        on_scene_s=joined("on_scene_s"),
        handover_s=joined("handover_s"),
        facility=joined("facility"),
        stretch=joined("stretch"),
    )
    return take(whole, np.argsort(whole.at_s, kind="stable"))


def take(calls: GivenCalls, order: NDArray[np.int64]) -> GivenCalls:
    """These calls in this order, each with its places."""
    counts = np.diff(calls.first)[order]
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    rows = np.repeat(calls.first[:-1][order] - first[:-1], counts) + np.arange(first[-1])
    category = np.array(calls.category, dtype=object)
    return GivenCalls(
        ids=tuple(np.array(calls.ids, dtype=object)[order]) if calls.ids else (),
        at_s=calls.at_s[order],
        point=calls.point[order],
        priority=calls.priority[order],
        category=tuple(category[order]),
        officer_initiated=calls.officer_initiated[order],
        first=first,
        need=calls.need[rows],
        turnout_s=calls.turnout_s[rows],
        on_scene_s=calls.on_scene_s[rows],
        handover_s=calls.handover_s[rows],
        facility=calls.facility[rows],
        stretch=calls.stretch[rows],
    )


def _draw_kind(scenario: Scenario, kind: CallKind, number: int, replication: int) -> GivenCalls:
    """Each draw has a stream of its own by kind and purpose: more calls in one hour, or a longer
    time on scene, leave every other draw as it was."""

    def rng(purpose: str) -> np.random.Generator:
        return stream(scenario.seed, replication, kind.category, number, purpose)

    at_s = _arrivals(scenario, kind, rng("arrivals"))
    calls = len(at_s)
    weight = np.asarray(kind.point_weight or np.ones(len(scenario.geography.ids)), np.float64)
    edges = np.cumsum(weight) / weight.sum()
    point = np.searchsorted(edges, rng("point").random(calls), side="right")
    needs = [scenario.capabilities.index(n.capability) for n in kind.needs for _ in range(n.count)]
    places = calls * len(needs)

    def on_the_way(duration: Duration, purpose: str) -> NDArray[np.float64]:
        """Drawn for each unit, or once for all units of a call."""
        if not kind.together:
            return draw(duration, places, rng(purpose))
        return np.repeat(draw(duration, calls, rng(purpose)), len(needs))

    transported = np.zeros(places, np.bool_)
    transported[:: len(needs)] = rng("transport").random(calls) < kind.transport_share
    return GivenCalls(
        ids=(),
        at_s=at_s,
        point=np.minimum(point, len(weight) - 1).astype(np.int32),
        priority=np.full(calls, kind.priority, np.int8),
        category=(kind.category,) * calls,
        officer_initiated=np.full(calls, kind.officer_initiated),
        first=np.arange(0, places + 1, len(needs), dtype=np.int64),
        need=np.tile(np.array(needs, np.int32), calls),
        turnout_s=on_the_way(kind.turnout, "turnout"),
        on_scene_s=draw(kind.on_scene, places, rng("on_scene")),
        handover_s=np.where(transported, draw(kind.handover, places, rng("handover")), 0.0),
        facility=np.where(transported, NEAREST_FACILITY, NO_FACILITY).astype(np.int32),
        stretch=on_the_way(Duration(1.0, kind.travel_cv), "travel"),
    )


def _arrivals(scenario: Scenario, kind: CallKind, rng: np.random.Generator) -> NDArray[np.float64]:
    """A Poisson stream whose rate follows ``by_hour``, by thinning (Lewis and Shedler 1979)."""
    weights = np.asarray(kind.by_hour, np.float64)
    rates = kind.per_h * weights / weights.mean()
    most = rates.max()
    if most <= 0:
        return np.zeros(0)
    expected = most * scenario.hours
    gaps = rng.exponential(HOUR_S / most, int(expected + 8 * np.sqrt(expected) + 16))
    at_s = np.cumsum(gaps)
    keep = rng.random(len(at_s))
    hour = (at_s / HOUR_S).astype(np.int64) + scenario.first_hour
    kept = at_s[(keep < rates[hour % len(rates)] / most) & (at_s < scenario.hours * HOUR_S)]
    return np.asarray(kept, np.float64)


def draw(duration: Duration, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """That many draws, in seconds."""
    mean_s, cv = duration.mean_s, duration.cv
    if mean_s == 0 or cv == 0:
        return np.full(count, mean_s)
    if duration.kind == "exponential":
        return rng.exponential(mean_s, count)
    if duration.kind == "gamma":
        return rng.gamma(1 / cv**2, mean_s * cv**2, count)
    variance = np.log1p(cv**2)
    return rng.lognormal(np.log(mean_s) - variance / 2, np.sqrt(variance), count)
