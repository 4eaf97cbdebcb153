"""Compiles the rehearsal's kernels ahead of the first run."""

from pathlib import Path

import numpy as np

from dutyroom.dispatch.jit import is_compiled
from dutyroom.rehearsal.simulation import loop
from dutyroom.rehearsal.simulation.city import make_city
from dutyroom.rehearsal.simulation.records import CALL, CHANGE, PLACE, STRAIGHT
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs, simulate


def is_warm() -> bool:
    """Would a run start at once?"""
    return is_compiled(Path(loop.__file__))


def warm_up() -> None:
    """About a quarter of a minute the first time, less than a second after that."""
    line = np.array([0.0, 1000.0])
    base, none = np.zeros(1, np.int32), np.zeros(0, np.int32)
    city = make_city(np.abs(line[:, None] - line), base, none, way=STRAIGHT, x_m=line, y_m=line)
    fleet = Fleet(("1",), np.ones(1, np.uint64), np.zeros(1, np.int32))
    nothing = np.zeros(0, CALL), np.zeros(0, PLACE), np.zeros(0, CHANGE)
    simulate(Inputs(city, Rules(), fleet, *nothing))
