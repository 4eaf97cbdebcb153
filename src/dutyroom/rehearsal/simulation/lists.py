"""The next event, and who is free: the lists that every event touches."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    HOMEWARD,
    I_AT_BASE,
    I_HOMEWARD,
    I_STAYING,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_first_of,
    base_point_of,
    heading_of,
    intervals_of,
    on_road_of,
    tree_s_of,
    tree_unit_of,
    units_of,
)


@inline_kernel
def set_due(room: Room, unit: int, due_s: float) -> None:
    """Give a unit its next event and replay its matches in the tournament tree.

    Node 1 has the unit with the earliest event, the lowest index on a tie; the children of node
    ``n`` are ``2 n`` and ``2 n + 1``, the last half of the nodes are the units.
    """
    tree_s, tree_unit = tree_s_of(room), tree_unit_of(room)
    at = np.uint64(unit + (len(tree_s) >> 1))
    tree_s[at] = due_s
    who = np.int32(unit)
    while at > 1:
        other_s, other = tree_s[at ^ np.uint64(1)], tree_unit[at ^ np.uint64(1)]
        if other_s < due_s or (other_s == due_s and other < who):
            due_s, who = other_s, other
        at >>= np.uint64(1)
        tree_s[at], tree_unit[at] = due_s, who


@inline_kernel
def note(
    room: Room, unit: int, kind: int, start_s: float, end_s: float, place: int, a: int, b: int
) -> None:
    """Write down an interval of a unit, if intervals are wanted and it took time."""
    intervals = intervals_of(room)
    if len(intervals) == 0 or end_s <= start_s:
        return
    at = room["written"]
    room["written"] = at + 1
    intervals[at]["start_s"], intervals[at]["end_s"] = start_s, end_s
    intervals[at]["place"], intervals[at]["unit"] = place, unit
    intervals[at]["from_point"], intervals[at]["to_point"] = a, b
    intervals[at]["kind"] = kind


@inline_kernel
def enter_base(room: Room, unit: int, base: int) -> None:
    """The unit waits at a base from now on; units of a base are listed by index."""
    units, base_first = units_of(room), base_first_of(room)
    before, after = -1, base_first[base]
    while 0 <= after < unit:
        before, after = after, units[after]["next"]
    units[unit]["next"] = after
    if before < 0:
        base_first[base] = unit
    else:
        units[before]["next"] = unit
    units[unit]["state"] = AT_BASE
    units[unit]["base"] = base


@inline_kernel
def _leave_base(room: Room, unit: int) -> None:
    units, base_first = units_of(room), base_first_of(room)
    base = units[unit]["base"]
    if base_first[base] == unit:
        base_first[base] = units[unit]["next"]
        return
    at = base_first[base]
    while units[at]["next"] != unit:
        at = units[at]["next"]
    units[at]["next"] = units[unit]["next"]


@inline_kernel
def enter_road(room: Room, unit: int, state: int) -> None:
    """The unit is on duty with nothing to do, but not at a base."""
    units = units_of(room)
    slot = room["roaming"]
    on_road_of(room)[slot] = unit
    units[unit]["slot"] = slot
    units[unit]["state"] = state
    room["roaming"] = slot + 1


@inline_kernel
def leave_road(room: Room, unit: int) -> None:
    """It is no longer on that list; what it is instead, the caller says."""
    units, on_road = units_of(room), on_road_of(room)
    last = room["roaming"] - 1
    slot = units[unit]["slot"]
    moved = on_road[last]
    on_road[slot] = moved
    units[moved]["slot"] = slot
    room["roaming"] = last


@inline_kernel
def stop_being_free(room: Room, unit: int, now_s: float) -> None:
    """Take a free unit out of its list and write down what it did until now."""
    units = units_of(room)
    state = units[unit]["state"]
    point, base = units[unit]["point"], units[unit]["base"]
    if state == AT_BASE:
        _leave_base(room, unit)
        note(room, unit, I_AT_BASE, units[unit]["since_s"], now_s, -1, point, point)
    elif state == HOMEWARD:
        leave_road(room, unit)
        there = base_point_of(room)[base]
        note(room, unit, I_HOMEWARD, units[unit]["since_s"], now_s, -1, point, there)
    else:
        leave_road(room, unit)
        note(room, unit, I_STAYING, units[unit]["since_s"], now_s, -1, point, point)
    if state != STAYING:
        heading_of(room)[base] -= 1
    room["free"] -= 1
