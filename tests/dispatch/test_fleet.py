"""The live fleet: updates, and snapshots that never change."""

import threading

import numpy as np
import pytest

from dutyroom.dispatch import ByDistance, Fleet, FleetUnit, Standing

TRAVEL = ByDistance(1.3, 36.0, 0.0)


def fleet(*ids: str) -> Fleet:
    units = [FleetUnit(one, frozenset({"patrol"}), 1.0, 2.0, position_s=10.0) for one in ids]
    return Fleet(TRAVEL, units)


def test_units_are_in_the_order_of_their_ids() -> None:
    assert fleet("P2", "P1", "A9").snapshot().ids == ("A9", "P1", "P2")


def test_a_snapshot_does_not_change_when_the_fleet_does() -> None:
    live = fleet("P1", "P2")
    before = live.snapshot()
    live.move("P1", 5.0, 6.0, at_s=20.0)
    live.set_standing("P2", Standing.BUSY, busy_priority=3)
    after = live.snapshot()
    assert before.origins.lon.tolist() == [1.0, 1.0]
    assert before.standing.tolist() == [Standing.AVAILABLE] * 2
    assert after.origins.lon.tolist() == [5.0, 1.0]
    assert after.position_s.tolist() == [20.0, 10.0]
    assert after.standing.tolist() == [Standing.AVAILABLE, Standing.BUSY]
    assert after.busy_priority.tolist() == [0, 3]


def test_nothing_is_copied_while_nobody_looks() -> None:
    live = fleet("P1")
    live.snapshot()
    live.move("P1", 5.0, 6.0, at_s=20.0)
    arrays = live._lon
    live.move("P1", 5.1, 6.0, at_s=21.0)
    assert live._lon is arrays
    assert live.snapshot() is live.snapshot()


def test_a_position_older_than_the_known_one_is_dropped() -> None:
    live = fleet("P1")
    assert live.move("P1", 5.0, 6.0, at_s=20.0)
    assert not live.move("P1", 9.0, 9.0, at_s=19.0)
    assert live.snapshot().origins.lon.tolist() == [5.0]


def test_a_unit_that_is_free_again_has_no_priority() -> None:
    live = fleet("P1")
    live.set_standing("P1", Standing.BUSY, 2)
    live.set_standing("P1", Standing.AVAILABLE, 2)
    assert live.snapshot().busy_priority.tolist() == [0]


def test_turns_follow_the_load_and_then_the_id() -> None:
    live = fleet("P1", "P2", "P3")
    before = live.snapshot()
    live.set_load("P1", 600.0)
    live.set_load("P2", 60.0)
    after = live.snapshot()
    assert (before.turn.tolist(), before.load_s.tolist()) == ([0, 1, 2], [0.0, 0.0, 0.0])
    assert (after.turn.tolist(), after.load_s.tolist()) == ([2, 1, 0], [600.0, 60.0, 0.0])


def test_two_units_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        fleet("P1", "P1")


def test_more_capabilities_than_bits_are_refused() -> None:
    codes = frozenset(f"c{number}" for number in range(65))
    with pytest.raises(ValueError, match="64"):
        Fleet(TRAVEL, [FleetUnit("P1", codes, 0.0, 0.0)])
    at_most = Fleet(TRAVEL, [FleetUnit("P1", frozenset(sorted(codes)[:64]), 0.0, 0.0)])
    assert at_most.snapshot().mask.tolist() == [2**64 - 1]


def test_readers_never_see_half_an_update() -> None:
    """A writer moves a unit along lon = lat = time; every snapshot must be on that line."""
    live = fleet("P1")
    stop = threading.Event()
    torn: list[tuple[float, float, float]] = []

    def read() -> None:
        while not stop.is_set():
            seen = live.snapshot()
            point = (seen.origins.lon[0], seen.origins.lat[0], seen.position_s[0])
            if len(set(np.asarray(point).tolist())) != 1:
                torn.append(point)

    live.move("P1", 11.0, 11.0, at_s=11.0)
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for time_s in range(12, 3000):
        live.move("P1", float(time_s), float(time_s), at_s=float(time_s))
    stop.set()
    for reader in readers:
        reader.join()
    assert torn == []
