"""Travel by a zone matrix and by distance."""

import numpy as np
import pytest

from dutyroom.dispatch import ByDistance, ByMatrix, origins_of


def by_matrix() -> ByMatrix:
    """Two stations (rows) by three districts (columns), distinguished by whole degrees."""
    seconds = np.array([[60.0, 120.0, np.nan], [300.0, 30.0, 90.0]])
    return ByMatrix(
        seconds,
        from_zone=lambda lon, _: int(lon) if lon < 2 else -1,
        to_zone=lambda lon, _: int(lon) if lon < 3 else -1,
    )


def test_a_matrix_of_any_shape_gives_its_seconds() -> None:
    travel = by_matrix()
    origins = origins_of(travel, [(0.5, 0.0), (1.5, 0.0)])
    assert travel.seconds_to((0.2, 0.0), origins, 0).tolist() == [60.0, 300.0]
    assert travel.seconds_to((2.2, 0.0), origins, 0).tolist() == [np.inf, 90.0]


def test_a_position_outside_every_zone_is_unreachable() -> None:
    travel = by_matrix()
    origins = origins_of(travel, [(5.0, 0.0), (1.5, 0.0)])
    assert travel.seconds_to((1.2, 0.0), origins, 0).tolist() == [np.inf, 30.0]
    assert travel.seconds_to((7.0, 0.0), origins, 0).tolist() == [np.inf, np.inf]


def test_negative_seconds_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ByMatrix(np.array([[-1.0]]), lambda lon, lat: 0, lambda lon, lat: 0)


def test_distance_is_along_the_great_circle() -> None:
    """Berlin to Shanghai is 8,400 km on a sphere; a quarter of the equator is 10,007.5 km."""
    travel = ByDistance(detour_factor=1.0, speed_kmh=3.6, start_s=0.0)
    origins = origins_of(travel, [(90.0, 0.0), (0.0, 89.999999), (13.40, 52.52)])
    quarter_m = np.pi / 2 * 6_371_000
    seconds = travel.seconds_to((0.0, 0.0), origins, 0)
    np.testing.assert_allclose(seconds[:2], [quarter_m, quarter_m], rtol=1e-6)
    assert travel.seconds_to((121.47, 31.23), origins, 0)[2] == pytest.approx(8.4e6, rel=0.01)


def test_distance_adds_the_start_and_the_detour() -> None:
    travel = ByDistance(detour_factor=1.5, speed_kmh=36.0, start_s=40.0)
    origins = origins_of(travel, [(0.0, 0.0), (0.0, 0.01)])
    seconds = travel.seconds_to((0.0, 0.0), origins, 12)
    assert seconds[0] == 40.0
    assert seconds[1] == pytest.approx(40.0 + 1111.95 * 1.5 / 10.0, abs=0.01)


@pytest.mark.parametrize("figures", [(0.9, 30.0, 0.0), (1.3, 0.0, 0.0), (1.3, 30.0, -1.0)])
def test_figures_that_make_no_sense_are_refused(figures: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="need"):
        ByDistance(*figures)
