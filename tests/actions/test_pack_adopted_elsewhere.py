"""A city pack that another process adopts is in force in this one too, from its next action on."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.adopting import OPERATOR, fresh_id
from dutyroom.actions.door import Done
from dutyroom.actions.request import Request
from dutyroom.actions.room import Room
from dutyroom.citypack import generate_city
from dutyroom.domain.centre.commands import AdoptPack
from dutyroom.domain.units.commands import SignOn
from dutyroom.projections import packs

pytestmark = pytest.mark.db


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """A city with more units."""
    generate_city(tmp_path / "larger", nodes=800, units=24, seed=3)
    return tmp_path / "larger"


def adopt_elsewhere(folder: Path) -> AdoptPack:
    """As a process of its own would: with a room of its own on the same journal."""
    pack = packs.keep(folder)
    elsewhere = Room.open(lambda: None)
    command = AdoptPack(pack.name, pack.version, pack.hash)
    try:
        assert isinstance(elsewhere.door.perform(Request(fresh_id(), OPERATOR, command)), Done)
    finally:
        elsewhere.close()
    return command


def test_the_next_action_is_decided_by_it(room: TestRoom, larger: Path) -> None:
    adopted = adopt_elsewhere(larger)
    new = {unit.id for unit in packs.load(adopted.hash).units} - {
        unit.id for unit in room.pack.units
    }
    for unit in new:
        room.done(DISPATCHER, SignOn(unit, (f"{unit}-1",)))
    assert len(new) == 4
    assert room.room.pack.hash == adopted.hash


def test_a_pack_that_cannot_be_read_here_stops_no_call(room: TestRoom, larger: Path) -> None:
    before = room.pack.hash
    adopted = adopt_elsewhere(larger)
    packs._loaded.clear()
    aside = larger.parent / "aside"
    kept = settings.HOME.packs / adopted.hash
    shutil.move(kept, aside)
    try:
        room.open_incident()
        assert room.room.pack.hash == before
    finally:
        shutil.move(aside, kept)
    room.tampered = True  # these rows are made by the older pack
