"""The checkpoints beside the key: written whenever the journal is left, and a start demands them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions import runtime
from dutyroom.actions.adopting import adopt
from dutyroom.actions.checking import check_journal
from dutyroom.domain.units.commands import SignOn
from dutyroom.journal import read
from dutyroom.journal.checkpoints import read_checkpoints
from dutyroom.journal.opening import JournalCutOff, accept_end, must_reach_checkpoints

pytestmark = pytest.mark.db


def end() -> read.Head:
    with connection.cursor() as cursor:
        return read.head(cursor)


def test_the_end_is_noted_at_a_clean_stop_also_if_the_last_action_was_a_fault_of_ours(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("ours")

    room.done(DISPATCHER, SignOn(room.pack.units[0].id, ("a",)))
    with monkeypatch.context() as patched:
        patched.setattr("dutyroom.actions.door.decide", fail)
        with pytest.raises(LookupError):
            room.ask(DISPATCHER, SignOn(room.pack.units[1].id, ("b",)))
    runtime.stop()
    latest = read_checkpoints(settings.HOME.key)[-1]
    assert (latest.position, latest.hash) == (end().position, end().hash.hex())


def test_a_journal_of_which_nothing_is_left_begins_anew_once_that_is_accepted(
    room: TestRoom, city: Path
) -> None:
    runtime.stop()
    had = end().position
    with connection.cursor() as cursor:
        for table in ("entry", "action", "key"):
            cursor.execute(f"DELETE FROM journal_journal{table}")
    with pytest.raises(JournalCutOff, match="accept-end"):
        must_reach_checkpoints(settings.HOME.key)
    assert accept_end(settings.HOME.key, 1) == (0, had)
    adopt(city)
    runtime.stop()
    must_reach_checkpoints(settings.HOME.key)
    report = check_journal()
    assert report.ok
    assert [(one.position, one.lost_to) for one in report.losses] == [(0, had)]
