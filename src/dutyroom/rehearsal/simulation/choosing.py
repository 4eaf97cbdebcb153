"""Which free units go to a call: the same order and the same costs as in the live room."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel
from dutyroom.dispatch.kernels import assign_into, seat_cost, weights
from dutyroom.rehearsal.simulation.lists import arrive
from dutyroom.rehearsal.simulation.movement import is_within, rank, reach_m2, travel_s, where
from dutyroom.rehearsal.simulation.records import HOMEWARD
from dutyroom.rehearsal.simulation.room import (
    Room,
    answers_of,
    base_first_of,
    calls_of,
    chosen_of,
    columns_of,
    cost_of,
    found_of,
    from_base_s_of,
    keys_of,
    links_of,
    near_of,
    needs_of,
    on_road_of,
    outcomes_of,
    picked_of,
    prices_of,
    rows_of,
    units_of,
    used_of,
    worst_of,
)


@inline_kernel
def nearest_free(room: Room, point: int, need: int, factor: float, now_s: float) -> int:
    """The free unit with this capability that arrives first, the lowest index on a tie; or -1.

    Bases are looked at in the order of their nearness, until they are too far to matter; then
    the units on the road.
    """
    units, base_first = units_of(room), base_first_of(room)
    near, from_base_s = near_of(room), from_base_s_of(room)
    row, bases = point * room["bases"], room["bases"]
    best, best_key = -1, np.inf
    for at in range(row, row + bases):
        base = near[at]
        unit = base_first[base]
        if unit < 0:
            continue
        way_s = room["expected_turnout_s"] + factor * from_base_s[row + base]
        least = rank(room, way_s)
        if least > best_key or least == np.inf:
            break
        while unit >= 0:
            if units[unit]["arrive_s"] <= now_s and units[unit]["can"] & need:
                key = rank(room, way_s + held_back_s(room, unit, point))
                if key < best_key or (key == best_key and unit < best):
                    best, best_key = unit, key
                if key == least:
                    break  # nobody after it is sooner, nor has a lower index
            unit = units[unit]["next"]
    on_road, near_m2 = on_road_of(room), reach_m2(room, best_key, factor)
    slot = 0
    while slot < room["roaming"]:
        unit = on_road[slot]
        if _is_home(room, unit, now_s):
            arrive(room, unit)  # another one has its place on the list
            continue
        slot += 1
        if not units[unit]["can"] & need or not is_within(room, unit, point, near_m2, now_s):
            continue
        way_s = factor * travel_s(room, where(room, unit, now_s), point)
        key = rank(room, way_s + held_back_s(room, unit, point))
        if key < best_key or (key == best_key and unit < best):
            best, best_key = unit, key
            near_m2 = reach_m2(room, key, factor)
    return best


@inline_kernel
def held_back_s(room: Room, unit: int, point: int) -> float:
    """By what a unit counts as later because its station doesn't answer for this point."""
    if room["own_district_s"] == 0.0:
        return 0.0
    answers = answers_of(room)[point * room["stations"] + units_of(room)[unit]["station"]]
    return 0.0 if answers else room["own_district_s"]


@inline_kernel
def _is_home(room: Room, unit: int, now_s: float) -> bool:
    """Has a unit on the road got to its base in the meantime?"""
    units = units_of(room)
    return units[unit]["arrive_s"] <= now_s and units[unit]["state"] == HOMEWARD


@inline_kernel
def choose_for_places(room: Room, call: int, first: int, count: int, point: int, factor: float,
                      now_s: float) -> int:  # fmt: skip
    """Choose free units for the open places of a call, all at once.

    As many places as possible, then the least sum of arrivals, then the least indices. Returns
    how many places are open; ``rows`` has these and ``picked`` a unit or -1 for each.
    """
    outcomes = outcomes_of(room)
    rows, needs = rows_of(room), needs_of(room)
    n, kinds = 0, 0
    for row in range(count):
        if room_for(room, first + row):
            rows[n] = row
            n += 1
            need = outcomes[first + row]["need"]
            known = False
            for b in range(kinds):
                known |= needs[b] == need
            if not known:
                needs[kinds] = need
                kinds += 1
    if kinds == n and _each_its_nearest(room, first, n, point, factor, now_s):
        return n
    m = _gather(room, point, kinds, n, factor, now_s)
    _fill(room, first, n, m)
    return n


