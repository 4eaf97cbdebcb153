"""Taking units from other calls: pre-emption by more urgent ones, and relief by nearer units."""

import numpy as np

from dutyroom.dispatch.jit import lean_kernel
from dutyroom.rehearsal.simulation.lists import (
    count_free,
    enter_road,
    leave_road,
    note_work,
    set_due,
)
from dutyroom.rehearsal.simulation.movement import rank, response_factor, travel_s, where_at_work
from dutyroom.rehearsal.simulation.records import BUSY, JUMP, STAYING
from dutyroom.rehearsal.simulation.room import (
    Room,
    calls_of,
    outcomes_of,
    places_of,
    queued_of,
    units_of,
)
from dutyroom.rehearsal.simulation.working import enqueue, send, try_to_fill


@lean_kernel
def preempt(room: Room, call: int, now_s: float) -> None:
    """Fill what is open of a call with units from officers' own work, or on the way to less
    urgent calls if the rules allow it. The calls they leave are filled anew, or wait."""
    calls, queued, outcomes = calls_of(room), queued_of(room), outcomes_of(room)
    first = calls[call]["first"]
    for place in range(first, first + calls[call]["count"]):
        if outcomes[place]["unit"] >= 0:
            continue
        unit = _nearest_to_take(room, call, place, now_s)
        if unit < 0:
            continue
        left = _withdraw(room, unit, now_s)
        send(room, unit, place, now_s)
        room["preempted"] += 1
        if calls[left]["background"]:
            queued[left]["left"] -= 1
        else:
            try_to_fill(room, left, now_s)
            if queued[left]["open"] > 0:
                enqueue(room, left)


@lean_kernel
def _nearest_to_take(room: Room, call: int, place: int, now_s: float) -> int:
    """The unit that may be taken for this place and arrives first, or -1."""
    units, calls = units_of(room), calls_of(room)
    places, outcomes = places_of(room), outcomes_of(room)
    urgent = calls[call]["priority"] <= room["preempt_by"] and room["way"] != JUMP
    point, need = calls[call]["point"], outcomes[place]["need"]
    factor = response_factor(room, call, now_s)
    best, best_key = -1, np.inf
    for unit in range(len(units)):
        if units[unit]["state"] != BUSY or not units[unit]["can"] & need:
            continue
        other = places[units[unit]["place"]]["call"]
        on_the_way = now_s < outcomes[units[unit]["place"]]["arrive_s"]
        less = urgent and on_the_way and calls[other]["priority"] >= room["preempt_of"]
        own_work = calls[other]["background"] and not calls[call]["background"]
        if other == call or not (less or own_work):
            continue
        key = rank(room, factor * travel_s(room, where_at_work(room, unit, now_s), point))
        if key < best_key:
            best, best_key = unit, key
    return best


@lean_kernel
def _withdraw(room: Room, unit: int, now_s: float) -> int:
    """Take a unit off its place: it is free where it is. Returns the call that it leaves."""
    units, place = units_of(room), units_of(room)[unit]["place"]
    at = where_at_work(room, unit, now_s)
    note_work(room, unit, now_s)
    call = places_of(room)[place]["call"]
    outcomes_of(room)[place]["unit"] = -1
    queued_of(room)[call]["open"] += 1
    units[unit]["place"] = -1
    units[unit]["point"] = at
    units[unit]["base"] = units[unit]["home"]
    units[unit]["since_s"] = now_s
    count_free(room, unit, 1)
    enter_road(room, unit, STAYING)
    set_due(room, unit, np.inf)
    return call


@lean_kernel
def take_over(room: Room, unit: int, now_s: float) -> int:
    """A free unit takes over where it gains most over the unit on the way, if that is enough.

    Returns the unit that is relieved, which stands where it is and is on no list; or -1.
    """
    units, calls = units_of(room), calls_of(room)
    places, outcomes = places_of(room), outcomes_of(room)
    best, best_gain = -1, room["reassign_gain_s"]
    for other in range(len(units)):
        if units[other]["state"] != BUSY:
            continue
        place = units[other]["place"]
        arrive_s = outcomes[place]["arrive_s"]
        if now_s >= arrive_s or not units[unit]["can"] & outcomes[place]["need"]:
            continue
        call = places[place]["call"]
        way_s = travel_s(room, units[unit]["point"], calls[call]["point"])
        trip_s = response_factor(room, call, now_s) * way_s * places[place]["stretch"]
        # All that ``send`` counts: else two units could relieve each other for ever.
        trip_s += places[place]["turnout_s"] * room["turnout_on_road"]
        if arrive_s - (now_s + trip_s) > best_gain:
            best, best_gain = other, arrive_s - (now_s + trip_s)
    if best < 0:
        return -1
    place = units[best]["place"]
    _withdraw(room, best, now_s)
    send(room, unit, place, now_s)
    room["reassigned"] += 1
    leave_road(room, best)
    count_free(room, best, -1)
    return best
