"""The large room of the benchmark is one that could have come about."""

from collections import Counter

import pytest
from bench import scale_room, scale_writing
from bench.scale_room import Room, Size, fill_with
from django.conf import settings
from django.db import connection
from tests.harness.rooms import TestRoom

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.core.ids import is_public_number
from dutyroom.journal import read
from dutyroom.journal.keys import Keyring
from dutyroom.journal.opening import fit_key
from dutyroom.journal.seal import Sealer
from dutyroom.projections.models import IncidentView, ListedView

pytestmark = pytest.mark.db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale_room, "STORIES", 4)
    monkeypatch.setattr(scale_writing, "PORTION", 7)


def test_copies_verify_and_their_rows_are_those_of_a_rebuild(room: TestRoom, few: None) -> None:
    runtime.stop()
    fill_with(room.pack, Room(room.pack, Size(incidents=40, clocks=40, members=0), now_ms()))
    incidents = list(IncidentView.objects.all())  # afterwards the fixture verifies and rebuilds
    assert Counter(one.open for one in incidents) == {False: 30, True: 10}
    assert len({one.number for one in incidents}) == 40
    assert all(is_public_number(one.number) for one in incidents)
    tasks = ListedView.objects.filter(kind="task")
    assert Counter(tasks.values_list("state", flat=True)) == {"approved": 90, "accepted": 30}
    assert len(set(tasks.values_list("incident", flat=True))) == 40
    began = sorted(one.opened_at_ms for one in incidents if not one.open)
    assert began[-1] - began[0] > 300 * scale_room.DAY_MS


def test_copies_have_the_events_of_what_was_decided(room: TestRoom, few: None) -> None:
    runtime.stop()
    fill_with(room.pack, Room(room.pack, Size(incidents=40, clocks=40, members=0), now_ms()))
    with connection.cursor() as cursor:
        entries = read.entries(cursor, after=0, limit=100_000)
    kinds: dict[str, list[str]] = {}
    for one in entries:
        if one.stream.startswith("incident:"):
            kinds.setdefault(one.stream, []).append(one.type)
    ways = Counter(tuple(one) for one in kinds.values())
    assert sorted(ways.values()) == [10, 30]
    sealed = [one for one in entries if one.sealed]
    assert {one.seal_key for one in sealed} == set(kinds)
    sealer = Sealer(Keyring(fit_key(settings.HOME.key)))
    said = Counter(sealer.unseal(one).get("text") for one in sealed)
    assert said["Ask there. // 上门了解。"] == 120
    assert said["Settled. // 已处理。"] == 90
