"""The next event, and who is free: the lists that every event touches.

The list of a base has the units that are there and those that will be: on their way, or asleep.
``arrive_s`` says from when on. So an arrival is no event, and where nothing can wait for a unit,
neither is the end of its work.
"""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel, lean_kernel
from dutyroom.rehearsal.simulation.records import (
    ASLEEP,
    AT_BASE,
    BUSY,
    COMPLIANCE,
    HOMEWARD,
    I_AT_BASE,
    I_AT_FACILITY,
    I_HOMEWARD,
    I_ON_SCENE,
    I_STAYING,
    I_TO_FACILITY,
    I_TO_SCENE,
    I_TURNOUT,
    JUMP,
    NO_FACILITY,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_first_of,
    base_point_of,
    calls_of,
    facility_point_of,
    free_of,
    heading_of,
    intervals_of,
    on_road_of,
    outcomes_of,
    places_of,
    queued_of,
    tree_s_of,
    tree_unit_of,
    units_of,
    x_m_of,
    y_m_of,
)


@inline_kernel
def set_due(room: Room, unit: int, due_s: float) -> None:
    """Give a unit its next event and replay its matches in the tournament tree.

    Node 1 has the unit with the earliest event, the lowest index on a tie; the children of node
    ``n`` are ``2 n`` and ``2 n + 1``, the last half of the nodes are the units.
    """
    tree_s, tree_unit = tree_s_of(room), tree_unit_of(room)
    at = np.uint64(unit + (len(tree_s) >> 1))
    if tree_s[at] == due_s:
        return
    tree_s[at] = due_s
    who = np.int32(unit)
    while at > 1:
        other_s, other = tree_s[at ^ np.uint64(1)], tree_unit[at ^ np.uint64(1)]
        if other_s < due_s or (other_s == due_s and other < who):
            due_s, who = other_s, other
        at >>= np.uint64(1)
        tree_s[at], tree_unit[at] = due_s, who


@inline_kernel
def count_free(room: Room, unit: int, change: int) -> None:
    """So many more of its team are free; only compliance tables ask."""
    if room["after"] == COMPLIANCE:
        free_of(room)[units_of(room)[unit]["team"]] += change


@inline_kernel
def count_heading(room: Room, unit: int, base: int, change: int) -> None:
    """So many more of its team are at a base, or on the way there; only these tables ask."""
    if room["after"] == COMPLIANCE:
        heading_of(room)[units_of(room)[unit]["team"] * room["bases"] + base] += change


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
def note_work(room: Room, unit: int, end_s: float) -> None:
    """Write down what a unit did for its place until ``end_s``."""
    if len(intervals_of(room)) == 0:
        return
    place = units_of(room)[unit]["place"]
    did = outcomes_of(room)[place]
    point = calls_of(room)[places_of(room)[place]["call"]]["point"]
    start = did["start"]
    note(room, unit, I_TURNOUT, did["sent_s"], min(did["left_s"], end_s), place, start, start)
    note(room, unit, I_TO_SCENE, did["left_s"], min(did["arrive_s"], end_s), place, start, point)
    note(room, unit, I_ON_SCENE, did["arrive_s"], min(did["clear_s"], end_s), place, point, point)
    if did["facility"] != NO_FACILITY:
        there = facility_point_of(room)[did["facility"]]
        at_s = did["facility_s"]
        note(room, unit, I_TO_FACILITY, did["clear_s"], min(at_s, end_s), place, point, there)
        note(room, unit, I_AT_FACILITY, at_s, min(did["free_s"], end_s), place, there, there)


@inline_kernel
def end_work(room: Room, unit: int, end_s: float) -> None:
    """A unit has finished its place: it stands where the call was, or at the facility."""
    units = units_of(room)
    place = units[unit]["place"]
    note_work(room, unit, end_s)
    facility = outcomes_of(room)[place]["facility"]
    call = places_of(room)[place]["call"]
    point = calls_of(room)[call]["point"]
    if facility != NO_FACILITY:
        point = facility_point_of(room)[facility]
    units[unit]["point"] = point
    units[unit]["place"] = -1
    queued_of(room)[call]["left"] -= 1


