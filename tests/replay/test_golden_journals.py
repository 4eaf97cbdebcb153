"""Journals of older versions are replayed for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.replay.golden import FOLDER, put_back, read_models

from dutyroom.domain import EVENTS

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
        assert len(found[name]) == len(rows), name
        for was, is_now in zip(rows, found[name], strict=True):
            assert without_news(was, is_now) == was, name


def without_news(was: list[Any], is_now: list[Any]) -> list[Any]:
    """The columns as they are now; in a row for consoles, what it had then. Rows may say more."""
    return [
        json.dumps(
            {key: json.loads(new).get(key) for key in json.loads(old)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        if isinstance(old, str) and old.startswith("{")
        else new
        for old, new in zip(was, is_now, strict=True)
    ]


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
    assert set(EVENTS) <= kept
