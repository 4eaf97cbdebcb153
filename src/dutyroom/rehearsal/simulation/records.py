"""What the simulation's kernels read and write: records in plain arrays.

What is touched together lies together. Times are float64 seconds from the scenario's start;
``-1`` is "none" for indices. A *point* is a place that travel times are known for; a *base* is a
point where units wait (a station or a post).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Records = NDArray[np.void]

OFF, AT_BASE, HOMEWARD, STAYING, BUSY, ON_BREAK, ASLEEP = range(7)
"""What a unit does. Free are AT_BASE, HOMEWARD (on the way to a base or post) and STAYING. ASLEEP
is BUSY, then on the way home and at home by the clock: nobody looks until somebody has to."""

(
    I_OFF,
    I_AT_BASE,
    I_HOMEWARD,
    I_STAYING,
    I_BREAK,
    I_TURNOUT,
    I_TO_SCENE,
    I_ON_SCENE,
    I_TO_FACILITY,
    I_AT_FACILITY,
) = range(10)
"""Kinds of unit intervals; ``INTERVAL_NAMES`` names them."""
INTERVAL_NAMES: Final = (
    "off_duty",
    "at_base",
    "to_base",
    "staying",
    "break",
    "turnout",
    "to_scene",
    "on_scene",
    "to_facility",
    "at_facility",
)

END_SHIFT, START_SHIFT, START_BREAK = range(3)

JUMP, STRAIGHT, ROAD = range(3)
"""How a unit's position on the way is known: not at all (it can't be sent until it has arrived),
on the straight line snapped to the nearest point, or at the point of its route nearest in time."""

GO_HOME, STAY, DMEXCLP, COMPLIANCE = range(4)
"""Where a unit goes when it has nothing to do."""

FLOAT64, FLOAT32, UINT16 = range(3)
"""How travel times are held: exact; to 24 bits; in whole steps of ``unit_s``."""

FIRST_COME, NEAREST = range(2)
"""Which waiting call of the most urgent level a unit takes."""

SLACK_S: Final = 30.0
"""What a way between neighbours may be shorter than its distance would say; see ``least_pace``."""

NO_FACILITY: Final = -1
NEAREST_FACILITY: Final = -2

LEVELS: Final = 10
"""Priorities 1 to 9; a queue per level."""

CALL = np.dtype(
    [
        ("ready_s", np.float64),
        ("first", np.int64),
        ("count", np.int32),
        ("point", np.int32),
        ("priority", np.int8),
        ("level", np.int8),
        ("background", np.bool_),
    ],
    align=True,
)
"""``ready_s``: when it can be dispatched. Its places are ``first`` to ``first + count``.
``level`` is the queue it waits in. ``background``: officers' own work, cut short by any call."""

PLACE = np.dtype(
    [
        ("need", np.uint64),
        ("turnout_s", np.float64),
        ("on_scene_s", np.float64),
        ("handover_s", np.float64),
        ("stretch", np.float64),
        ("facility", np.int32),
        ("call", np.int32),
    ],
    align=True,
)
"""One unit that a call needs: ``need`` has the bit of the capability. ``stretch`` multiplies its
travel time to the scene. ``facility`` is an index, NO_FACILITY or NEAREST_FACILITY."""

OUTCOME = np.dtype(
    [
        ("sent_s", np.float64),
        ("left_s", np.float64),
        ("arrive_s", np.float64),
        ("clear_s", np.float64),
        ("facility_s", np.float64),
        ("free_s", np.float64),
        ("need", np.uint64),
        ("unit", np.int32),
        ("start", np.int32),
        ("facility", np.int32),
        ("sent", np.int32),
    ],
    align=True,
)
"""What became of a place. ``need`` is that of the place until units of one call change roles
(see ``exchange``). ``unit`` is -1 while nobody is on it; ``start`` the point it was sent
from, ``sent`` how often a unit was sent (more than once after pre-emption)."""

QUEUED = np.dtype(
    [("before", np.int32), ("after", np.int32), ("open", np.int32), ("left", np.int32)], align=True
)
"""A call while it runs: its neighbours in the queue (-2: not in it), its places without a unit
and its places that aren't finished."""
NOT_QUEUED: Final = -2

UNIT = np.dtype(
    [
        ("can", np.uint64),
        ("since_s", np.float64),
        ("left_s", np.float64),
        ("arrive_s", np.float64),
        ("break_s", np.float64),
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("east_m_per_s", np.float64),
        ("north_m_per_s", np.float64),
        ("place", np.int64),
        ("home", np.int32),
        ("base", np.int32),
        ("point", np.int32),
        ("slot", np.int32),
        ("next", np.int32),
        ("station", np.int32),
        ("team", np.int32),
        ("state", np.int8),
        ("on_shift", np.bool_),
        ("break_due", np.bool_),
    ],
    align=True,
)
"""``since_s`` is when its present interval began. On the way it left ``point`` at ``left_s`` and is
at ``base`` from ``arrive_s`` on; whoever is at a base has an ``arrive_s`` that is past. On the
road, ``x_m`` and ``y_m`` are where it was at ``left_s``, and how fast it goes from there as the
crow flies. ``slot`` is its place in the list of free units on the road, ``next`` the next unit in
the list of its base. ``station`` is a column of the rules' ``answers``; ``team`` the
compliance table that counts it, or how many there are: none does."""

INTERVAL = np.dtype(
    [
        ("start_s", np.float64),
        ("end_s", np.float64),
        ("place", np.int64),
        ("unit", np.int32),
        ("from_point", np.int32),
        ("to_point", np.int32),
        ("kind", np.int8),
    ],
    align=True,
)

CHANGE = np.dtype(
    [("at_s", np.float64), ("break_s", np.float64), ("unit", np.int32), ("kind", np.int8)],
    align=True,
)
"""A shift begins or ends, or a break is due (``break_s`` long)."""
