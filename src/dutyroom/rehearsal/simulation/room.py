"""The room of a run: one record with every number and the address of every array.

The kernels are many small functions over some forty arrays. Handing these on one by one cost nine
tenths of the time; so they get one pointer, and ``units_of(room)`` is a load.
"""

from collections.abc import Callable
from typing import Any, Final, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj, numpy_support
from numpy.typing import NDArray

from dutyroom.rehearsal.simulation.records import (
    CALL,
    CHANGE,
    INTERVAL,
    OUTCOME,
    PLACE,
    QUEUED,
    UNIT,
)

# Numba's own code for arrays has no static types.
pointer_add: Any = cgutils.pointer_add
make_array: Any = arrayobj.make_array
populate_array: Any = arrayobj.populate_array

Room = np.void
"""A record of ``ROOM``."""

TABLES: Final[dict[str, np.dtype[Any]]] = {
    # The city; [a, b] lies at a * columns + b. One of the travel tables is not empty.
    "travel_f8": np.dtype(np.float64),
    "travel_f4": np.dtype(np.float32),
    "travel_u2": np.dtype(np.uint16),
    "base_point": np.dtype(np.int32),
    "near": np.dtype(np.uint16),
    "from_base_s": np.dtype(np.float64),
    "to_base_s": np.dtype(np.float64),
    "facility_point": np.dtype(np.int32),
    "nearest_facility": np.dtype(np.int32),
    "hour_factor": np.dtype(np.float64),
    "x_m": np.dtype(np.float64),
    "y_m": np.dtype(np.float64),
    "next_point": np.dtype(np.uint16),
    "cell_first": np.dtype(np.int32),
    "cell_points": np.dtype(np.int32),
    # The rules.
    "level_factor": np.dtype(np.float64),
    "team_first": np.dtype(np.int32),
    "table_first": np.dtype(np.int32),
    "table": np.dtype(np.int32),
    "table_holds": np.dtype(np.int32),
    "cover_first": np.dtype(np.int32),
    "cover_points": np.dtype(np.int32),
    "demand": np.dtype(np.float64),
    "answers": np.dtype(np.bool_),
    # What happens.
    "calls": CALL,
    "places": PLACE,
    "changes": CHANGE,
    # The state.
    "units": UNIT,
    "tree_s": np.dtype(np.float64),
    "tree_unit": np.dtype(np.int32),
    "base_first": np.dtype(np.int32),
    "heading": np.dtype(np.int32),
    "free": np.dtype(np.int64),
    "on_road": np.dtype(np.int32),
    "queued": QUEUED,
    "heads": np.dtype(np.int64),
    "covered": np.dtype(np.int32),
    "gains": np.dtype(np.float64),
    "worth": np.dtype(np.float64),
    # The results.
    "outcomes": OUTCOME,
    "intervals": INTERVAL,
    # A desk to choose units on for a call with several places; nothing on it is kept.
    "needs": np.dtype(np.uint64),
    "found": np.dtype(np.int64),
    "worst": np.dtype(np.float64),
    "rows": np.dtype(np.int32),
    "picked": np.dtype(np.int32),
    "chosen": np.dtype(np.int32),
    "keys": np.dtype(np.float64),
    "cost": np.dtype(np.int64),
    "prices": np.dtype(np.int64),
    "links": np.dtype(np.int64),
    "used": np.dtype(np.bool_),
    "columns": np.dtype(np.int64),
}

NUMBERS: Final = {
    "points": "i8",
    "bases": "i8",
    "travel_kind": "i8",
    "unit_s": "f8",
    "west_m": "f8",
    "south_m": "f8",
    "cell_width_m": "f8",
    "cell_height_m": "f8",
    "cell_columns": "i8",
    "pace_s_per_m": "f8",
    "snap_m": "f8",
    # The rules; see ``rules.Rules``.
    "whole_ms": "i8",
    "way": "i8",
    "after": "i8",
    "sleeps": "i8",
    "discipline": "i8",
    "no_waiting": "i8",
    "expected_turnout_s": "f8",
    "turnout_on_road": "f8",
    "home_factor": "f8",
    "transport_factor": "f8",
    "preempt_by": "i8",
    "preempt_of": "i8",
    "reassign_gain_s": "f8",
    "move_limit_s": "f8",
    "busy_share": "f8",
    "own_district_s": "f8",
    "stations": "i8",
    "give_up": "i8",
    # The clock and the counters.
    "now_s": "f8",
    "gave_up_s": "f8",
    "next_call": "i8",
    "next_change": "i8",
    "written": "i8",
    "waiting": "i8",
    "most_waiting": "i8",
    "lost": "i8",
    "preempted": "i8",
    "reassigned": "i8",
    "moved": "i8",
    "roaming": "i8",
}

ROOM: Final = np.dtype(
    [field for name in TABLES for field in ((name, "i8"), (f"{name}_n", "i8"))]
    + list(NUMBERS.items())
)

