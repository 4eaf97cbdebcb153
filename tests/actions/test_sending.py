"""What sending another unit would cost the next hour, from what the board of the real room says."""

import threading

import pytest
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions import sending
from dutyroom.actions.clock import now_ms
from dutyroom.domain import commands as c

pytestmark = pytest.mark.db


def test_each_candidate_is_rehearsed_instead_of_the_unit_whose_part_it_could_take(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    incident = str(room.open_incident())
    advice = room.room.advisor.recommend(incident, now_ms())
    assert advice is not None
    answer = room.room.sendings.make(room.pack, incident, now_ms())
    assert answer["replications"] == 1000
    units = {one["unit"] for one in answer["candidates"]}
    assert units
    assert not units & set(advice.chosen)
    assert {one["instead_of"] for one in answer["candidates"]} <= set(advice.chosen)
    for one in answer["candidates"]:
        assert (
            one["delay_s"]["sure"] == (abs(one["delay_s"]["mean"]) > one["delay_s"]["half_width"])
            or abs(abs(one["delay_s"]["mean"]) - one["delay_s"]["half_width"]) <= 0.1
        )
        assert one["worst"] is None or one["worst"]["delay_s"]["sure"]


def test_asking_never_waits_and_an_old_answer_says_that_it_is_old(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FRESH_MS", -1)
    room.sign_on_all()
    incident = str(room.open_incident())
    sendings = room.room.sendings
    assert sendings.latest(room.pack, incident, now_ms()) == {"ready": False}
    with sendings._working:
        pass
    first = sendings.latest(room.pack, incident, now_ms())
    assert (first["ready"], first["stale"]) == (True, False)
    room.open_incident(index=1)
    assert sendings.latest(room.pack, incident, now_ms())["stale"]
    with sendings._working:
        pass
    assert not sendings.latest(room.pack, incident, now_ms())["stale"]


def test_a_dispatch_is_not_held_up_by_a_rehearsal(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.sign_on_all()
    incident = room.open_incident()
    advice = room.room.advisor.recommend(str(incident), now_ms())
    assert advice is not None
    going_on, go_on = threading.Event(), threading.Event()
    make = room.room.sendings.make

    def slow(*arguments: object) -> object:
        going_on.set()
        assert go_on.wait(30)
        return make(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(room.room.sendings, "make", slow)
    assert room.room.sendings.latest(room.pack, str(incident), now_ms()) == {"ready": False}
    assert going_on.wait(30)
    room.done(
        DISPATCHER,
        c.Dispatch(incident, tuple(c.UnitToSend(room.id(), unit) for unit in advice.chosen)),
    )
    go_on.set()
    with room.room.sendings._working:
        pass
    # It was begun before the dispatch; its answer is of the room as it found it.
    assert room.room.sendings.latest(room.pack, str(incident), now_ms())["ready"]
