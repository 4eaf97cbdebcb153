"""Checks a roster minute by minute; shares no code with the optimiser beyond its data classes."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from dutyroom.rehearsal.optimise.roster_task import RosterTask, Turn

LEAD_DAYS = 14


def faults(task: RosterTask, turns: Iterable[Turn]) -> list[str]:
    """Everything that is wrong with a roster, in words; unmet needs too."""
    turns = list(turns)
    found = [] if len(set(turns)) == len(turns) else ["a turn is listed twice"]
    for at in range(len(task.members)):
        found += _member_faults(task, at, [(t.day, t.shift) for t in turns if t.member == at])
    return found + _need_faults(task, turns)


def _need_faults(task: RosterTask, turns: list[Turn]) -> list[str]:
    found = []
    for need in task.needs:
        there = [
            task.members[t.member] for t in turns if (t.day, t.shift) == (need.day, need.shift)
        ]
        if need.capability:
            there = [member for member in there if need.capability in member.capabilities]
        if len(there) < need.count:
            found.append(f"day {need.day} shift {need.shift} {need.capability}: {len(there)}")
    return found


def _member_faults(task: RosterTask, at: int, own: list[tuple[int, int]]) -> list[str]:
    member, rules, found = task.members[at], task.rules, []
    minutes = np.zeros((LEAD_DAYS + task.days + 3) * 1440, int)
    for day, shift in [*own, *member.before]:
        kind = task.shifts[shift]
        first = (LEAD_DAYS + day) * 1440 + kind.start_min
        minutes[first : first + kind.length_min] += 1
    if minutes.max() > 1:
        found.append(f"{member.id} is in two places")
    spans = sorted(
        ((LEAD_DAYS + day) * 1440 + task.shifts[shift].start_min, task.shifts[shift].length_min)
        for day, shift in [*own, *member.before]
    )
    for (before, length_min), (start, _) in pairwise(spans):
        rest_min = start - before - length_min  # none at all between turns that touch
        if rest_min < rules.min_rest_min and start >= LEAD_DAYS * 1440:
            found.append(f"{member.id} rests {rest_min} min before minute {start}")
    days = {day for day, _ in own}
    if len(days) < len(own):
        found.append(f"{member.id} works twice a day")
    found += [f"{member.id} works on leave day {day}" for day in days & member.leave]
    every = days | {day for day, _ in member.before}
    nights = {day for day, shift in [*own, *member.before] if task.shifts[shift].night}
    for what, worked, most in (
        ("days", every, rules.max_days_running),
        ("nights", nights, rules.max_nights_running),
    ):
        for last in range(task.days):
            if all(last - back in worked for back in range(most + 1)):
                found.append(f"{member.id} works too many {what} running to day {last}")
    limit = rules.max_week_min if member.max_week_min is None else member.max_week_min
    for monday in range(0, task.days, 7):
        week = range(monday, monday + 7)
        if sum(task.shifts[shift].length_min for day, shift in own if day in week) > limit:
            found.append(f"{member.id} works too long in week {monday}")
        if monday + 7 <= task.days and 7 - len(days & set(week)) < rules.min_days_off_a_week:
            found.append(f"{member.id} has too few days off in week {monday}")
    return found
