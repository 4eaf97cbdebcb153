"""The keeper: whom it tells through the door, also where it is killed, doubled or asleep."""

import json
import shutil
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.harness.duty import MINUTE_MS, Duty, Time, without_leases
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom

from dutyroom.actions import keeper
from dutyroom.actions.adopting import adopt
from dutyroom.actions.keeper import Keeper
from dutyroom.citypack import read_pack
from dutyroom.domain.incidents.commands import CloseIncident, SetDisposition
from dutyroom.domain.loops.commands import ExtendClock, PauseClock, ResumeClock
from dutyroom.journal.models import JournalEntry
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.moved import moved_deadlines

pytestmark = pytest.mark.db
RULE: dict[str, Any] = {
    "code": "report",
    "en": "Report",
    "zh": "反馈",
    "starts": ["incident.opened", "incident.reopened"],
    "stops": ["incident.closed"],
    "within": {"minute": 60},
    "calendar": "always",
    "pauses": ["weather"],
    "warn": {"minute": 10},
    "escalate": [
        {"role": "dispatcher", "after": {"minute": 0}},
        {"role": "supervisor", "after": {"minute": 15}},
    ],
    "again": {"minute": 30},
    "extensions": {"at_most": 1, "by": {"minute": 30}, "approver": "supervisor"},
    "edition": {"en": "Standing orders", "zh": "值勤规定", "from": "2026-01-01"},
}
REASON = {"code": "weather", "en": "Weather", "zh": "天气原因"}


def with_clocks(folder: Path, at: Path, *rules: dict[str, Any]) -> Path:
    """A copy of a city pack in which these clocks run."""
    shutil.copytree(folder, at)
    for name in ("holidays.csv", "desks.json"):  # they go with the calendars of the loop
        (at / name).unlink(missing_ok=True)
    loop = {"pause_reasons": [REASON], "calendars": [], "clocks": list(rules)}
    (at / "loop.json").write_text(json.dumps(loop), encoding="utf-8")
    return at


@pytest.fixture
def opened(room: TestRoom, city: Path, tmp_path: Path, time: Time, duty: Duty) -> UUID:
    """An incident whose report is owed within an hour."""
    adopt(with_clocks(city, tmp_path / "city", RULE))
    return room.open_incident()


def told(incident: UUID) -> list[dict[str, Any]]:
    """What the journal says of escalations, the oldest first."""
    entries = JournalEntry.objects.filter(
        stream=f"loop:{incident}", type="loop.clock_escalated.v1"
    ).order_by("position")
    return [json.loads(bytes(one.body)) for one in entries]


def test_it_tells_each_step_once_and_the_last_one_again(
    room: TestRoom, opened: UUID, time: Time
) -> None:
    watching = Keeper(room.room.door)
    for minutes in (50, 10, 0.1, 15, 30):
        time.passes(minutes)
        watching.turn()
    assert [one["to"] for one in told(opened)] == [["dispatcher"], ["supervisor"], ["supervisor"]]


def test_it_writes_nothing_while_nothing_is_due(room: TestRoom, opened: UUID, time: Time) -> None:
    watching = Keeper(room.room.door)
    watching.turn()
    before = _everything_written()
    time.passes(30)
    assert watching.turn() == 0
    assert _everything_written() == before


