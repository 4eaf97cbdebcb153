"""The next hour, from what the board of the real room says now."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.conf import settings
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.advice import answers
from dutyroom.advice.answers import AssumedCalls, AssumedTimes, LearntCalls, NotRehearsed, Outlook
from dutyroom.advice.nearest import nearest_point
from dutyroom.advice.outlook import FRESH_MS
from dutyroom.advice.usual_calls import ExpectedCalls
from dutyroom.domain.incidents.commands import Dispatch, UnitToSend
from dutyroom.domain.units.commands import MarkUnavailable
from dutyroom.rehearsal.scenario import usual
from dutyroom.rehearsal.scenario.fitted import FILE, FittedTimes, Measured, write_fitted
from dutyroom.rehearsal.scenario.read import scenario_of_pack

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


def test_without_units_every_area_is_bare_and_with_all_of_them_it_is_covered(
    room: TestRoom,
) -> None:
    outlooks = room.room.outlooks
    nobody = outlooks.make(room.pack, now_ms())
    assert {area.bare for area in nobody.areas} == {1.0}
    room.sign_on_all()
    everybody = outlooks.make(room.pack, now_ms())
    assert max(area.bare for area in everybody.areas) < 0.5
    assert {area.zone for area in everybody.areas} <= {zone.id for zone in room.pack.zones}
    assert everybody.replications == 1000
    assert everybody.position > nobody.position


def test_an_incident_that_waits_and_units_at_work_raise_the_expected_delay(room: TestRoom) -> None:
    room.sign_on_all()
    quiet = room.room.outlooks.make(room.pack, now_ms())
    for index in range(4):
        incident = room.open_incident(index=index)
        advice = room.room.advisor.recommend(str(incident), now_ms())
        if advice.chosen:
            units = tuple(UnitToSend(room.id(), unit) for unit in advice.chosen)
            room.done(DISPATCHER, Dispatch(incident, units))
    busy = room.room.outlooks.make(room.pack, now_ms())
    assert busy.mean_delay_s > quiet.mean_delay_s
    assert sum(a.calls for a in busy.areas) > sum(a.calls for a in quiet.areas)


def test_asking_never_waits_for_a_rehearsal(room: TestRoom) -> None:
    outlooks = room.room.outlooks
    first = outlooks.latest(room.pack, now_ms())
    assert first == NotRehearsed(ready=False, stale=False, failed=False)
    with outlooks.working:  # it is done when the lock is free again
        pass
    assert outlooks.latest(room.pack, now_ms()).ready


def test_an_outlook_says_when_the_room_has_moved_on(room: TestRoom) -> None:
    room.sign_on_all()
    outlooks = room.room.outlooks
    outlooks.latest(room.pack, now_ms())
    with outlooks.working:
        pass
    assert not outlooks.latest(room.pack, now_ms()).stale
    room.open_incident()
    assert outlooks.latest(room.pack, now_ms()).stale


def test_a_rehearsal_that_fails_is_said_keeps_the_last_outlook_and_is_tried_again(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlooks, now = room.room.outlooks, now_ms()

    def breaks(*_: object) -> dict[str, object]:
        raise ArithmeticError

    def asked(at_ms: int) -> dict[str, object]:
        outlooks.latest(room.pack, at_ms)
        with outlooks.working:
            pass
        found = outlooks.latest(room.pack, at_ms)
        return {key: getattr(found, key, None) for key in ("ready", "failed", "at_ms")}

    with monkeypatch.context() as broken:
        broken.setattr(outlooks, "make", breaks)
        assert asked(now) == {"ready": False, "failed": True, "at_ms": None}
    assert asked(now + FRESH_MS) == {"ready": False, "failed": True, "at_ms": None}
    later = now + FRESH_MS + 1
    assert asked(later) == {"ready": True, "failed": False, "at_ms": later}
    with monkeypatch.context() as broken:
        broken.setattr(outlooks, "make", breaks)
        assert asked(later + FRESH_MS + 1) == {"ready": True, "failed": True, "at_ms": later}


def test_the_best_move_says_how_sure_its_gain_is(room: TestRoom) -> None:
    room.sign_on_all()
    stations = sorted({unit.station for unit in room.pack.units})
    for unit in room.pack.units:  # one side of the city is left with nobody
        if unit.station in stations[: len(stations) // 2]:
            reason = room.pack.vocabulary.unavailable_reasons[0].code
            room.done(DISPATCHER, MarkUnavailable(unit.id, reason))
    move = room.room.outlooks.make(room.pack, now_ms()).move
    assert move is not None
    assert move.station in {station.id for station in room.pack.stations}
    assert move.delay_s is not None
    assert move.delay_s.sure
    assert move.delay_s.mean < -move.delay_s.half_width < 0


def test_measured_service_times_replace_the_assumed_and_are_named(room: TestRoom) -> None:
    room.sign_on_all()
    incident = room.open_incident()
    advice = room.room.advisor.recommend(str(incident), now_ms())
    assert advice is not None
    units = tuple(UnitToSend(room.id(), unit) for unit in advice.chosen)
    room.done(DISPATCHER, Dispatch(incident, units))
    now = now_ms()
    assumed = room.room.outlooks.make(room.pack, now)
    assert assumed.service_times == AssumedTimes(why="no_file")
    path = settings.HOME.folder / FILE
    try:
        write_fitted(path, fit(room, on_scene_s=4 * 3600.0))
        long = room.room.outlooks.make(room.pack, now)
        write_fitted(path, fit(room, on_scene_s=120.0))
        short = room.room.outlooks.make(room.pack, now)
    finally:
        path.unlink()
    assert long.service_times == answers.FittedTimes(
        source="journal", calls=60, begin_ms=1_000, end_ms=2_000, whole_minutes=False
    )
    # Who is out for hours makes others wait longer than who is back at once: at every hour, even
    # in those of the night that leave no area bare.
    assert long.mean_delay_s > assumed.mean_delay_s > short.mean_delay_s
    again = room.room.outlooks.make(room.pack, now)
    assert msgspec.structs.replace(again, took_ms=assumed.took_ms) == assumed


@pytest.mark.parametrize(
    ("why", "change"),
    [("other_pack", {"pack": "elsewhere"}), ("too_few", {"every": {}})],
)
def test_times_that_cannot_be_used_are_left_and_it_says_why(
    room: TestRoom, why: str, change: dict[str, Any]
) -> None:
    path = settings.HOME.folder / FILE
    try:
        write_fitted(path, replace(fit(room, 600.0), **change))
        found = room.room.outlooks.make(room.pack, now_ms())
        assert found.service_times == AssumedTimes(why=why)
        path.write_text("all = 3")
        found = room.room.outlooks.make(room.pack, now_ms())
        assert found.service_times == AssumedTimes(why="unusable")
    finally:
        path.unlink()


def test_learnt_calls_replace_the_assumed_where_they_came_from_and_when(room: TestRoom) -> None:
    room.sign_on_all()
    now = now_ms()
    assumed = room.room.outlooks.make(room.pack, now)
    assert assumed.calls == AssumedCalls(why="no_file")
    here = room.pack.zones[0].id
    path = settings.HOME.folder / usual.FILE
    try:
        usual.write_usual(path, learnt(room, here))
        busy = room.room.outlooks.make(room.pack, now)
        in_12_h = room.room.outlooks.make(room.pack, now + 12 * 3_600_000)
    finally:
        path.unlink()
    assert busy.calls == LearntCalls(source="journal", calls=2_000, begin_ms=1_000, end_ms=2_000)
    by_zone = {area.zone: area.calls for area in busy.areas}
    assert by_zone.pop(here) == pytest.approx(9.0, abs=0.4)
    assert set(by_zone.values()) == {0.0}
    assert sum(area.calls for area in in_12_h.areas) == pytest.approx(3.0, abs=0.25)
    # How long work takes was not learnt with them.
    assert busy.service_times == AssumedTimes(why="no_file")
    again = room.room.outlooks.make(room.pack, now)
    assert msgspec.structs.replace(again, took_ms=assumed.took_ms) == assumed


def test_calls_of_a_zone_without_a_point_come_from_the_point_nearest_to_it(room: TestRoom) -> None:
    scenario = scenario_of_pack(room.pack)
    there, *_ = {zone.id for zone in room.pack.zones}
    elsewhere = next(zone for zone in scenario.geography.zone if zone != there)
    moved = tuple(elsewhere if zone == there else zone for zone in scenario.geography.zone)
    scenario = replace(scenario, geography=replace(scenario.geography, zone=moved))
    kinds = ExpectedCalls(learnt(room, there)).apply(scenario, room.pack).kinds
    middle = nearest_point(scenario.geography, room.pack.zone(there).centre)
    assert {at for at, weight in enumerate(kinds[0].point_weight) if weight} == {middle}


def test_learnt_calls_that_cannot_be_used_are_left_and_it_says_why(room: TestRoom) -> None:
    path = settings.HOME.folder / usual.FILE
    here = room.pack.zones[0].id
    assumed = areas(room.room.outlooks.make(room.pack, at_ms := now_ms()))
    unknown = usual.UsualKind("no-such-category", 1, 1.0, (1.0,) * 24, {here: 1.0})
    nowhere = replace(learnt(room, here).kinds[0], zones={"no-such-zone": 1.0})
    try:
        for why, change in (
            ("other_pack", {"pack": "another"}),
            ("unusable", {"kinds": ()}),
            ("unusable", {"kinds": (unknown,)}),
            ("unusable", {"kinds": (nowhere,)}),
        ):
            usual.write_usual(path, replace(learnt(room, here), **change))
            found = room.room.outlooks.make(room.pack, at_ms)
            assert found.calls == AssumedCalls(why=why)
            assert areas(found) == assumed
        for broken in ("", "[]", "{}", '{"kinds": 3}', "\x00", "[" * 100_000):
            path.write_text(broken)
            found = room.room.outlooks.make(room.pack, at_ms)
            assert found.calls == AssumedCalls(why="unusable")
    finally:
        path.unlink()


def areas(outlook: Outlook) -> tuple[answers.AreaOutlook, ...]:
    return outlook.areas


def learnt(room: TestRoom, zone: str) -> usual.UsualCalls:
    """Nine an hour at this time of the day, three at another; all from one zone."""
    hour = datetime.now(ZoneInfo(room.pack.timezone)).hour
    category = room.pack.vocabulary.categories[0]
    days = tuple(1.5 if abs(at - hour) < 3 or abs(at - hour) > 21 else 0.5 for at in range(24))
    scale = sum(days) / 24
    kind = usual.UsualKind(category.code, category.priority, 6.0 * scale, days, {zone: 7.0})
    return usual.UsualCalls("journal", room.pack.hash, 1_000, 2_000, 2_000, (kind,))


def fit(room: TestRoom, on_scene_s: float) -> FittedTimes:
    """Sixty calls whose units stayed so long on the scene."""
    measured = Measured(on_scene_s, on_scene_s / 2, 60)
    return FittedTimes(
        "journal", room.pack.name, 1_000, 2_000, False, 60, {"on_scene": measured}, {}
    )
