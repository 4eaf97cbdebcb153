"""In bulk: the same events and rows as through the door, in a journal that verifies."""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from tests.harness.rooms import (
    DISPATCHER,
    GATEWAY,
    TAKER,
    TestRoom,
    emptied_home,
    opened_room,
    tables,
)

from dutyroom.actions import bulk, runtime
from dutyroom.actions.adopting import fresh_id
from dutyroom.actions.bulk import Bulk
from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied, Done
from dutyroom.actions.request import Request
from dutyroom.citypack import CityPack, read_pack
from dutyroom.domain.calls.commands import (
    Caller,
    ClaimCall,
    EndCall,
    ReceiveCall,
    RecordCallDetails,
)
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ClearAssignment,
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
    SetPriority,
    SplitIncident,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, OfferTask, SubmitTask
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.domain.values import Place
from dutyroom.journal import read
from dutyroom.journal.keys import Keyring
from dutyroom.journal.opening import fit_key
from dutyroom.journal.seal import Sealer
from dutyroom.projections import rebuild

pytestmark = pytest.mark.db
DAYS = 2
_KEPT = attrgetter(
    *("position", "stream", "version", "type", "occurred_at_ms", "actor", "role", "purpose"),
    *("action", "body", "seal_key"),
)


def some_days(pack: CityPack) -> Iterator[tuple[Actor, Any]]:
    """All that rows hang on: calls, a unit that changes its incident, merging, splitting, tasks."""
    zone = next(zone for zone in pack.zones if zone.org)
    place = Place(*zone.centre, "here", "point")
    chief = Actor("chief", "station_command", org=zone.org)
    officer = Actor("o1", "station_officer", org=zone.org)
    unit = pack.units[0].id
    crew = Actor(f"{unit}-1", "field_officer", unit)
    category = pack.vocabulary.categories[0].code
    cleared = next(iter(pack.vocabulary.codes("clear_reasons")))
    came_out = next(iter(pack.vocabulary.codes("dispositions")))
    yield DISPATCHER, SignOn(unit, (f"{unit}-1",))
    for _ in range(DAYS):
        call, first, second, sent, task = (fresh_id() for _ in range(5))
        yield GATEWAY, ReceiveCall(call, "110-1", "13800000000")
        yield TAKER, ClaimCall(call)
        yield TAKER, RecordCallDetails(call, Caller("Wang", "13800000000"), "smoke")
        yield TAKER, OpenIncident(first, category, 2, place, call=call, text="smoke")
        yield TAKER, EndCall(call)
        yield crew, OpenIncident(second, category, 2, place, "on_view", unit=unit, assignment=sent)
        yield DISPATCHER, MergeIncident(second, first)
        yield DISPATCHER, SetPriority(first, 1)
        yield DISPATCHER, SplitIncident(second)
        yield crew, ClearAssignment(second, sent, cleared)
        yield DISPATCHER, OfferTask(task, first, "visit", zone.org, "ask the neighbours")
        yield officer, AcceptTask(task)
        yield officer, SubmitTask(task, "asked")
        yield DISPATCHER, CloseIncident(first)  # refused: the task waits
        yield officer, ApproveTask(task)  # denied
        yield chief, ApproveTask(task)
        yield DISPATCHER, SetDisposition(first, came_out)
        yield DISPATCHER, CloseIncident(first)
    yield DISPATCHER, SignOff(unit)


@pytest.fixture(scope="module")
def asked(city: Path) -> list[Request]:
    began_ms = now_ms() - 86_400_000
    pairs = enumerate(some_days(read_pack(city)))
    return [Request(fresh_id(), who, what, began_ms + n * 60_000) for n, (who, what) in pairs]


def through_the_door(room: TestRoom, asked: Sequence[Request]) -> list[Any]:
    return [room.room.door.perform(one) for one in asked]


def in_bulk(room: TestRoom, asked: Sequence[Request]) -> list[Any]:
    runtime.stop()
    return [outcome for _, outcome in Bulk(room.pack, settings.HOME.key).perform(asked)]


def left_behind() -> Any:
    """The journal, opened, and the rows; without what is drawn by lot and when it was written."""
    sealer = Sealer(Keyring(fit_key(settings.HOME.key)))
    with connection.cursor() as cursor:
        entries = [
            (*_KEPT(one), sealer.unseal(one) if one.sealed else None)
            for one in read.entries(cursor, after=1, limit=10_000)
        ]
        cursor.execute(
            "SELECT action, actor, verb, first, last FROM journal_journalaction WHERE first > 1"
        )
        answered = sorted(cursor.fetchall())
    numbers: dict[str, str] = {}

    def plain(found: re.Match[str]) -> str:
        return numbers.setdefault(found[0], f"number {len(numbers)}")

    said = repr((entries, answered, tables()))
    return re.sub(r"\b\d{4}-\d{4}\b", plain, said)


def test_events_and_rows_are_those_of_the_door(
    _tables: None, city: Path, asked: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for way, portion in ((through_the_door, 0), (in_bulk, 1_000), (in_bulk, 7)):
        monkeypatch.setattr(bulk, "PORTION", portion)
        monkeypatch.setattr(rebuild, "PORTION", portion or 50)
        monkeypatch.setattr(rebuild, "LARGEST", 3)
        with emptied_home(), opened_room(city) as room:  # which verifies the journal, and rebuilds
            outcomes = way(room, asked)
            kinds = {type(one) for one in outcomes}
            assert kinds == {Done, Denied, Refusal}
            found.append(([type(one) for one in outcomes], left_behind()))
    assert found[0] == found[1]
    assert found[0] == found[2]


def test_what_was_done_before_is_done_once(room: TestRoom, asked: list[Request]) -> None:
    first = in_bulk(room, asked)
    again = in_bulk(room, asked)
    for before, now in zip(first, again, strict=True):
        if isinstance(before, Done):
            assert isinstance(now, Done)
            assert (now.repeated, now.position) == (True, before.position)


def test_a_portion_that_fails_leaves_nothing(
    room: TestRoom, asked: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.stop()
    before = tables()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(bulk, "project_together", fail)
        with pytest.raises(OSError, match="no space"):
            list(Bulk(room.pack, settings.HOME.key).perform(asked))
    assert tables() == before
    assert isinstance(in_bulk(room, asked)[0], Done)