def _everything_written() -> tuple[int, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, holder, until_ms FROM journal_journallease")
        return JournalEntry.objects.count(), cursor.fetchall()


def test_asleep_for_a_day_it_tells_once_and_says_how_late(
    room: TestRoom, opened: UUID, time: Time
) -> None:
    time.passes(24 * 60)
    watching = Keeper(room.room.door)
    assert watching.turn() == 1
    assert watching.turn() == 0
    (said,) = told(opened)
    assert said["to"] == ["supervisor"]
    assert 0 < said["late_ms"] < 30 * MINUTE_MS
    assert said["look_ms"] > time.now_ms()


def test_two_at_once_tell_once(room: TestRoom, opened: UUID, time: Time) -> None:
    time.passes(60)
    with without_leases():
        both = [threading.Thread(target=_turn_and_close, args=(room,)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert [one["step"] for one in told(opened)] == [1]


def _turn_and_close(room: TestRoom) -> None:
    try:
        Keeper(room.room.door).turn()
    finally:
        connection.close()


def test_the_one_without_the_lease_does_nothing(room: TestRoom, opened: UUID, time: Time) -> None:
    first, second = Keeper(room.room.door), Keeper(room.room.door)
    time.passes(50)
    assert first.turn() == 1
    time.passes(10)
    assert first.turn() == 1
    time.passes(15)
    assert second.turn() == 1  # the lease ran out long ago
    assert first.turn() == 0


def test_another_takes_over_where_one_is_stopped(room: TestRoom, opened: UUID, time: Time) -> None:
    time.passes(60)
    running = Keeper(room.room.door)
    running.start()
    running.stop()
    time.passes(15)
    assert Keeper(room.room.door).turn() == 1


def test_one_that_cannot_be_looked_at_keeps_no_other_waiting(
    room: TestRoom, opened: UUID, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = room.open_incident(index=1)
    time.passes(60)
    monkeypatch.setattr(keeper, "AT_ONCE", 1)
    watching = Keeper(_Stumbling(room.room.door, opened))  # type: ignore[arg-type]
    watching.turn()
    watching.turn()
    assert told(opened) == []
    assert len(told(other)) == 1


class _Stumbling:
    """A door that can't deal with one incident."""

    def __init__(self, real: Any, wrong: UUID) -> None:
        self._real, self._wrong = real, wrong

    def perform(self, request: Any) -> Any:
        if request.command.loop == self._wrong:
            raise RuntimeError("as if its state could not be read")
        return self._real.perform(request)


def test_closing_in_time_leaves_nothing_to_tell(room: TestRoom, opened: UUID, time: Time) -> None:
    room.done(SUPERVISOR, SetDisposition(opened, room.pack.vocabulary.dispositions[0].code))
    room.done(SUPERVISOR, CloseIncident(opened))
    time.passes(24 * 60)
    assert Keeper(room.room.door).turn() == 0
    (met,) = JournalEntry.objects.filter(stream=f"loop:{opened}", type="loop.clock_met.v1")
    assert json.loads(bytes(met.body))["late_ms"] == 0


def test_a_pause_and_an_extension_put_it_off(room: TestRoom, opened: UUID, time: Time) -> None:
    room.done(DISPATCHER, PauseClock(opened, "report", "weather"))
    time.passes(600)
    assert Keeper(room.room.door).turn() == 0
    room.done(DISPATCHER, ResumeClock(opened, "report"))
    room.done(SUPERVISOR, ExtendClock(opened, "report", "weather"))
    time.passes(79)
    assert Keeper(room.room.door).turn() == 0
    time.passes(2)
    assert Keeper(room.room.door).turn() == 1
    assert room.row("loops", opened)["clocks"][0]["warned"]


def test_a_pack_that_is_adopted_says_which_deadlines_move_and_they_do(
    room: TestRoom, opened: UUID, city: Path, tmp_path: Path, time: Time
) -> None:
    shorter = with_clocks(city, tmp_path / "shorter", RULE | {"within": {"minute": 20}})
    (moved,) = moved_deadlines(read_pack(shorter))
    assert moved.after_ms == moved.before_ms - 40 * MINUTE_MS
    watching = Keeper(room.room.door)
    watching.turn()
    adopt(shorter)
    assert watching.turn() == 1
    assert room.row("loops", opened)["clocks"][0]["due_ms"] == moved.after_ms
    assert list(moved_deadlines(read_pack(shorter))) == []


def test_a_clock_that_the_new_pack_does_not_have_ends(
    room: TestRoom, opened: UUID, city: Path, tmp_path: Path, time: Time
) -> None:
    without = with_clocks(city, tmp_path / "without", RULE | {"code": "other"})
    (moved,) = moved_deadlines(read_pack(without))
    assert moved.after_ms is None
    adopt(without)
    Keeper(room.room.door).turn()
    time.passes(24 * 60)
    watching = Keeper(room.room.door)
    watching.turn()  # whether the pack knows it again
    assert watching.turn() == 0
    assert told(opened) == []


def test_a_clock_that_a_wrong_pack_ended_goes_on_with_the_right_one(
    room: TestRoom, opened: UUID, city: Path, tmp_path: Path, time: Time
) -> None:
    watching = Keeper(room.room.door)
    adopt(with_clocks(city, tmp_path / "wrong", RULE | {"code": "other"}))
    watching.turn()
    adopt(tmp_path / "city")
    watching.turn()
    time.passes(61)
    watching.turn()
    assert [one["to"] for one in told(opened)] == [["dispatcher"]]


def with_all_of(folder: Path, at: Path, org: str) -> Path:
    """A copy of a city pack in which another organisation looks after all zones."""
    shutil.copytree(folder, at)
    zones = json.loads((at / "zones.geojson").read_text(encoding="utf-8"))
    for zone in zones["features"]:
        zone["properties"]["org"] = org
    (at / "zones.geojson").write_text(json.dumps(zones, ensure_ascii=False), encoding="utf-8")
    return at


def test_who_looks_after_a_place_by_another_pack_sees_what_is_open_there_and_is_told(
    room: TestRoom, opened: UUID, city: Path, tmp_path: Path, time: Time
) -> None:
    closed = room.open_incident()
    room.done(DISPATCHER, SetDisposition(closed, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(closed))
    before = room.row("incidents", opened)["org"]
    other = next(one for one in room.pack.orgs if one.id == "PS05")
    assert other.path != before
    adopt(with_all_of(tmp_path / "city", tmp_path / "moved", other.id))
    assert room.row("incidents", opened)["org"] == other.path
    assert IncidentView.objects.get(id=str(closed)).org == before
    Keeper(room.room.door).turn()
    assert room.row("loops", opened)["org"] == other.path


def test_what_is_concluded_by_a_pack_without_a_loop_is_over_by_the_next_one_with_it(
    room: TestRoom, opened: UUID, city: Path, tmp_path: Path, time: Time
) -> None:
    again = room.pack.hash
    plain = with_clocks(city, tmp_path / "plain")
    (plain / "loop.json").unlink()
    adopt(plain)
    Keeper(room.room.door).turn()
    assert room.pack.hash == again
    room.done(DISPATCHER, SetDisposition(opened, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(opened))
    assert not ListedView.objects.filter(kind="loop", open=True).exists()
    adopt(tmp_path / "city")
    time.passes(24 * 60)
    Keeper(room.room.door).turn()
    assert told(opened) == []
    assert not ListedView.objects.filter(kind="loop", open=True).exists()


def test_a_pack_without_a_loop_starts_no_clock(
    room: TestRoom, city: Path, tmp_path: Path, time: Time, duty: Duty
) -> None:
    plain = with_clocks(city, tmp_path / "plain")
    (plain / "loop.json").unlink()
    adopt(plain)
    incident = room.open_incident()
    assert not JournalEntry.objects.filter(stream=f"loop:{incident}").exists()
