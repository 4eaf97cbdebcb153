"""Sending units, what they do until they are free again, and the calls that wait for one."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel
from dutyroom.rehearsal.simulation.choosing import choose_for_places, exchange, nearest_free
from dutyroom.rehearsal.simulation.lists import fall_asleep, rouse, set_due, stop_being_free
from dutyroom.rehearsal.simulation.movement import (
    hour_factor,
    response_factor,
    travel_s,
    way_home_s,
    where,
)
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    BUSY,
    LEVELS,
    NEAREST,
    NEAREST_FACILITY,
    NO_FACILITY,
    NOT_QUEUED,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_point_of,
    calls_of,
    facility_point_of,
    from_base_s_of,
    heads_of,
    nearest_facility_of,
    outcomes_of,
    picked_of,
    places_of,
    queued_of,
    rows_of,
    units_of,
)


@inline_kernel
def send(room: Room, unit: int, place: int, now_s: float) -> None:
    """Put a free unit on a place, and work out everything until it is free again."""
    units, outcomes = units_of(room), outcomes_of(room)
    wanted = places_of(room)[place]
    call = wanted["call"]
    point = calls_of(room)[call]["point"]
    turnout_s = wanted["turnout_s"]
    rouse(room, unit, now_s)
    at_base = units[unit]["state"] == AT_BASE
    if at_base:
        base = units[unit]["base"]
        start = base_point_of(room)[base]
        way_s = from_base_s_of(room)[point * room["bases"] + base]
    else:
        turnout_s *= room["turnout_on_road"]
        start = where(room, unit, now_s)
        way_s = travel_s(room, start, point)
    left_s = now_s + turnout_s
    trip_s = response_factor(room, call, now_s) * way_s
    arrive_s = left_s + trip_s * wanted["stretch"]
    clear_s = arrive_s + wanted["on_scene_s"]
    facility, facility_s, free_s = wanted["facility"], clear_s, clear_s
    if facility == NEAREST_FACILITY:
        facility = nearest_facility_of(room)[point]
    if facility != NO_FACILITY:
        to_s = travel_s(room, point, facility_point_of(room)[facility])
        facility_s = clear_s + hour_factor(room, clear_s) * room["transport_factor"] * to_s
        free_s = facility_s + wanted["handover_s"]
    outcome = outcomes[place]
    outcome["unit"], outcome["start"], outcome["facility"] = unit, start, facility
    outcome["sent"] += 1
    outcome["sent_s"], outcome["left_s"], outcome["arrive_s"] = now_s, left_s, arrive_s
    outcome["clear_s"], outcome["facility_s"], outcome["free_s"] = clear_s, facility_s, free_s
    queued_of(room)[call]["open"] -= 1
    if at_base and room["sleeps"] and room["waiting"] == 0:
        end = point if facility == NO_FACILITY else facility_point_of(room)[facility]
        fall_asleep(room, unit, now_s)
        units[unit]["arrive_s"] = free_s
        if end != base_point_of(room)[base]:
            units[unit]["arrive_s"] += way_home_s(room, end, base, free_s)
    else:
        stop_being_free(room, unit, now_s)
        units[unit]["state"] = BUSY
        set_due(room, unit, free_s)
    units[unit]["place"] = place
    units[unit]["point"] = start
    units[unit]["since_s"] = now_s


@inline_kernel
def try_to_fill(room: Room, call: int, now_s: float) -> None:
    """Send free units to the open places of a call."""
    wanted = calls_of(room)[call]
    first, count, point = wanted["first"], wanted["count"], wanted["point"]
    factor = response_factor(room, call, now_s)
    if count == 1:
        unit = nearest_free(room, point, places_of(room)[first]["need"], factor, now_s)
        if unit >= 0:
            send(room, unit, first, now_s)
        return
    open_places = choose_for_places(room, call, first, count, point, factor, now_s)
    rows, picked = rows_of(room), picked_of(room)
    for each in range(open_places):
        if picked[each] >= 0:
            send(room, picked[each], first + rows[each], now_s)


@inline_kernel
def enqueue(room: Room, call: int) -> None:
    """Put a call into the queue of its level, by the time since which it could be dispatched."""
    queued, heads, level = queued_of(room), heads_of(room), calls_of(room)[call]["level"]
    if queued[call]["before"] != NOT_QUEUED:
        return
    before, after = heads[2 * level + 1], -1
    while before > call:
        before, after = queued[before]["before"], before
    queued[call]["before"], queued[call]["after"] = before, after
    if before < 0:
        heads[2 * level] = call
    else:
        queued[before]["after"] = call
    if after < 0:
        heads[2 * level + 1] = call
    else:
        queued[after]["before"] = call
    room["waiting"] += 1
    room["most_waiting"] = max(room["most_waiting"], room["waiting"])


@inline_kernel
def _dequeue(room: Room, call: int) -> None:
    queued, heads, level = queued_of(room), heads_of(room), calls_of(room)[call]["level"]
    before, after = queued[call]["before"], queued[call]["after"]
    if before < 0:
        heads[2 * level] = after
    else:
        queued[before]["after"] = after
    if after < 0:
        heads[2 * level + 1] = before
    else:
        queued[after]["before"] = before
    queued[call]["before"] = NOT_QUEUED
    room["waiting"] -= 1


@inline_kernel
def _open_place(room: Room, call: int, unit: int, can: int) -> int:
    """The first place of a call that nobody is on and that this unit could fill, or -1."""
    outcomes, calls = outcomes_of(room), calls_of(room)
    first = calls[call]["first"]
    for place in range(first, first + calls[call]["count"]):
        if outcomes[place]["unit"] < 0 and outcomes[place]["need"] & can:
            return place
    return exchange(room, call, unit) if calls[call]["count"] > 1 else -1


@inline_kernel
def serve_waiting(room: Room, unit: int, now_s: float) -> bool:
    """Send a unit that got free to a waiting call, the most urgent level first."""
    calls, queued, heads = calls_of(room), queued_of(room), heads_of(room)
    can = units_of(room)[unit]["can"]
    nearest = room["discipline"] == NEAREST
    for level in range(LEVELS):
        best, best_s = -1, np.inf
        call = heads[2 * level]
        while call >= 0:
            place = _open_place(room, call, unit, can)
            if place >= 0:
                seconds = travel_s(room, where(room, unit, now_s), calls[call]["point"])
                if seconds < best_s:  # never where there is no way
                    best, best_s = place, seconds
                if best >= 0 and not nearest:
                    break
            call = queued[call]["after"]
        if best >= 0:
            call = places_of(room)[best]["call"]
            send(room, unit, best, now_s)
            if queued[call]["open"] == 0:
                _dequeue(room, call)
            return True
    return False
