"""What sending another unit would cost the next hour, from what the board of the real room says."""

import threading
from typing import Any
from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.advice import sending
from dutyroom.advice.answers import AssumedCalls, AssumedTimes, NotRehearsed
from dutyroom.domain.incidents.commands import Dispatch, UnitToSend
from dutyroom.rehearsal.lookahead import outlook

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]

NOT_YET = NotRehearsed(ready=False, stale=False, failed=False)


def recommended(room: TestRoom) -> tuple[UUID, Dispatch]:
    """An incident, and the dispatch that the engine recommends for it."""
    room.sign_on_all()
    incident = room.open_incident()
    advice = room.room.advisor.recommend(str(incident), now_ms())
    assert advice is not None
    units = tuple(UnitToSend(room.id(), unit) for unit in advice.chosen)
    return incident, Dispatch(incident, units)


def test_each_candidate_is_rehearsed_instead_of_the_unit_whose_part_it_could_take(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    incident = str(room.open_incident())
    advice = room.room.advisor.recommend(incident, now_ms())
    assert advice is not None
    answer = room.room.sendings.make(room.pack, incident, now_ms())
    assert answer.replications == 1000
    assert answer.calls == AssumedCalls(why="no_file")
    assert answer.service_times == AssumedTimes(why="no_file")
    units = {one.unit for one in answer.candidates}
    assert units
    assert not units & set(advice.chosen)
    assert {one.instead_of for one in answer.candidates} <= set(advice.chosen)
    for one in answer.candidates:
        assert (
            one.delay_s.sure == (abs(one.delay_s.mean) > one.delay_s.half_width)
            or abs(abs(one.delay_s.mean) - one.delay_s.half_width) <= 0.1
        )
        assert one.worst is None or one.worst.delay_s.sure
        assert one.barest is None or one.barest.bare.sure
        assert {area.zone for area in one.areas} <= {zone.id for zone in room.pack.zones}


def test_asking_never_waits_and_an_old_answer_says_that_it_is_old(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FRESH_MS", -1)
    room.sign_on_all()
    incident = str(room.open_incident())
    sendings = room.room.sendings
    assert sendings.latest(room.pack, incident, now_ms()) == NOT_YET
    with room.room.outlooks.working:
        pass
    first = sendings.latest(room.pack, incident, now_ms())
    assert (first.ready, first.stale) == (True, False)
    room.open_incident(index=1)
    assert sendings.latest(room.pack, incident, now_ms()).stale
    with room.room.outlooks.working:
        pass
    assert not sendings.latest(room.pack, incident, now_ms()).stale


def test_a_dispatch_is_not_held_up_by_a_rehearsal(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, dispatch = recommended(room)
    going_on, go_on = threading.Event(), threading.Event()
    make = room.room.sendings.make

    def slow(*arguments: Any) -> object:
        going_on.set()
        assert go_on.wait(30)
        return make(*arguments)

    monkeypatch.setattr(room.room.sendings, "make", slow)
    assert room.room.sendings.latest(room.pack, str(incident), now_ms()) == NOT_YET
    assert going_on.wait(30)
    room.done(DISPATCHER, dispatch)
    go_on.set()
    with room.room.outlooks.working:
        pass
    # It was begun before the dispatch; its answer is of the room as it found it.
    assert room.room.sendings.latest(room.pack, str(incident), now_ms()).ready


def test_while_the_compiled_loop_runs_actions_go_on(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tens of thousands of rehearsals take seconds; a dispatch is through before they end."""
    _, dispatch = recommended(room)
    moment = room.room.outlooks.moment(room.pack, now_ms())
    moment.ahead.look(moment.units, hour=moment.hour)  # compiled, so that only the loop is timed
    entered, left = threading.Event(), threading.Event()
    kernel = outlook.run_many

    def watched(*arguments: Any) -> None:
        entered.set()
        kernel(*arguments)
        left.set()

    monkeypatch.setattr(outlook, "run_many", watched)
    many = outlook.LookAhead(moment.ahead.builder.scenario, replications=100_000)
    looking = threading.Thread(
        target=lambda: many.look(moment.units, hour=moment.hour), daemon=True
    )
    looking.start()
    assert entered.wait(60)
    room.done(DISPATCHER, dispatch)
    assert not left.is_set()
    looking.join(60)
    assert left.is_set()


def test_other_incidents_that_wait_count_and_the_one_to_be_served_counts_once(
    room: TestRoom,
) -> None:
    first = str(room.open_incident())
    assert room.room.outlooks.moment(room.pack, now_ms(), without=first).waiting is None
    room.open_incident(index=1)
    waiting = room.room.outlooks.moment(room.pack, now_ms(), without=first).waiting
    assert waiting is not None
    assert len(waiting.at_s) == 1


def test_a_failed_rehearsal_of_a_choice_is_said_and_never_kept_as_an_answer(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.sign_on_all()
    incident = str(room.open_incident())
    sendings, now = room.room.sendings, now_ms()

    def breaks(*_: object) -> dict[str, object]:
        raise ArithmeticError

    with monkeypatch.context() as broken:
        broken.setattr(sendings, "make", breaks)
        assert sendings.latest(room.pack, incident, now) == NOT_YET
        with room.room.outlooks.working:
            pass
        assert sendings.latest(room.pack, incident, now) == NotRehearsed(
            ready=False, stale=False, failed=True
        )
    later = now + sending.FRESH_MS + 1
    sendings.latest(room.pack, incident, later)
    with room.room.outlooks.working:
        pass
    found = sendings.latest(room.pack, incident, later)
    assert (found.ready, found.failed) == (True, False)