@inline_kernel
def _each_its_nearest(
    room: Room, first: int, n: int, point: int, factor: float, now_s: float
) -> bool:
    """Does the first to arrive of each place's kind do, since they are all different? No other
    choice has more units, nor a sum as small. Then they are in ``picked``."""
    if not room["whole_ms"]:
        return False  # sums are of whole microseconds, single arrivals are not
    outcomes, rows, picked = outcomes_of(room), rows_of(room), picked_of(room)
    for i in range(n):
        unit = nearest_free(room, point, outcomes[first + rows[i]]["need"], factor, now_s)
        for other in range(i):
            if unit >= 0 and picked[other] == unit:
                return False
        picked[i] = unit
    return True


@inline_kernel
def room_for(room: Room, place: int) -> bool:
    """Is nobody on this place?"""
    return outcomes_of(room)[place]["unit"] < 0


@inline_kernel
def _suits(room: Room, unit: int, kinds: int) -> bool:
    can, needs = units_of(room)[unit]["can"], needs_of(room)
    useful = False
    for b in range(kinds):
        useful |= can & needs[b] != 0
    return useful


@inline_kernel
def _gather(room: Room, point: int, kinds: int, enough: int, factor: float, now_s: float) -> int:
    """The free units that the best answer can be made from: for each of the needs on the desk the
    ``enough`` first to arrive, and those on the road. Puts them into ``chosen`` (ascending) with
    their ``keys`` and returns how many there are."""
    units, base_first = units_of(room), base_first_of(room)
    near, from_base_s = near_of(room), from_base_s_of(room)
    needs, found, worst = needs_of(room), found_of(room), worst_of(room)
    row, bases = point * room["bases"], room["bases"]
    count = 0
    for b in range(kinds):
        found[b], worst[b] = 0, -1.0
    for at in range(row, row + bases):
        base = near[at]
        unit = base_first[base]
        if unit < 0:
            continue
        way_s = room["expected_turnout_s"] + factor * from_base_s[row + base]
        least = rank(room, way_s)
        over = True
        for b in range(kinds):
            if found[b] < enough or least <= worst[b]:
                over = False
        if over or least == np.inf:
            break
        while unit >= 0:
            if units[unit]["arrive_s"] <= now_s and _suits(room, unit, kinds):
                key = rank(room, way_s + held_back_s(room, unit, point))
                for b in range(kinds):
                    if units[unit]["can"] & needs[b]:
                        found[b] += 1
                        if found[b] <= enough:
                            worst[b] = max(worst[b], key)
                count = _put_in_order(room, count, unit, key)
            unit = units[unit]["next"]
    last_key = 0.0
    for b in range(kinds):
        last_key = max(last_key, worst[b] if found[b] >= enough else np.inf)
    on_road, near_m2 = on_road_of(room), reach_m2(room, last_key, factor)
    slot = 0
    while slot < room["roaming"]:
        unit = on_road[slot]
        if _is_home(room, unit, now_s):
            arrive(room, unit)
            continue
        slot += 1
        if not _suits(room, unit, kinds) or not is_within(room, unit, point, near_m2, now_s):
            continue
        way_s = factor * travel_s(room, where(room, unit, now_s), point)
        key = rank(room, way_s + held_back_s(room, unit, point))
        if key < np.inf:
            count = _put_in_order(room, count, unit, key)
    return count


@inline_kernel
def _put_in_order(room: Room, count: int, unit: int, key: float) -> int:
    """Add a unit to those on the desk, by index; returns how many there are."""
    chosen, keys = chosen_of(room), keys_of(room)
    at = count
    while at > 0 and chosen[at - 1] > unit:
        chosen[at], keys[at] = chosen[at - 1], keys[at - 1]
        at -= 1
    chosen[at], keys[at] = unit, key
    return count + 1


