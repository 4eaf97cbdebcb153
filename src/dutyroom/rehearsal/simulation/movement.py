"""Where units are, and how long ways take."""

import numpy as np

from dutyroom.dispatch.jit import inline_kernel
from dutyroom.dispatch.kernels import in_ms
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    FLOAT32,
    FLOAT64,
    ROAD,
    SLACK_S,
    STAYING,
)
from dutyroom.rehearsal.simulation.room import (
    Room,
    base_point_of,
    calls_of,
    cell_first_of,
    cell_points_of,
    hour_factor_of,
    level_factor_of,
    next_point_of,
    outcomes_of,
    places_of,
    to_base_s_of,
    travel_f4_of,
    travel_f8_of,
    travel_u2_of,
    units_of,
    x_m_of,
    y_m_of,
)


@inline_kernel
def travel_s(room: Room, a: int, b: int) -> float:
    """Seconds with sirens from point to point, before the factors of hour and priority."""
    at = a * room["points"] + b
    if room["travel_kind"] == FLOAT64:
        return travel_f8_of(room)[at]
    if room["travel_kind"] == FLOAT32:
        return np.float64(travel_f4_of(room)[at])
    short = travel_u2_of(room)[at]
    return short * room["unit_s"] if short != 65535 else np.inf


@inline_kernel
def hour_factor(room: Room, now_s: float) -> float:
    """By what ways take longer in this hour of the week."""
    factors = hour_factor_of(room)
    return factors[int(now_s / 3600.0) % len(factors)] if len(factors) > 1 else factors[0]


@inline_kernel
def response_factor(room: Room, call: int, now_s: float) -> float:
    """What ways to this call are multiplied by, if a unit leaves now."""
    return hour_factor(room, now_s) * level_factor_of(room)[calls_of(room)[call]["priority"]]


@inline_kernel
def way_home_s(room: Room, point: int, base: int, now_s: float) -> float:
    """How long a unit takes that leaves a point for a base now, without sirens."""
    way_s = to_base_s_of(room)[point * room["bases"] + base]
    return hour_factor(room, now_s) * room["home_factor"] * way_s


@inline_kernel
def rank(room: Room, seconds: float) -> float:
    """What arrivals are compared by."""
    return in_ms(seconds) if room["whole_ms"] else seconds


@inline_kernel
def _nearest_point(room: Room, x: float, y: float) -> int:
    """The point nearest to a position, the lowest index on a tie; see ``city.snapping_grid``."""
    cell_first, cell_points = cell_first_of(room), cell_points_of(room)
    x_m, y_m = x_m_of(room), y_m_of(room)
    last = room["cell_columns"] - 1
    column = min(max(int((x - room["west_m"]) / room["cell_width_m"]), 0), last)
    row = min(max(int((y - room["south_m"]) / room["cell_height_m"]), 0), last)
    cell = row * (last + 1) + column
    found, least = -1, np.inf
    for each in range(cell_first[cell], cell_first[cell + 1]):
        point = cell_points[each]
        dx, dy = x_m[point] - x, y_m[point] - y
        square = dx * dx + dy * dy
        if square < least:
            found, least = point, square
    return found


@inline_kernel
def along(room: Room, a: int, b: int, left_s: float, arrive_s: float, now_s: float) -> int:
    """The point that a trip from ``a`` to ``b`` has got to.

    On a straight line, the point nearest to the position; on a route, the point of it that is
    nearest in time.
    """
    if now_s >= arrive_s or a == b:
        return b
    if now_s <= left_s:
        return a
    share = (now_s - left_s) / (arrive_s - left_s)
    if room["way"] != ROAD:
        x_m, y_m = x_m_of(room), y_m_of(room)
        x = x_m[a] + share * (x_m[b] - x_m[a])
        y = y_m[a] + share * (y_m[b] - y_m[a])
        return _nearest_point(room, x, y)
    next_point = next_point_of(room)
    to_go = (1.0 - share) * travel_s(room, a, b)
    at = a
    while at != b:
        following = next_point[b * room["points"] + at]
        ahead = to_go - travel_s(room, following, b)
        if ahead >= 0.0:
            return at if travel_s(room, at, b) - to_go <= ahead else following
        at = following
    return b


@inline_kernel
def reach_m2(room: Room, key: float, factor: float) -> float:
    """The square of a distance: whoever is farther off than this arrives after ``key``."""
    seconds = (key + 1.0) * 0.001 if room["whole_ms"] else key
    return within_m2(room, seconds / factor)


@inline_kernel
def within_m2(room: Room, seconds: float) -> float:
    """The square of a distance: whoever is farther off has a longer way than this."""
    if room["pace_s_per_m"] <= 0.0 or seconds == np.inf:
        return np.inf
    metres = (seconds + SLACK_S) / room["pace_s_per_m"] + room["snap_m"] + 1.0
    return metres * metres


@inline_kernel
def is_within(room: Room, unit: int, point: int, m2: float, now_s: float) -> bool:
    """Is a unit on the road nearer to the point than the root of ``m2`` (as the crow flies)?"""
    if m2 == np.inf:
        return True
    unit_now = units_of(room)[unit]
    gone_s = now_s - unit_now["left_s"]
    dx = unit_now["x_m"] + gone_s * unit_now["east_m_per_s"] - x_m_of(room)[point]
    dy = unit_now["y_m"] + gone_s * unit_now["north_m_per_s"] - y_m_of(room)[point]
    return dx * dx + dy * dy <= m2


@inline_kernel
def where(room: Room, unit: int, now_s: float) -> int:
    """The point where a free unit is."""
    units = units_of(room)
    if units[unit]["state"] == STAYING:
        return units[unit]["point"]
    base_point = base_point_of(room)[units[unit]["base"]]
    if units[unit]["state"] == AT_BASE:
        return base_point
    left_s, arrive_s = units[unit]["left_s"], units[unit]["arrive_s"]
    return along(room, units[unit]["point"], base_point, left_s, arrive_s, now_s)


@inline_kernel
def where_at_work(room: Room, unit: int, now_s: float) -> int:
    """The point where a unit on the way to a scene, or at it, is."""
    place = units_of(room)[unit]["place"]
    outcomes = outcomes_of(room)
    point = calls_of(room)[places_of(room)[place]["call"]]["point"]
    arrive_s, left_s = outcomes[place]["arrive_s"], outcomes[place]["left_s"]
    return along(room, outcomes[place]["start"], point, left_s, arrive_s, now_s)
