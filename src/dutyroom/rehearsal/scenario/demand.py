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
    at_s = np.concatenate([part.at_s for part in parts])
    order = np.argsort(at_s, kind="stable")
    counts = np.concatenate([np.diff(part.first) for part in parts])[order]
    starts = np.concatenate(
        [part.first[:-1] + shift for part, shift in zip(parts, _shifts(parts), strict=True)]
    )[order]
    first = np.concatenate(([0], np.cumsum(counts)))
    rows = np.repeat(starts - first[:-1], counts) + np.arange(first[-1])
    ids = [key for part in parts for key in part.ids]
    category = [code for part in parts for code in part.category]

    def calls(name: str) -> NDArray[Any]:
        joined: NDArray[Any] = np.concatenate([getattr(part, name) for part in parts])[order]
        return joined

    def places(name: str) -> NDArray[Any]:
        joined: NDArray[Any] = np.concatenate([getattr(part, name) for part in parts])[rows]
        return joined

    return GivenCalls(
        ids=tuple(ids[i] for i in order) if ids else (),
        at_s=calls("at_s"),
        point=calls("point"),
        priority=calls("priority"),
        category=tuple(category[i] for i in order),
        officer_initiated=calls("officer_initiated"),
        first=first.astype(np.int64),
        need=places("need"),
        turnout_s=places("turnout_s"),
        on_scene_s=places("on_scene_s"),
        handover_s=places("handover_s"),
        facility=places("facility"),
        stretch=places("stretch"),
    )


def _shifts(parts: list[GivenCalls]) -> list[int]:
    lengths = [int(part.first[-1]) for part in parts]
    return [sum(lengths[:n]) for n in range(len(lengths))]


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
        turnout_s=draw(kind.turnout, places, rng("turnout")),
        on_scene_s=draw(kind.on_scene, places, rng("on_scene")),
        handover_s=np.where(transported, draw(kind.handover, places, rng("handover")), 0.0),
        facility=np.where(transported, NEAREST_FACILITY, NO_FACILITY).astype(np.int32),
        stretch=draw(Duration(1.0, kind.travel_cv), places, rng("travel")),
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
