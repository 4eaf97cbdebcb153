"""How long each step of recorded calls took."""

from typing import Final

from dutyroom.importing.fields import TIMES
from dutyroom.importing.judging import CleanRow
from dutyroom.learning.service_times import measured_times
from dutyroom.rehearsal.scenario.fitted import Measured

FIELDS: Final = ("dispatched_at", "en_route_at", "on_scene_at", "cleared_at")


def response(call: str, category: str, received_s: int, *after_s: int | None) -> CleanRow:
    """A response of E1; ``after_s``: dispatched, set out, on scene, free, from the call's time."""
    times: dict[str, int | None] = dict.fromkeys(TIMES)
    times["received_at"] = received_s * 1000
    for field, after in zip(FIELDS, after_s, strict=True):
        times[field] = None if after is None else (received_s + after) * 1000
    return CleanRow(
        row_id=call, call_id=call, incident_id=call, unit_id="E1", unit_kind="engine",
        category=category, first_priority=1, priority=1, disposition="", address="", locality="",
        zone="", station_area="", als=False, lon=0.0, lat=0.0, times=times,
    )  # fmt: skip


def test_steps_are_measured_by_category_and_over_all() -> None:
    calls = [
        [
            # Its second unit was sent first; one of the two never arrived.
            response("1", "FIRE", 60, 40, 100, 300, 900),
            response("1", "FIRE", 60, 20, 120, None, 130),
        ],
        [response("2", "FIRE", 120, 60, 160, 400, 1600)],
        [response("3", "ALARM", 181, 10, None, 200, 500)],
    ]
    found = measured_times("journal", "lakeside", calls)
    assert (found.begin_ms, found.end_ms, found.calls) == (60_000, 181_000, 3)
    assert found.by_category["FIRE"] == {
        "handling": Measured(40.0, 20.0, 2),
        "turnout": Measured(86.7, 18.9, 3),  # 60, 100, 100
        "on_scene": Measured(900.0, 300.0, 2),
    }
    assert found.by_category["ALARM"] == {
        "handling": Measured(10.0, 0.0, 1),
        "on_scene": Measured(300.0, 0.0, 1),
    }
    assert found.every["on_scene"] == Measured(700.0, 374.2, 3)  # 600, 1200, 300
    assert not found.whole_minutes


def test_a_key_that_nobody_pressed_for_hours_is_left_out() -> None:
    calls = [
        [response("1", "FIRE", 0, 60, 120, 300, 900)],
        [response("2", "FIRE", 0, 60, 120, 300, 30 * 3600)],
    ]
    found = measured_times("journal", "lakeside", calls)
    assert found.every["on_scene"] == Measured(600.0, 0.0, 1)
    assert found.whole_minutes
