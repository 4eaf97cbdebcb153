"""Rows are typed, kept as JSON text, and read again: also those of an older version."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.harness.rooms import TAKER, TestRoom
from tests.replay.golden import FOLDER
from tests.replay.story import play

from dutyroom.domain.incidents.commands import SetPlace
from dutyroom.projections.rows import as_text, read_call, read_incident, read_unit

READ: dict[str, Any] = {"call": read_call, "incident": read_incident, "unit": read_unit}


@pytest.mark.parametrize("version", sorted(FOLDER.iterdir()), ids=lambda one: one.name)
def test_rows_that_an_older_version_kept_can_be_read(version: Path) -> None:
    kept = json.loads((version / "read-models.json").read_text(encoding="utf-8"))
    for kind, read in READ.items():
        texts = [one for row in kept[kind] for one in row if str(one).startswith("{")]
        assert texts
        for text in texts:
            again = json.loads(as_text(read(text)))
            assert again.items() >= json.loads(text).items()


@pytest.mark.db
def test_a_row_that_is_read_and_kept_again_is_the_same_text(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board

    play(room)
    now = board.snapshot(now_ms())
    for read, texts in ((read_call, now.rows["calls"]), (read_incident, now.rows["incidents"])):
        assert texts
        assert [as_text(read(text)) for text in texts] == list(texts)
    assert [as_text(read_unit(text)) for text in now.rows["units"]] == list(now.rows["units"])
    for text in (text for texts in now.rows.values() for text in texts):
        # As every reader of JSON in Python writes it: nothing escaped that needn't be, no blanks.
        assert json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) == text


@pytest.mark.db
def test_an_incident_is_of_the_organisation_that_looks_after_its_zone(room: TestRoom) -> None:
    one = room.open_incident()
    row = room.row("incidents", one)
    assert row["org"] == room.pack.org_of_zone(row["zone"]) != ""
    elsewhere = next(
        place
        for place in map(room.place, range(len(room.pack.places)))
        if room.pack.zone_at(place.lon, place.lat) != row["zone"]
    )
    room.done(TAKER, SetPlace(one, elsewhere))
    moved = room.row("incidents", one)
    assert moved["zone"] != row["zone"]
    assert moved["org"] == room.pack.org_of_zone(moved["zone"]) != row["org"]
