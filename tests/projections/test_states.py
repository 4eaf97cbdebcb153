"""States for readers: what was folded once isn't folded again, and what is new is seen."""

import pytest
from django.db import connection
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.domain.incidents.commands import AddNote, SetPriority
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.units.state import UnitState
from dutyroom.journal import read
from dutyroom.projections import states
from dutyroom.projections.states import States

pytestmark = pytest.mark.db


def test_only_what_is_new_is_folded(room: TestRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = room.open_incident()
    stream, kept, folded = f"incident:{incident}", States(), list[int]()

    def counted(cursor: object, name: str, after_version: int = 0) -> list[read.Entry]:
        found = before(cursor, name, after_version)  # type: ignore[arg-type]
        folded.append(len(found))
        return found

    before = read.stream
    monkeypatch.setattr(states.read, "stream", counted)
    with connection.cursor() as cursor:
        first = kept.of(cursor, IncidentState, stream)
        room.done(DISPATCHER, SetPriority(incident, 1))
        room.done(DISPATCHER, AddNote(incident, room.id(), "seen"))
        latest = kept.of(cursor, IncidentState, stream)
        assert kept.of(cursor, IncidentState, stream) == latest
        assert folded[1:] == [2, 0]
        assert States().of(cursor, IncidentState, stream) == latest
        assert kept.of(cursor, UnitState, stream) is None
    assert first is not None
    assert latest is not None
    assert (first.priority, latest.priority, len(latest.notes)) == (2, 1, 1)


def test_the_least_recently_asked_ones_are_folded_anew(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "LARGEST", 2)
    kept, incidents = States(), [room.open_incident() for _ in range(4)]
    with connection.cursor() as cursor:
        for _ in range(2):
            for one in incidents:
                assert kept.of(cursor, IncidentState, f"incident:{one}") is not None
