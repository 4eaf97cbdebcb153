"""When the demo begins, work lies at the stations, and is done there at a human pace."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.harness.rooms import TestRoom, enrol

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.bulletin import week_at
from dutyroom.citypack import CityPack, read_pack
from dutyroom.domain.context import Actor
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.tasks.commands import AcceptTask, OfferTask
from dutyroom.evening.callbacks import ASKED
from dutyroom.evening.desks import NEW, REQUESTS, RESULTS
from dutyroom.evening.evening import Evening
from dutyroom.evening.halves import BOTH
from dutyroom.evening.joint import AIM, LOG, PLAN
from dutyroom.evening.last_week import MATTERS as LAST_WEEK
from dutyroom.evening.left_over import CHASES, MATTERS, OUTCOMES
from dutyroom.evening.morning import enter, morning
from dutyroom.projections import board
from dutyroom.projections.bulletin import bulletin
from dutyroom.projections.rows import read_loop

NOW_MS = 1_780_000_000_000
HOUR_MS = 3_600_000


@pytest.fixture(scope="session")
def demo(city: Path) -> CityPack:
    """The small demo city."""
    return read_pack(city)


def offers(pack: CityPack) -> list[OfferTask]:
    return [one for _, _, one in morning(pack, 1, NOW_MS, "named") if isinstance(one, OfferTask)]


def test_work_at_every_state_lies_at_several_stations_and_some_of_it_is_late(
    demo: CityPack,
) -> None:
    states = Counter(work.until for matter in MATTERS for work in matter.work)
    assert set(states) == {
        "offered", "accepted", "in_progress", "submitted", "sent_back", "approved", "returned",
    }  # fmt: skip
    found = offers(demo)
    assert 12 <= len(found) <= 20
    assert len({one.org for one in found}) == 4
    assert sum(one.due_ms is not None and one.due_ms < NOW_MS for one in found) >= 3
    assert [one.org for one in found if one.owner == "named"] == [demo.zones[0].org]


def test_all_of_it_happened_yesterday_and_this_morning_in_its_order(demo: CityPack) -> None:
    long_ago = NOW_MS - 14 * 24 * HOUR_MS  # what began weeks ago: `test_weeks_ago`
    times = [at_ms for at_ms, _, _ in morning(demo, 1, NOW_MS)]
    assert times == sorted(times)
    times = [at_ms for at_ms in times if at_ms > long_ago]
    assert times == sorted(times)
    assert times[-1] < NOW_MS
    assert len(times) < 420
    this = week_at(NOW_MS, demo.timezone)
    last = week_at(this.from_ms - 1, demo.timezone)
    late = NOW_MS - max(one.hours_ago for one in ASKED) * HOUR_MS
    assert min(last.from_ms, late) <= times[0]
    assert all(at_ms < last.to_ms or at_ms > NOW_MS - 24 * HOUR_MS for at_ms in times)


def test_only_what_is_late_was_offered_long_ago_and_not_accepted(demo: CityPack) -> None:
    entries = morning(demo, 1, NOW_MS)
    accepted = {one.task for _, _, one in entries if isinstance(one, AcceptTask)}
    waits = [
        (at_ms, one)
        for at_ms, _, one in entries
        if isinstance(one, OfferTask) and one.task not in accepted
    ]
    long_ago = [one for at_ms, one in waits if at_ms < NOW_MS - HOUR_MS // 2]
    assert len(long_ago) == 2
    assert all(one.due_ms is not None and one.due_ms < NOW_MS for one in long_ago)
    assert len(waits) > len(long_ago)


def test_it_follows_from_the_seed(demo: CityPack) -> None:
    assert morning(demo, 1, NOW_MS) == morning(demo, 1, NOW_MS)
    assert morning(demo, 1, NOW_MS) != morning(demo, 2, NOW_MS)


def test_everything_that_is_said_of_it_has_an_english_and_a_chinese_half() -> None:
    texts = [*CHASES, *(one.said for one in MATTERS)]
    texts += [work.what for one in MATTERS for work in one.work]
    texts += [step for one in MATTERS for work in one.work for step in work.steps]
    for text in texts:
        assert text.en.isascii()
        assert not text.zh.isascii()
    asked = (*(one.what for one in REQUESTS), *(one[2] for one in NEW.values()))
    asked = (*asked, AIM, *(one[1] for one in PLAN), *(one[1] for one in LOG))
    for text in (*asked, *RESULTS.values()):
        assert text.en.isascii()
        assert not text.zh.isascii()
    for outcome in OUTCOMES.values():
        assert len(outcome.split(BOTH)) == 2


def paused(loop: LoopRow) -> bool:
    """Whether a clock of it stands still near its end."""
    return any(one.paused_last for one in loop.clocks)


@pytest.mark.db
@pytest.mark.deep_on_postgresql
def test_it_is_entered_once_and_colleagues_go_on_with_it_without_a_refusal(
    room: TestRoom,
) -> None:
    first = room.pack.zones[0].org
    enrol(Actor("station2", "station_officer", org=first))
    at_ms = now_ms()
    entries = morning(room.pack, 1, at_ms, "station2")
    outcomes = enter(room.room, entries, 1)
    refused = [(entries[n][2], one) for n, one in enumerate(outcomes) if not isinstance(one, Done)]
    assert refused == []
    assert enter(room.room, entries, 1) == []
    ordered = [json.loads(one) for one in board.snapshot(at_ms).rows["supervision_orders"]]
    states = Counter(one["state"] for one in ordered)
    assert states == {"given": 1, "acknowledged": 3, "answered": 1}
    assert sum(one["due_ms"] < at_ms for one in ordered) == 1
    standing = [one for one in map(read_loop, board.snapshot(at_ms).rows["loops"]) if paused(one)]
    assert [one.stages[-1].stage for one in standing] == ["supervise"]
    week = bulletin(None, "", at_ms)
    assert week is not None
    assert len(week.figures.concluded) == len(LAST_WEEK)
    assert len(week.figures.late) == 1
    evening = Evening(room.room, lambda *_: None, seed=1, calls_per_h=0.001)
    evening._next_call_ms = at_ms + 86_400_000
    evening.begin(at_ms)
    asked: list[tuple[str, Any]] = []
    perform = room.room.door.perform

    def watch(request: Any) -> Any:
        outcome = perform(request)
        asked.append((request.command.VERB, outcome))
        return outcome

    room.room.door.perform = watch
    for minute in range(0, 90, 2):
        evening.step(at_ms + minute * 60_000)
    assert [one for _, one in asked if not isinstance(one, Done)] == []
    done = {verb for verb, _ in asked}
    assert {"task.accept", "task.start", "task.submit", "task.approve", "loop.approve"} <= done
    assert {"supervision_order.acknowledge", "supervision_order.answer"} <= done
    by_desks = {f"desk_request.{one}" for one in ("accept", "start", "finish", "confirm")}
    assert by_desks <= done
    assert {"station.take_handover", "station.complete_handover"} <= done
    later = map(read_loop, board.snapshot(now_ms()).rows["loops"])
    assert [one.id for one in later if paused(one)] == [standing[0].id]  # left to people
    [waits] = board.snapshot(now_ms()).rows["station_handovers"]
    handover = json.loads(waits)
    assert (handover["org"], handover["to"]) == (first, "")
    assert any(item["late"] for item in handover["items"])
    theirs = [one for one in entries if getattr(one[2], "owner", "") == "station2"]
    assert room.row("tasks", theirs[0][2].task)["state"] == "offered"
