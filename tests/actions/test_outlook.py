"""The next hour, from what the board of the real room says now."""

import pytest
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.domain import commands as c

pytestmark = pytest.mark.db


def test_without_units_every_area_is_bare_and_with_all_of_them_it_is_covered(
    room: TestRoom,
) -> None:
    outlooks = room.room.outlooks
    nobody = outlooks.make(room.pack, now_ms())
    assert {area["bare"] for area in nobody["areas"]} == {1.0}
    room.sign_on_all()
    everybody = outlooks.make(room.pack, now_ms())
    assert max(area["bare"] for area in everybody["areas"]) < 0.5
    assert {area["zone"] for area in everybody["areas"]} <= {zone.id for zone in room.pack.zones}
    assert everybody["replications"] == 1000
    assert everybody["position"] > nobody["position"]


def test_an_incident_that_waits_and_units_at_work_raise_the_expected_delay(room: TestRoom) -> None:
    room.sign_on_all()
    quiet = room.room.outlooks.make(room.pack, now_ms())
    for index in range(4):
        incident = room.open_incident(index=index)
        advice = room.room.advisor.recommend(str(incident), now_ms())
        if advice.chosen:
            units = tuple(c.UnitToSend(room.id(), unit) for unit in advice.chosen)
            room.done(DISPATCHER, c.Dispatch(incident, units))
    busy = room.room.outlooks.make(room.pack, now_ms())
    assert busy["mean_delay_s"] > quiet["mean_delay_s"]
    assert sum(a["calls"] for a in busy["areas"]) > sum(a["calls"] for a in quiet["areas"])


def test_asking_never_waits_for_a_rehearsal(room: TestRoom) -> None:
    outlooks = room.room.outlooks
    first = outlooks.latest(room.pack, now_ms())
    assert first == {"ready": False}
    with outlooks._working:  # it is done when the lock is free again
        pass
    assert outlooks.latest(room.pack, now_ms())["ready"]