@inline_kernel
def _fill(room: Room, first: int, n: int, m: int) -> None:
    """Fill the ``n`` open places from the ``m`` units on the desk.

    At the costs of the live room. Arrivals are whole milliseconds, or microseconds where they are
    compared as they are.
    """
    units, outcomes = units_of(room), outcomes_of(room)
    chosen, keys, rows, picked = chosen_of(room), keys_of(room), rows_of(room), picked_of(room)
    to_whole = 1.0 if room["whole_ms"] else 1e6
    latest, last = 0, 1
    for j in range(m):
        latest = max(latest, int(np.rint(keys[j] * to_whole)))
        last = int(chosen[j]) + 1
    weight = weights(n, latest, last)
    empty = weight[2]
    seats = m + n
    cost = cost_of(room)[: n * seats].reshape((n, seats))
    for i in range(n):
        need = outcomes[first + rows[i]]["need"]
        for j in range(seats):
            cost[i, j] = empty
            if j < m and units[chosen[j]]["can"] & need:
                arrival = int(np.rint(keys[j] * to_whole))
                cost[i, j] = seat_cost(arrival, int(chosen[j]), weight)
    prices = prices_of(room)[: 3 * (seats + 1)].reshape((3, seats + 1))
    links = links_of(room)[: 2 * (seats + 1)].reshape((2, seats + 1))
    columns = columns_of(room)
    assign_into(cost, prices, links, used_of(room), columns)
    for i in range(n):
        column = columns[i]
        picked[i] = chosen[column] if cost[i, column] < empty else -1


@inline_kernel
def exchange(room: Room, call: int, unit: int) -> int:
    """Can the units of a call change roles so that this one is of use? Then they do, and the
    place that is left for it is returned; else -1.

    The live room counts whoever is on an incident towards any of its needs: who came as the
    ambulance becomes the one with advanced life support, if the next unit can't be.
    """
    units, outcomes = units_of(room), outcomes_of(room)
    first, n = calls_of(room)[call]["first"], np.int64(calls_of(room)[call]["count"])
    rows, chosen, columns = rows_of(room), chosen_of(room), columns_of(room)
    m = 0
    able, wanted, taken = np.uint64(0), np.uint64(0), np.uint64(0)
    for place in range(first, first + n):
        if outcomes[place]["unit"] >= 0:
            rows[m], chosen[m] = place - first, outcomes[place]["unit"]
            able |= units[chosen[m]]["can"]
            taken |= outcomes[place]["need"]
            m += 1
        else:
            wanted |= outcomes[place]["need"]
    # Somebody who is there must be able to change, and this unit to take over from somebody.
    if able & wanted == 0 or units[unit]["can"] & taken == 0:
        return -1
    chosen[m] = unit
    seats = m + 1 + n
    cost = cost_of(room)[: n * seats].reshape((n, seats))
    for i in range(n):
        for j in range(seats):
            fits = j <= m and units[chosen[j]]["can"] & outcomes[first + i]["need"] != 0
            cost[i, j] = (1 if j == m else 0) if fits else 2 * n + 2
    prices = prices_of(room)[: 3 * (seats + 1)].reshape((3, seats + 1))
    links = links_of(room)[: 2 * (seats + 1)].reshape((2, seats + 1))
    assign_into(cost, prices, links, used_of(room), columns)
    needs, matched, useful = needs_of(room), 0, False
    for i in range(n):
        needs[i] = outcomes[first + i]["need"]
        if columns[i] <= m and cost[i, columns[i]] <= 1:
            matched += 1
            useful |= columns[i] == m
    if not useful or matched <= m:
        return -1
    # Roles go to the places that the units are on; what is left over goes to the open places.
    left = -1
    for place in range(first, first + n):
        if outcomes[place]["unit"] < 0:
            left = place
            break
    other = left + 1
    for i in range(n):
        j = columns[i]
        if j < m:
            outcomes[first + rows[j]]["need"] = needs[i]
        elif j == m:
            outcomes[left]["need"] = needs[i]
        else:
            while outcomes[other]["unit"] >= 0:
                other += 1
            outcomes[other]["need"] = needs[i]
            other += 1
    return left
