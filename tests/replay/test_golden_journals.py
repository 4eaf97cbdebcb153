"""Journals of older versions are replayed for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.replay.golden import FOLDER, STATES, holds, put_back, read_models, states_of

from dutyroom.domain import EVENTS

pytestmark = [pytest.mark.db, pytest.mark.replay]
VERSIONS = sorted((folder.name for folder in FOLDER.iterdir()), key=lambda name: int(name[1:]))


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
            # A new column of a table stands behind those that there were.
            assert holds(_opened(is_now[: len(was)]), _opened(was)), name


def _opened(columns: list[Any]) -> list[Any]:
    """The columns of a row, with what consoles are sent as JSON."""
    return [
        json.loads(one) if isinstance(one, str) and one.startswith("{") else one for one in columns
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_older_journal_means_has_not_changed(version: str) -> None:
    was = json.loads((STATES / f"{version}.json").read_text(encoding="utf-8"))
    is_now = states_of(FOLDER / version)
    assert is_now.keys() == was.keys()
    for stream, state in was.items():
        assert holds(is_now[stream], state), stream


def test_a_state_may_say_more_than_it_did_and_nothing_else() -> None:
    was = {"state": "open", "assignments": [{"unit": "P1"}]}
    assert holds({"state": "open", "org": "", "assignments": [{"unit": "P1", "org": ""}]}, was)
    assert not holds({"state": "open", "assignments": []}, was)
    assert not holds({"state": "closed", "assignments": [{"unit": "P1"}]}, was)
    assert not holds({"assignments": [{"unit": "P1"}]}, was)


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