COUNTERS: Final = ("most_waiting", "lost", "preempted", "reassigned", "moved")


def make_room(tables: dict[str, NDArray[Any]], numbers: dict[str, float]) -> NDArray[np.void]:
    """A record array of shape (1,) that points to the tables; the caller keeps these alive.

    TypeError for a table of another type than ``TABLES`` says, or one that isn't contiguous.
    """
    room = np.zeros(1, ROOM)
    for name, dtype in TABLES.items():
        table = tables[name]
        if table.dtype != dtype or not table.flags.c_contiguous:
            raise TypeError(f"the table {name} must be contiguous {dtype}, is {table.dtype}")
        room[name], room[f"{name}_n"] = table.ctypes.data, table.size
    for name, number in numbers.items():
        room[name] = number
    return room


def _table(name: str) -> Callable[[Room], Any]:
    """The array of a room, for kernels: nothing but a load of its address and its length."""
    dtype = TABLES[name]
    fields = ROOM.fields
    assert fields is not None
    address_at, length_at = fields[name][1], fields[f"{name}_n"][1]
    array = types.Array(numpy_support.from_dtype(dtype), 1, "C")

    def of(_typing: Any, room: Any) -> Any:
        def code(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            word = ir.IntType(64)

            def load(offset: int) -> Any:
                return builder.load(pointer_add(builder, args[0], offset, word.as_pointer()))

            made = make_array(array)(context, builder)
            size = context.get_constant(types.intp, dtype.itemsize)
            data = builder.inttoptr(load(address_at), made.data.type)
            shape = (load(length_at),)
            populate_array(made, data, shape, (size,), size, meminfo=None)
            return made._getvalue()

        return array(room), code

    return cast(Callable[[Room], Any], intrinsic(of))


def _prefetch(name: str) -> Callable[[Room, int], None]:
    """For kernels: bring an entry of a table near before it is needed. Nothing is read from it, so
    it need not even exist."""
    size = TABLES[name].itemsize
    fields = ROOM.fields
    assert fields is not None
    address_at = fields[name][1]

    def of(_typing: Any, room: Any, entry: Any) -> Any:
        def code(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            word, byte, flag = ir.IntType(64), ir.IntType(8), ir.IntType(32)
            base = builder.load(pointer_add(builder, args[0], address_at, word.as_pointer()))
            at = builder.add(base, builder.mul(args[1], word(size)))
            takes = ir.FunctionType(ir.VoidType(), [byte.as_pointer(), flag, flag, flag])
            fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte.as_pointer()], takes)
            # To be read, kept in all caches, data.
            builder.call(
                fetch, [builder.inttoptr(at, byte.as_pointer()), flag(0), flag(3), flag(1)]
            )
            return _context.get_dummy_value()

        return types.void(room, types.int64), code

    return cast(Callable[[Room, int], None], intrinsic(of))


travel_f8_of = _table("travel_f8")
travel_f4_of = _table("travel_f4")
travel_u2_of = _table("travel_u2")
base_point_of = _table("base_point")
near_of = _table("near")
from_base_s_of = _table("from_base_s")
to_base_s_of = _table("to_base_s")
facility_point_of = _table("facility_point")
nearest_facility_of = _table("nearest_facility")
hour_factor_of = _table("hour_factor")
x_m_of = _table("x_m")
y_m_of = _table("y_m")
next_point_of = _table("next_point")
cell_first_of = _table("cell_first")
cell_points_of = _table("cell_points")
level_factor_of = _table("level_factor")
team_first_of = _table("team_first")
table_first_of = _table("table_first")
table_of = _table("table")
table_holds_of = _table("table_holds")
cover_first_of = _table("cover_first")
cover_points_of = _table("cover_points")
demand_of = _table("demand")
answers_of = _table("answers")
calls_of = _table("calls")
places_of = _table("places")
changes_of = _table("changes")
units_of = _table("units")
tree_s_of = _table("tree_s")
tree_unit_of = _table("tree_unit")
base_first_of = _table("base_first")
heading_of = _table("heading")
free_of = _table("free")
on_road_of = _table("on_road")
queued_of = _table("queued")
heads_of = _table("heads")
covered_of = _table("covered")
worth_of = _table("worth")
gains_of = _table("gains")
outcomes_of = _table("outcomes")
intervals_of = _table("intervals")
needs_of = _table("needs")
found_of = _table("found")
worst_of = _table("worst")
rows_of = _table("rows")
picked_of = _table("picked")
chosen_of = _table("chosen")
keys_of = _table("keys")
cost_of = _table("cost")
prices_of = _table("prices")
links_of = _table("links")
used_of = _table("used")
columns_of = _table("columns")
prefetch_near = _prefetch("near")
prefetch_from_base_s = _prefetch("from_base_s")