@inline_kernel
def enter_list(room: Room, unit: int, base: int) -> None:
    """Put a unit into the list of a base, by index; from ``arrive_s`` on it waits there."""
    units, base_first = units_of(room), base_first_of(room)
    before, after = -1, base_first[base]
    while 0 <= after < unit:
        before, after = after, units[after]["next"]
    units[unit]["next"] = after
    if before < 0:
        base_first[base] = unit
    else:
        units[before]["next"] = unit
    units[unit]["base"] = base


@inline_kernel
def _leave_list(room: Room, unit: int) -> None:
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
    x_m, y_m, at = x_m_of(room), y_m_of(room), units[unit]["point"]
    units[unit]["x_m"], units[unit]["y_m"] = x_m[at], y_m[at]
    east, north = 0.0, 0.0
    trip_s = units[unit]["arrive_s"] - units[unit]["left_s"]
    if state == HOMEWARD and trip_s > 0.0:
        there = base_point_of(room)[units[unit]["base"]]
        east, north = (x_m[there] - x_m[at]) / trip_s, (y_m[there] - y_m[at]) / trip_s
    units[unit]["east_m_per_s"], units[unit]["north_m_per_s"] = east, north


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
def arrive(room: Room, unit: int) -> None:
    """A unit on its way has got to its base; it is in the list already."""
    units = units_of(room)
    there = base_point_of(room)[units[unit]["base"]]
    arrive_s = units[unit]["arrive_s"]
    note(room, unit, I_HOMEWARD, units[unit]["since_s"], arrive_s, -1, units[unit]["point"], there)
    if room["way"] != JUMP:
        leave_road(room, unit)
    units[unit]["state"] = AT_BASE
    units[unit]["point"], units[unit]["since_s"] = there, arrive_s


@lean_kernel
def rouse(room: Room, unit: int, now_s: float) -> None:
    """Bring the state of a unit up to this moment, if it slept or has arrived in the meantime."""
    units = units_of(room)
    state = units[unit]["state"]
    if state == ASLEEP:
        free_s = outcomes_of(room)[units[unit]["place"]]["free_s"]
        if now_s < free_s:
            _leave_list(room, unit)
            units[unit]["state"] = BUSY
            set_due(room, unit, free_s)
            return
        end_work(room, unit, free_s)
        count_heading(room, unit, units[unit]["base"], 1)
        count_free(room, unit, 1)
        units[unit]["since_s"] = units[unit]["left_s"] = free_s
        units[unit]["state"] = HOMEWARD
        if now_s < units[unit]["arrive_s"]:
            set_due(room, unit, units[unit]["arrive_s"])
            return
        arrive(room, unit)
    elif state == HOMEWARD and now_s >= units[unit]["arrive_s"]:
        arrive(room, unit)
        set_due(room, unit, np.inf)


@lean_kernel
def rouse_all(room: Room, now_s: float) -> None:
    """As ``rouse``, for every unit."""
    for unit in range(len(units_of(room))):
        rouse(room, unit, now_s)


@inline_kernel
def fall_asleep(room: Room, unit: int, now_s: float) -> None:
    """A unit at its base is sent, and needn't be looked at until it has come back: as
    ``stop_being_free``, but it stays in the list."""
    units = units_of(room)
    point = units[unit]["point"]
    note(room, unit, I_AT_BASE, units[unit]["since_s"], now_s, -1, point, point)
    count_heading(room, unit, units[unit]["base"], -1)
    count_free(room, unit, -1)
    units[unit]["state"] = ASLEEP


@inline_kernel
def stop_being_free(room: Room, unit: int, now_s: float) -> None:
    """Take a free unit, roused, out of its lists and write down what it did until now."""
    units = units_of(room)
    state = units[unit]["state"]
    point, base = units[unit]["point"], units[unit]["base"]
    if state == AT_BASE:
        _leave_list(room, unit)
        note(room, unit, I_AT_BASE, units[unit]["since_s"], now_s, -1, point, point)
    elif state == HOMEWARD:
        _leave_list(room, unit)
        if room["way"] != JUMP:
            leave_road(room, unit)
        there = base_point_of(room)[base]
        note(room, unit, I_HOMEWARD, units[unit]["since_s"], now_s, -1, point, there)
    else:
        leave_road(room, unit)
        note(room, unit, I_STAYING, units[unit]["since_s"], now_s, -1, point, point)
    if state != STAYING:
        count_heading(room, unit, base, -1)
    count_free(room, unit, -1)
