"""Journals of older versions are replayed for ever."""

import json
from pathlib import Path

import pytest
from tests.replay.golden import FOLDER, put_back, read_models

from dutyroom.domain.events import EVENT_TYPES

pytestmark = [pytest.mark.db, pytest.mark.replay]
VERSIONS = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_journal_of_an_older_version_verifies_and_is_rebuilt_as_it_was(
    empty_home: Path, version: str
) -> None:
    from dutyroom.actions.checking import check_journal
    from dutyroom.projections.rebuild import rebuild

    put_back(FOLDER / version, empty_home)
    report = check_journal()
    assert report.ok, report
    rebuild()
    expected = json.loads((FOLDER / version / "read-models.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(read_models()))
    for name, rows in expected.items():
        assert found[name] == rows, name


def test_what_was_sealed_then_is_read_today(empty_home: Path) -> None:
    from dutyroom.actions import runtime
    from dutyroom.projections.models import IncidentView
    from dutyroom.projections.rebuild import rebuild

    put_back(FOLDER / VERSIONS[-1], empty_home)
    rebuild()
    opened = runtime.room()
    places = [opened.advisor.place(row.id) for row in IncidentView.objects.all()]
    assert places
    assert None not in places


def test_every_kind_of_event_is_in_a_golden_journal() -> None:
    kept = {
        json.loads(line)["type"]
        for version in VERSIONS
        for line in (FOLDER / version / "journal_journalentry.jsonl").read_text().splitlines()
    }
    assert set(EVENT_TYPES) <= kept
