"""The event loop of a rehearsal, compiled.

Every unit has at most one event ahead; a tournament tree finds the next. What a unit does in
between is known beforehand and written down when it ends, so that a call costs two events and
not eight. At one moment shifts change first, then units by their index, then calls: the live room
does the same. Arrivals are compared in whole milliseconds (exactly, where a scenario asks for
it), then by the unit's index, which is its rank by id.
"""

import math

import numpy as np

from dutyroom.dispatch.jit import inline_kernel, lean_kernel
from dutyroom.rehearsal.simulation.idle import comply, go_idle
from dutyroom.rehearsal.simulation.lists import (
    arrive,
    count_free,
    end_work,
    enter_road,
    leave_road,
    note,
    rouse,
    rouse_all,
    set_due,
    stop_being_free,
)
from dutyroom.rehearsal.simulation.movement import where
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    BUSY,
    COMPLIANCE,
    END_SHIFT,
    HOMEWARD,
    I_BREAK,
    I_OFF,
    NOT_QUEUED,
    OFF,
    ON_BREAK,
    START_SHIFT,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_point_of,
    calls_of,
    changes_of,
    intervals_of,
    outcomes_of,
    places_of,
    prefetch_from_base_s,
    prefetch_near,
    queued_of,
    tree_s_of,
    tree_unit_of,
    units_of,
)
from dutyroom.rehearsal.simulation.taking import preempt, take_over
from dutyroom.rehearsal.simulation.working import enqueue, serve_waiting, try_to_fill

NEAR_IN_A_LINE, SECONDS_IN_A_LINE = 32, 8
"""So many entries of ``near`` and of ``from_base_s`` share a line of 64 bytes of cache."""


@inline_kernel
def margin(units: int) -> int:
    """Room for the intervals of one event and of every unit that is roused by it or at the end:
    the loop need not look at each."""
    return 64 + 16 * units


@lean_kernel
def run(room: Room, until_s: float) -> bool:
    """Play events up to and including ``until_s``, or until more than ``give_up`` calls wait (0:
    however many). False when the room for intervals is used up:
    take them away, set ``written`` to 0 and call again."""
    units, tree_s, tree_unit = units_of(room), tree_s_of(room), tree_unit_of(room)
    calls, changes = calls_of(room), changes_of(room)
    last = len(intervals_of(room)) - margin(len(units))
    keeps = len(intervals_of(room)) > 0
    complies = room["after"] == COMPLIANCE
    while True:
        if keeps and room["written"] > last:
            return False
        unit_s = tree_s[1]
        call_s, change_s = np.inf, np.inf
        if room["next_call"] < len(calls):
            call_s = calls[room["next_call"]]["ready_s"]
        if room["next_change"] < len(changes):
            change_s = changes[room["next_change"]]["at_s"]
        now_s = min(unit_s, call_s, change_s)
        if now_s > until_s or math.isinf(now_s):
            rouse_all(room, until_s)
            return True
        room["now_s"] = now_s
        idle = -1
        if change_s <= now_s:
            idle = _change(room, room["next_change"])
            room["next_change"] += 1
        elif unit_s <= now_s:
            idle = _finish(room, tree_unit[1], now_s)
        else:
            _begin(room, room["next_call"], now_s)
            room["next_call"] += 1
            _foresee(room)
            if 0 < room["give_up"] < room["waiting"]:
                room["gave_up_s"] = now_s
                rouse_all(room, now_s)
                return True
        while idle >= 0:
            idle = _settle(room, idle, now_s)
        if complies:
            comply(room, now_s)


@inline_kernel
def _foresee(room: Room) -> None:
    """Fetch what the next call will look up first: memory is what a run waits for most."""
    calls, bases = calls_of(room), room["bases"]
    if room["next_call"] >= len(calls):
        return
    row = calls[room["next_call"]]["point"] * bases
    for at in range(0, bases, NEAR_IN_A_LINE):
        prefetch_near(room, row + at)
    for at in range(0, bases, SECONDS_IN_A_LINE):
        prefetch_from_base_s(room, row + at)


