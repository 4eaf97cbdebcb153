"""What a given roster breaks, what it lacks and how fair it is: read off, without a solver."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.roster_task import RosterTask, Rule, Turn, is_weekend


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule broken for one crew member around a day.

    ``amount`` is what is beyond the rule: minutes (rest, week hours), days, nights or shifts.
    """

    rule: Rule
    member: int
    day: int
    amount: int


@dataclass(frozen=True, slots=True, order=True)
class Unmet:
    """A need that lacks ``short`` crew members."""

    day: int
    shift: int
    capability: str
    short: int


def breaches(task: RosterTask, turns: Iterable[Turn]) -> list[Breach]:
    """All broken rules; a turn on leave too. Capabilities are the needs' matter."""
    by_member: dict[int, list[tuple[int, int]]] = {n: [] for n in range(len(task.members))}
    for turn in turns:
        by_member[turn.member].append((turn.day, turn.shift))
    found: list[Breach] = []
    for member, own in by_member.items():
        found += _of_member(task, member, sorted(own))
    return sorted(found)


def unmet(task: RosterTask, turns: Iterable[Turn]) -> list[Unmet]:
    """All needs that lack somebody."""
    present: dict[tuple[int, int], list[int]] = {}
    for turn in turns:
        present.setdefault((turn.day, turn.shift), []).append(turn.member)
    found = []
    for need in sorted(task.needs):
        able = [
            member
            for member in present.get((need.day, need.shift), [])
            if not need.capability or need.capability in task.members[member].capabilities
        ]
        if len(able) < need.count:
            short = need.count - len(able)
            found.append(Unmet(need.day, need.shift, need.capability, short))
    return found


@dataclass(frozen=True, slots=True)
class Burden:
    """Per crew member: nights, weekend shifts, all shifts, weight of wishes not met."""

    nights: NDArray[np.int64]
    weekends: NDArray[np.int64]
    shifts: NDArray[np.int64]
    wishes: NDArray[np.int64]


def burden(task: RosterTask, turns: Iterable[Turn]) -> Burden:
    nights, weekends, shifts, wishes = np.zeros((4, len(task.members)), np.int64)
    worked = set(turns)
    for turn in worked:
        nights[turn.member] += task.shifts[turn.shift].night
        weekends[turn.member] += is_weekend(turn.day)
        shifts[turn.member] += 1
    for at, member in enumerate(task.members):
        own = {(turn.day, turn.shift) for turn in worked if turn.member == at}
        days = {day for day, _ in own}
        for wish in member.wishes:
            works = wish.day in days if wish.shift is None else (wish.day, wish.shift) in own
            wishes[at] += wish.weight * (works != wish.works)
    return Burden(nights, weekends, shifts, wishes)


def score(task: RosterTask, turns: Iterable[Turn]) -> int:
    """The objective, less is better: weighted spreads, surplus shifts and wishes not met."""
    turns = set(turns)
    carried, weights = burden(task, turns), task.weights
    present = Counter((turn.day, turn.shift) for turn in turns)
    surplus = sum(max(0, count - task.needed(*slot)) for slot, count in present.items())
    return int(
        weights.night_spread * np.ptp(carried.nights)
        + weights.weekend_spread * np.ptp(carried.weekends)
        + weights.shift_spread * np.ptp(carried.shifts)
        + weights.surplus * surplus
        + weights.wish * carried.wishes.sum()
    )


def _of_member(task: RosterTask, at: int, own: list[tuple[int, int]]) -> Iterator[Breach]:
    rules, member = task.rules, task.members[at]
    timeline = sorted([*member.before, *own], key=lambda each: task.start_min(*each))
    for one, other in itertools.pairwise(timeline):
        rest = task.rest_min(one, other)
        if other[0] >= 0 and one[0] != other[0] and rest < rules.min_rest_min:
            yield Breach(Rule.REST, at, other[0], rules.min_rest_min - rest)
    per_day = Counter(day for day, _ in own)
    for day, count in per_day.items():
        if count > 1:
            yield Breach(Rule.ONE_A_DAY, at, day, count - 1)
        if day in member.leave:
            yield Breach(Rule.LEAVE, at, day, 1)
    days = {day for day, _ in timeline}
    nights = {day for day, shift in timeline if task.shifts[shift].night}
    for rule, worked, most in (
        (Rule.DAYS_RUNNING, days, rules.max_days_running),
        (Rule.NIGHTS_RUNNING, nights, rules.max_nights_running),
    ):
        for day, length in _runs(worked):
            if day >= 0 and length > most:
                yield Breach(rule, at, day, length - most)
    for week in range(-(-task.days // 7)):
        spent = sum(task.shifts[shift].length_min for day, shift in own if day // 7 == week)
        if spent > task.week_limit_min(at):
            yield Breach(Rule.WEEK_HOURS, at, 7 * week, spent - task.week_limit_min(at))
        free = 7 - len({day for day, _ in own if day // 7 == week})
        if 7 * week + 7 <= task.days and free < rules.min_days_off_a_week:
            yield Breach(Rule.DAYS_OFF, at, 7 * week, rules.min_days_off_a_week - free)


def _runs(days: set[int]) -> Iterator[tuple[int, int]]:
    """(last day, length) of each run of days."""
    length = 0
    for day in sorted(days):
        length = length + 1 if day - 1 in days else 1
        if day + 1 not in days:
            yield day, length
