"""Where units go that have nothing to do: home, nowhere, or to the post that needs one most."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel, lean_kernel
from dutyroom.rehearsal.simulation.lists import (
    count_free,
    count_heading,
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
    free_of,
    from_base_s_of,
    gains_of,
    heading_of,
    near_of,
    on_road_of,
    table_first_of,
    table_holds_of,
    table_of,
    team_first_of,
    units_of,
    worth_of,
)


@inline_kernel
def go_idle(room: Room, unit: int, now_s: float) -> None:
    """A unit that stands at its point has nothing to do."""
    units = units_of(room)
    base = units[unit]["home"]
    if room["after"] == STAY and base_point_of(room)[base] != units[unit]["point"]:
        units[unit]["since_s"] = now_s
        units[unit]["base"] = base
        count_free(room, unit, 1)
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
    count_heading(room, unit, base, 1)
    count_free(room, unit, 1)
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
    """Where one more unit like this raises the expected covered demand most (DMEXCLP).

    Jagtenberg, Bhulai and van der Mei (2015), "An efficient heuristic for real-time ambulance
    redeployment", Operations Research for Health Care 4: demand x (1 - q) q^k, where k free units
    cover the point already. Here for each thing that the unit can do, the demand for it and the
    free units that can do it too; summed. Ties go to the unit's home, then to the lowest index.
    """
    gains, worth = gains_of(room), worth_of(room)
    cover_first, cover_points = cover_first_of(room), cover_points_of(room)
    home, can = units_of(room)[unit]["home"], units_of(room)[unit]["can"]
    gains[:] = 0.0
    for capability in range(len(demand_of(room)) // room["points"]):
        if not can >> np.uint64(capability) & np.uint64(1):
            continue
        if not _find_worth(room, unit, capability):
            continue
        for base in range(room["bases"]):
            for each in range(cover_first[base], cover_first[base + 1]):
                gains[base] += worth[cover_points[each]]
    best = home
    for base in range(room["bases"]):
        if gains[base] > gains[best]:
            best = base
    return best


@inline_kernel
def _find_worth(room: Room, unit: int, capability: int) -> bool:
    """Work out what covering each point once more is worth; is there any demand at all?"""
    demand, covered, worth = demand_of(room), covered_of(room), worth_of(room)
    first, most = capability * room["points"], 0.0
    for point in range(room["points"]):
        most = max(most, demand[first + point])
    if most == 0.0:
        return False
    _count_covered(room, unit, np.uint64(1) << np.uint64(capability))
    for point in range(room["points"]):
        worth[point] = demand[first + point] * room["busy_share"] ** covered[point]
    return True


@inline_kernel
def _count_covered(room: Room, unit: int, need: np.uint64) -> None:
    """Count by how many other free units with this capability each point is covered, from the
    bases where they are or that they are on the way to."""
    covered, units = covered_of(room), units_of(room)
    cover_first, cover_points = cover_first_of(room), cover_points_of(room)
    covered[:] = 0
    for other in range(len(units)):
        waits = units[other]["state"] == AT_BASE or units[other]["state"] == HOMEWARD
        if other != unit and waits and units[other]["can"] & need:
            base = units[other]["base"]
            for each in range(cover_first[base], cover_first[base + 1]):
                covered[cover_points[each]] += 1


@inline_kernel
def comply(room: Room, now_s: float) -> None:
    """Move free units so that the posts of the compliance tables are taken.

    A table has a list of bases for each number of free units of its team (Gendreau, Laporte and
    Semet 2006, "The maximal expected coverage relocation problem", J. Oper. Res. Soc. 57). A post
    that nobody of the team is at or on the way to gets the nearest of them that no post needs, if
    it can be there in time.
    """
    team_first, table_first, heading = team_first_of(room), table_first_of(room), heading_of(room)
    table, holds, free = table_of(room), table_holds_of(room), free_of(room)
    for team in range(len(team_first) - 1):
        row = min(team_first[team] + free[team], team_first[team + 1] - 1)
        for each in range(table_first[row], table_first[row + 1]):
            if heading[team * room["bases"] + table[each]] < holds[each]:
                _take_posts(room, team, table_first[row], table_first[row + 1], now_s)
                break


@lean_kernel
def _take_posts(room: Room, team: int, first: int, end: int, now_s: float) -> None:
    """Fill the posts of a row of a team's table, as far as somebody can be spared."""
    table, heading = table_of(room), heading_of(room)
    wanted = covered_of(room)  # all zero in between
    of = team * room["bases"]
    for each in range(first, end):
        wanted[table[each]] += 1
    for each in range(first, end):
        if heading[of + table[each]] < wanted[table[each]]:
            unit = _nearest_spare(room, team, table[each], now_s)
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
def _waits(room: Room, unit: int, now_s: float) -> bool:
    """Is a unit of a base's list there? Where arriving is an event, it is once that is over: first
    it looks at the calls that wait."""
    if room["way"] == JUMP:
        return units_of(room)[unit]["state"] == AT_BASE
    return units_of(room)[unit]["arrive_s"] <= now_s


@inline_kernel
def _nearest_spare(room: Room, team: int, base: int, now_s: float) -> int:
    """The free unit of a team, needed at no post, that would be at this base first; or -1."""
    units, heading, wanted = units_of(room), heading_of(room), covered_of(room)
    near, base_first, from_base_s = near_of(room), base_first_of(room), from_base_s_of(room)
    there = base_point_of(room)[base]
    row, of = there * room["bases"], team * room["bases"]
    best, best_s = -1, room["move_limit_s"]
    for at in range(row, row + room["bases"]):
        other = near[at]
        seconds = from_base_s[row + other]
        if seconds > best_s:
            break
        if heading[of + other] <= wanted[other]:
            continue
        unit = base_first[other]
        while unit >= 0:
            if units[unit]["team"] == team and _waits(room, unit, now_s):
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
        if units[unit]["team"] != team:
            continue
        if units[unit]["arrive_s"] <= now_s or heading[of + goal] <= wanted[goal]:
            continue  # at its base: seen above
        if not is_within(room, unit, there, near_m2, now_s):
            continue
        seconds = travel_s(room, where(room, unit, now_s), there)
        if seconds < best_s or (seconds == best_s and unit < best):
            best, best_s = unit, seconds
            near_m2 = within_m2(room, seconds)
    return best
