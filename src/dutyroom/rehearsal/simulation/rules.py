"""How a room works: what a scenario may change of the engine's behaviour."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.simulation.records import FIRST_COME, GO_HOME, LEVELS, STRAIGHT

_NONE = np.zeros(1, np.int32)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Rules:
    """Times in seconds; factors multiply travel times.

    ``whole_ms``: arrivals are compared in whole milliseconds, as the live room does.
    ``way``: how positions on the way are known (JUMP, STRAIGHT, ROAD).
    ``after``: where a unit goes with nothing to do (GO_HOME, STAY, DMEXCLP, COMPLIANCE).
    ``discipline``: which waiting call of the most urgent level is next (FIRST_COME, NEAREST).
    ``no_waiting``: calls that find no unit are lost.
    ``expected_turnout_s``: added to the arrival of units at a base when units are ranked.
    ``turnout_on_road``: the share of the turnout time that a unit on the road takes.
    ``level_factor``: by priority, shape (LEVELS,).
    ``preempt_by``, ``preempt_of``: calls up to the first priority may take units on the way to
    calls from the second on (0 for the first: never).
    ``reassign_gain_s``: a unit that gets free takes over from one on the way if it arrives so
    much sooner (inf: never).
    ``team_first``, ``table_first``, ``table``: the rows of each compliance table, the entries of
    each row, and these: bases to be taken for 0, 1, 2 ... free units of the team;
    ``move_limit_s``: no move takes longer.
    ``cover_first``, ``cover_points``: the points that each base covers; ``demand[c, point]``: of
    what needs capability ``c``; ``busy_share``: the share of time that a unit is busy.
    ``own_district_s``: when units are compared, those whose station doesn't answer for the call's
    point (``answers[point, station]``) count as so much later; 0: no matter.
    """

    whole_ms: bool = True
    way: int = STRAIGHT
    after: int = GO_HOME
    discipline: int = FIRST_COME
    no_waiting: bool = False
    expected_turnout_s: float = 0.0
    turnout_on_road: float = 0.0
    home_factor: float = 1.0
    transport_factor: float = 1.0
    level_factor: NDArray[np.float64] = field(default_factory=lambda: np.ones(LEVELS))
    preempt_by: int = 0
    preempt_of: int = LEVELS
    reassign_gain_s: float = np.inf
    team_first: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1, np.int32))
    table_first: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1, np.int32))
    table: NDArray[np.int32] = field(default_factory=lambda: _NONE)
    move_limit_s: float = np.inf
    cover_first: NDArray[np.int32] = field(default_factory=lambda: _NONE)
    cover_points: NDArray[np.int32] = field(default_factory=lambda: _NONE)
    demand: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 1)))
    busy_share: float = 0.5
    own_district_s: float = 0.0
    answers: NDArray[np.bool_] = field(default_factory=lambda: np.ones((1, 1), np.bool_))
