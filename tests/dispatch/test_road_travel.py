"""Travel over roads, against scipy's shortest paths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dutyroom.dispatch import OverRoads, origins_of
from dutyroom.dispatch.road_travel import ACCESS_KMH

from .worlds import Streets, streets


def truth_s(world: Streets, target: int) -> NDArray[np.float64]:
    """Seconds from every node to the target; scipy drops zero arcs, so they get a grain."""
    least: dict[tuple[int, int], float] = {}
    for tail, head, seconds in zip(world.arc_from, world.arc_to, world.arc_s, strict=True):
        key = int(head), int(tail)
        least[key] = min(least.get(key, np.inf), float(seconds) + 1e-9)
    rows, columns = [key[0] for key in least], [key[1] for key in least]
    graph = csr_array((list(least.values()), (rows, columns)), shape=(world.size, world.size))
    return np.asarray(dijkstra(graph, indices=target))


@given(st.data())
def test_times_equal_those_of_scipy_on_any_directed_graph(data: st.DataObject) -> None:
    world = data.draw(streets())
    travel = world.travel(siren_factor=0.8, hour_factor=1.5)
    everywhere = origins_of(travel, [world.point(node) for node in range(world.size)])
    for _ in range(3):  # again in the same room to work in: marks of older searches lie around
        target = data.draw(st.integers(0, world.size - 1))
        found = travel.seconds_to(world.point(target), everywhere, at_hour=7)
        np.testing.assert_allclose(found, truth_s(world, target) * 0.8 * 1.5, atol=1e-3)
        places = travel.place_seconds(world.point(target), 1e9)
        np.testing.assert_allclose(places, truth_s(world, target), atol=1e-3)


def one_way() -> Streets:
    return Streets(
        3, np.array([0, 1], np.int32), np.array([1, 2], np.int32), np.array([10.0, 20.0])
    )


def test_a_one_way_street_is_driven_towards_the_incident_only() -> None:
    travel = one_way().travel()
    ends = origins_of(travel, [(0.0, 0.0), (0.002, 0.0)])
    assert travel.seconds_to((0.002, 0.0), ends, 0).tolist() == [30.0, 0.0]
    assert travel.seconds_to((0.0, 0.0), ends, 0).tolist() == [0.0, np.inf]


def test_positions_off_the_network_add_their_access_leg() -> None:
    travel = one_way().travel()
    metres = 111.195  # a thousandth of a degree of latitude
    origins = origins_of(travel, [(0.0, 0.001)])
    seconds = travel.seconds_to((0.002, 0.001), origins, 0)[0]
    assert seconds == pytest.approx(30.0 + 2 * metres * 3.6 / ACCESS_KMH, abs=0.01)


@pytest.mark.parametrize("seconds", [-1.0, np.nan, np.inf])
def test_arcs_without_a_usable_time_are_refused(seconds: float) -> None:
    world = one_way()
    world.arc_s[0] = seconds
    with pytest.raises(ValueError, match="arc"):
        world.travel()


def test_hour_factors_must_be_24() -> None:
    world = one_way()
    with pytest.raises(ValueError, match="hour factors"):
        OverRoads(
            np.zeros(3), np.zeros(3), world.arc_from, world.arc_to, world.arc_s,
            siren_factor=1.0, hour_factors=[1.0] * 23, nearest_node=lambda lon, lat: 0,
        )  # fmt: skip


def test_an_empty_fleet_is_answered() -> None:
    travel = one_way().travel()
    assert travel.seconds_to((0.0, 0.0), origins_of(travel, []), 0).tolist() == []
