"""Where units go that have nothing to do: home, nowhere, or to the post that needs one most."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel, lean_kernel
from dutyroom.rehearsal.simulation.lists import (
    enter_list,
    enter_road,
    rouse,
    set_due,
    stop_being_free,
)
from dutyroom.rehearsal.simulation.movement import is_within, travel_s, way_home_s, where, within_m2
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    DMEXCLP,
    HOMEWARD,
    JUMP,
    STAY,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_first_of,
    base_point_of,
    cover_first_of,
    cover_points_of,
    covered_of,
    demand_of,
    from_base_s_of,
    heading_of,
    near_of,
    on_road_of,
    table_first_of,
    table_holds_of,
    table_of,
    units_of,
)


@inline_kernel
def go_idle(room: Room, unit: int, now_s: float) -> None:
    """A unit that stands at its point has nothing to do."""
    units = units_of(room)
    base = units[unit]["home"]
    if room["after"] == STAY and base_point_of(room)[base] != units[unit]["point"]:
        units[unit]["since_s"] = now_s
        units[unit]["base"] = base
        room["free"] += 1
        enter_road(room, unit, STAYING)
        set_due(room, unit, np.inf)
        return
    if room["after"] == DMEXCLP:
        base = best_covering_base(room, unit)
    _head_for(room, unit, base, now_s)


@inline_kernel
def _head_for(room: Room, unit: int, base: int, now_s: float) -> None:
    """A unit that stands at its point goes to a base; it is free on the way."""
    units = units_of(room)
    point, there = units[unit]["point"], base_point_of(room)[base]
    heading_of(room)[base] += 1
    room["free"] += 1
    units[unit]["since_s"] = now_s
    enter_list(room, unit, base)
    if point == there:
        units[unit]["state"], units[unit]["arrive_s"] = AT_BASE, now_s
        set_due(room, unit, np.inf)
        return
    trip_s = way_home_s(room, point, base, now_s)
    units[unit]["left_s"], units[unit]["arrive_s"] = now_s, now_s + trip_s
    if room["way"] == JUMP:  # nobody can be sent on the way, so a waiting call waits for this
        units[unit]["state"] = HOMEWARD
        set_due(room, unit, now_s + trip_s)
    else:
        enter_road(room, unit, HOMEWARD)
        set_due(room, unit, np.inf)


@inline_kernel
def best_covering_base(room: Room, unit: int) -> int:
    """Where one more unit raises the expected covered demand most (DMEXCLP).

    Jagtenberg, Bhulai and van der Mei (2015), "An efficient heuristic for real-time ambulance
    redeployment", Operations Research for Health Care 4: demand x (1 - q) q^k, where k free units
    cover the point already. Ties go to the unit's home, then to the lowest index.
    """
    covered, heading, demand = covered_of(room), heading_of(room), demand_of(room)
    cover_first, cover_points = cover_first_of(room), cover_points_of(room)
    home, busy_share = units_of(room)[unit]["home"], room["busy_share"]
    covered[:] = 0
    for base in range(room["bases"]):
        if heading[base] > 0:
            for each in range(cover_first[base], cover_first[base + 1]):
                covered[cover_points[each]] += heading[base]
    best, best_gain = home, -1.0
    for base in range(room["bases"]):
        gain = 0.0
        for each in range(cover_first[base], cover_first[base + 1]):
            point = cover_points[each]
            gain += demand[point] * busy_share ** covered[point]
        if gain > best_gain or (gain == best_gain and base == home):
            best, best_gain = base, gain
    return best


@inline_kernel
def comply(room: Room, now_s: float) -> None:
    """Move free units so that the posts of the compliance table are taken.

    The table has a list of bases for each number of free units (Gendreau, Laporte and Semet 2006,
    "The maximal expected coverage relocation problem", J. Oper. Res. Soc. 57). A post that nobody
    is at or on the way to gets the nearest unit that no post needs, if it can be there in time.
    """
    table_first, heading = table_first_of(room), heading_of(room)
    table, holds = table_of(room), table_holds_of(room)
    free = min(room["free"], len(table_first) - 2)
    for each in range(table_first[free], table_first[free + 1]):
        if heading[table[each]] < holds[each]:
            _take_posts(room, table_first[free], table_first[free + 1], now_s)
            return


@lean_kernel
def _take_posts(room: Room, first: int, end: int, now_s: float) -> None:
    """Fill the posts of a row of the table, as far as somebody can be spared."""
    table, heading = table_of(room), heading_of(room)
    wanted = covered_of(room)  # all zero in between
    for each in range(first, end):
        wanted[table[each]] += 1
    for each in range(first, end):
        if heading[table[each]] < wanted[table[each]]:
            unit = _nearest_spare(room, table[each], now_s)
            if unit >= 0:
                room["moved"] += 1
                rouse(room, unit, now_s)
                point = where(room, unit, now_s)
                stop_being_free(room, unit, now_s)
                units_of(room)[unit]["point"] = point
                _head_for(room, unit, table[each], now_s)
    for each in range(first, end):
        wanted[table[each]] = 0


@inline_kernel
def _nearest_spare(room: Room, base: int, now_s: float) -> int:
    """The free unit, needed at no post, that would be at this base first; or -1."""
    units, heading, wanted = units_of(room), heading_of(room), covered_of(room)
    near, base_first, from_base_s = near_of(room), base_first_of(room), from_base_s_of(room)
    there = base_point_of(room)[base]
    row = there * room["bases"]
    best, best_s = -1, room["move_limit_s"]
    for at in range(row, row + room["bases"]):
        other = near[at]
        seconds = from_base_s[row + other]
        if seconds > best_s:
            break
        if heading[other] <= wanted[other]:
            continue
        unit = base_first[other]
        while unit >= 0:
            if units[unit]["arrive_s"] <= now_s:
                if seconds < best_s or unit < best:
                    best, best_s = unit, seconds
                break
            unit = units[unit]["next"]
    if room["way"] == JUMP:
        return best
    on_road, near_m2 = on_road_of(room), within_m2(room, best_s)
    for slot in range(room["roaming"]):
        unit = on_road[slot]
        goal = units[unit]["base"]
        if units[unit]["arrive_s"] <= now_s or heading[goal] <= wanted[goal]:
            continue  # at its base: seen above
        if not is_within(room, unit, there, near_m2, now_s):
            continue
        seconds = travel_s(room, where(room, unit, now_s), there)
        if seconds < best_s or (seconds == best_s and unit < best):
            best, best_s = unit, seconds
            near_m2 = within_m2(room, seconds)
    return best