@inline_kernel
def _begin(room: Room, call: int, now_s: float) -> None:
    """A call can be dispatched: send what is free, take what may be taken, else let it wait."""
    calls, queued = calls_of(room), queued_of(room)
    places, outcomes = places_of(room), outcomes_of(room)
    queued[call]["open"] = queued[call]["left"] = calls[call]["count"]
    queued[call]["before"] = NOT_QUEUED
    first = calls[call]["first"]
    for place in range(first, first + calls[call]["count"]):
        outcomes[place]["unit"] = -1
        outcomes[place]["sent"] = 0
        outcomes[place]["need"] = places[place]["need"]
    try_to_fill(room, call, now_s)
    if queued[call]["open"] == 0:
        return
    rouse_all(room, now_s)
    preempt(room, call, now_s)
    missing = queued[call]["open"]
    if missing == 0:
        return
    if calls[call]["background"] or room["no_waiting"]:
        room["lost"] += missing
        queued[call]["left"] -= missing
        queued[call]["open"] = 0
    else:
        enqueue(room, call)


@inline_kernel
def _finish(room: Room, unit: int, now_s: float) -> int:
    """A unit has finished its work, its way or its break. Returns it if it needs to settle."""
    units = units_of(room)
    state = units[unit]["state"]
    if state == HOMEWARD:
        arrive(room, unit)
        set_due(room, unit, np.inf)
        if room["waiting"] > 0:
            serve_waiting(room, unit, now_s)
        return -1
    if state == BUSY:
        end_work(room, unit, now_s)
    elif state == ON_BREAK:
        point = units[unit]["point"]
        note(room, unit, I_BREAK, units[unit]["since_s"], now_s, -1, point, point)
    return unit


@inline_kernel
def _change(room: Room, change: int) -> int:
    """A shift begins or ends, or a break is due. Returns the unit if it needs to settle."""
    units, what = units_of(room), changes_of(room)[change]
    unit, kind, now_s = what["unit"], what["kind"], what["at_s"]
    rouse(room, unit, now_s)
    state = units[unit]["state"]
    if kind == START_SHIFT:
        units[unit]["on_shift"] = True
        if state != OFF:
            return -1
        point = base_point_of(room)[units[unit]["home"]]
        note(room, unit, I_OFF, units[unit]["since_s"], now_s, -1, point, point)
        units[unit]["point"] = point
        return unit
    if kind == END_SHIFT:
        units[unit]["on_shift"] = False
        units[unit]["break_due"] = False
    elif units[unit]["on_shift"]:
        units[unit]["break_due"] = True
        units[unit]["break_s"] = what["break_s"]
    else:
        return -1
    if state == ON_BREAK and kind == END_SHIFT:
        point = units[unit]["point"]
        note(room, unit, I_BREAK, units[unit]["since_s"], now_s, -1, point, point)
        return unit
    if state in (AT_BASE, HOMEWARD, STAYING):
        point = where(room, unit, now_s)
        stop_being_free(room, unit, now_s)
        units[unit]["point"] = point
        return unit
    return -1


@inline_kernel
def _settle(room: Room, unit: int, now_s: float) -> int:
    """What a unit does that stands at its point and is on no list. Returns the next one to
    settle: the unit that it relieved, or -1."""
    units = units_of(room)
    units[unit]["since_s"] = now_s
    if not units[unit]["on_shift"]:
        units[unit]["state"] = OFF
        set_due(room, unit, np.inf)
        return -1
    if units[unit]["break_due"]:
        units[unit]["break_due"] = False
        units[unit]["state"] = ON_BREAK
        set_due(room, unit, now_s + units[unit]["break_s"])
        return -1
    if room["waiting"] > 0 or room["reassign_gain_s"] < np.inf:
        units[unit]["base"] = units[unit]["home"]
        count_free(room, unit, 1)
        enter_road(room, unit, STAYING)
        if room["waiting"] > 0 and serve_waiting(room, unit, now_s):
            return -1
        if room["reassign_gain_s"] < np.inf:
            relieved = take_over(room, unit, now_s)
            if relieved >= 0:
                return relieved
        leave_road(room, unit)
        count_free(room, unit, -1)
    go_idle(room, unit, now_s)
    return -1
