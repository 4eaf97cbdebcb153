"""Runs many short rehearsals from one state in one call of compiled code."""

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.jit import lean_kernel
from dutyroom.rehearsal.simulation.loop import run
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    CALL,
    HOMEWARD,
    OUTCOME,
    PLACE,
    QUEUED,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_first_of,
    calls_of,
    free_of,
    heading_of,
    heads_of,
    on_road_of,
    outcomes_of,
    tree_s_of,
    tree_unit_of,
    units_of,
)

CALL_BYTES = CALL.itemsize
PLACE_BYTES = PLACE.itemsize
OUTCOME_BYTES = OUTCOME.itemsize
QUEUED_BYTES = QUEUED.itemsize


@lean_kernel
def run_many(
    room: Room,
    kept: Room,
    first_call: NDArray[np.int64],
    first_place: NDArray[np.int64],
    looks_s: NDArray[np.float64],
    covers: NDArray[np.bool_],
    wanted: NDArray[np.float64],
    sought: NDArray[np.uint64],
    able: NDArray[np.uint64],
    area_of_call: NDArray[np.int32],
    bare: NDArray[np.float64],
    delay_s: NDArray[np.float64],
    calls: NDArray[np.float64],
) -> None:
    """One rehearsal for each entry of ``first_call`` and ``first_place`` (up to the next one's),
    each from the state that ``kept`` holds, up to the last of ``looks_s``.

    Adds to ``bare[look, area]`` the share of what is asked for in the area (``wanted[capability,
    area]``) that no free unit with the capability covered at that moment (``covers[base, area]``),
    and to ``delay_s[area]`` and ``calls[area]`` the responses. Who still waits at the end counts as
    served then. ``sought[area]`` has the bits of what is wanted there at all, ``able`` room for a
    number per base.
    """
    calls_at, places_at = room["calls"], room["places"]
    outcomes_at, queued_at = room["outcomes"], room["queued"]
    for number in range(len(first_call) - 1):
        first, after = first_call[number], first_call[number + 1]
        place = first_place[number]
        _restore(room, kept)
        room["calls"] = calls_at + first * CALL_BYTES
        room["queued"] = queued_at + first * QUEUED_BYTES
        room["places"] = places_at + place * PLACE_BYTES
        room["outcomes"] = outcomes_at + place * OUTCOME_BYTES
        room["calls_n"] = after - first
        for look in range(len(looks_s)):
            run(room, looks_s[look])
            _count_bare(room, covers, wanted, sought, able, bare[look])
        for call in range(after - first):
            area = area_of_call[first + call]
            delay_s[area] += _response_s(room, call, looks_s[len(looks_s) - 1])
            calls[area] += 1.0
    room["calls"], room["places"] = calls_at, places_at
    room["outcomes"], room["queued"] = outcomes_at, queued_at


@lean_kernel
def _response_s(room: Room, call: int, end_s: float) -> float:
    """Until the first unit is on the scene, also if that is after the end."""
    outcomes, one = outcomes_of(room), calls_of(room)[call]
    best_s = np.inf
    for place in range(one["first"], one["first"] + one["count"]):
        if outcomes[place]["unit"] >= 0:
            best_s = min(best_s, outcomes[place]["arrive_s"])
    return (best_s if best_s < np.inf else end_s) - one["ready_s"]


@lean_kernel
def _restore(room: Room, kept: Room) -> None:
    """Put every unit back to where it was, and nothing into the queues."""
    # Element by element: copying slices would allocate.
    to_units, from_units = units_of(room), units_of(kept)
    for at in range(len(to_units)):
        to_units[at] = from_units[at]
    to_tree_s, from_tree_s = tree_s_of(room), tree_s_of(kept)
    for at in range(len(to_tree_s)):
        to_tree_s[at] = from_tree_s[at]
    to_tree_unit, from_tree_unit = tree_unit_of(room), tree_unit_of(kept)
    for at in range(len(to_tree_unit)):
        to_tree_unit[at] = from_tree_unit[at]
    to_base_first, from_base_first = base_first_of(room), base_first_of(kept)
    for at in range(len(to_base_first)):
        to_base_first[at] = from_base_first[at]
    to_heading, from_heading = heading_of(room), heading_of(kept)
    for at in range(len(to_heading)):
        to_heading[at] = from_heading[at]
    to_on_road, from_on_road = on_road_of(room), on_road_of(kept)
    for at in range(len(to_on_road)):
        to_on_road[at] = from_on_road[at]
    to_heads, from_heads = heads_of(room), heads_of(kept)
    for at in range(len(to_heads)):
        to_heads[at] = from_heads[at]
    to_free, from_free = free_of(room), free_of(kept)
    for at in range(len(to_free)):
        to_free[at] = from_free[at]
    room["roaming"] = kept["roaming"]
    room["waiting"], room["next_call"], room["next_change"] = 0, 0, 0
    room["now_s"] = 0.0


@lean_kernel
def _count_bare(
    room: Room,
    covers: NDArray[np.bool_],
    wanted: NDArray[np.float64],
    sought: NDArray[np.uint64],
    able: NDArray[np.uint64],
    bare: NDArray[np.float64],
) -> None:
    """Add to each area the share of what is wanted there that no free unit covers from where it
    is, or is going to."""
    units = units_of(room)
    bases, areas = covers.shape
    for base in range(bases):
        able[base] = 0
    for unit in range(len(units)):
        if units[unit]["state"] in (AT_BASE, HOMEWARD, STAYING):
            able[units[unit]["base"]] |= units[unit]["can"]
    for area in range(areas):
        missing = sought[area]
        for base in range(bases):
            if covers[base, area]:
                missing &= ~able[base]
                if missing == 0:
                    break
        for capability in range(len(wanted)):
            if missing >> np.uint64(capability) & np.uint64(1):
                bare[area] += wanted[capability, area]
