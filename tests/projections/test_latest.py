"""A row that is made from the one before it is the same as a row that is rebuilt."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.strategies import NOTES, START_MS, of_class

from dutyroom.citypack import read_pack
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents import INCIDENTS
from dutyroom.domain.incidents.events import (
    IncidentNoteAdded,
    IncidentNoteStruck,
    IncidentOpened,
)
from dutyroom.domain.incidents.needed import NOBODY, Needed
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Change, Event
from dutyroom.projections import latest
from dutyroom.projections.latest import LatestRows
from dutyroom.projections.rows import incident_row

pytestmark = pytest.mark.unit
read_once = cache(read_pack)
of_incidents = st.sampled_from(INCIDENTS.events).flatmap(of_class)
noted = of_class(IncidentNoteAdded) | of_class(IncidentNoteStruck)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), noted | of_incidents), max_size=25),
    st.sampled_from([None, False, True]),
    st.lists(st.sampled_from([NOBODY, Needed(("lanchuan/gas",))]), min_size=25, max_size=25),
)
def test_of_any_history_each_row_is_the_one_that_is_made_anew(
    city: Path,
    history: list[tuple[str, Event]],
    has_number: bool | None,
    asked: list[Needed],
) -> None:
    pack, rows = read_once(city), LatestRows()
    opened = IncidentOpened("1", "GAS-LEAK", 2, "", "telephone", ())
    whole = {name: folded(None, opened, 0) for name in "ab"}
    calls = [CallState("waiting", "110-1", START_MS, START_MS, has_number=has_number)]
    for at, (name, event) in enumerate(history):
        whole[name] = folded(whole[name], event, at)
        merged = [whole["b"]] if at % 3 else []
        last = Change("anna", START_MS + at, at)
        made = rows.row(pack, "a", whole["a"], last, merged, calls, asked[at])
        assert made == incident_row(pack, "a", whole["a"], last, merged, calls, asked[at])


def folded(state: IncidentState | None, event: Event, at: int) -> IncidentState:
    after = evolve(state, event, START_MS + at)
    assert isinstance(after, IncidentState)
    return after


def test_a_note_is_counted_without_the_row_being_made_anew(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, rows = read_once(city), LatestRows()
    opened = IncidentOpened("1", pack.vocabulary.categories[0].code, 2, "", "telephone", ())
    before = folded(None, opened, 0)
    first = rows.row(pack, "a", before, Change("anna", 1, 1), [], [])
    after = folded(before, IncidentNoteAdded(NOTES[0]), 1)
    monkeypatch.setattr(latest, "incident_row", None)
    noted = rows.row(pack, "a", after, Change("bo", 2, 2), [], [])
    assert (noted.notes, noted.changed_by, noted.position) == (1, "bo", 2)
    assert noted.opened_at_ms == first.opened_at_ms


def test_no_more_rows_are_kept_than_a_few(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latest, "MOST", 2)
    pack, rows = read_once(city), LatestRows()
    opened = IncidentOpened("1", pack.vocabulary.categories[0].code, 2, "", "telephone", ())
    state = folded(None, opened, 0)
    for name in "abcde":
        rows.row(pack, name, state, Change("anna", 1, 1), [], [])
        assert len(rows._found) <= 2
