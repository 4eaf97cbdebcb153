"""Whatever is open about an incident keeps it from being closed, or has a reason not to: of every
kind of record, also of those to come."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import pytest

from dutyroom.domain import AGGREGATES
from dutyroom.domain.kernel import Aggregate
from dutyroom.domain.marked import IdOf
from dutyroom.readings.answers import MissingPart

GOES_ON: Final = {
    "incident": "what was merged into it is closed with it",
    "unit": "its assignments are missing by themselves",
    "handover": "the desk is handed over, and what was closed meanwhile needs no confirmation",
    "station_handover": "the same at a station",
    "attachment": "a file is no work",
    "matter": "a dispute is followed for weeks after the incident that it began with",
    "loop": "its stages and clocks end with the incident; an approval is missing by itself",
    "spot": "its prevention task keeps it open; the place is watched for weeks after it",
    "call_back": "the caller is called once the incident is closed; reopening sets that aside",
}
"""Kinds that know of incidents, and why an open one doesn't keep its incident from being closed."""

KEEPING: Final = [one for one in AGGREGATES if one.list and one.list.keeps_open]
CATALOGUES: Final = Path(__file__).parents[2] / "console" / "src" / "i18n"


def marks(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """Of which kinds of record there are ids in a type, however deep."""
    if kind in seen:
        return set()
    seen = seen | {kind}
    found = {one.kind for one in getattr(kind, "__metadata__", ()) if isinstance(one, IdOf)}
    value = getattr(kind, "__value__", None)  # of a type alias
    parts = [*get_args(kind), *([] if value is None else [value])]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind, include_extras=True)
        parts += [hints[one.name] for one in fields(kind)]
    return found.union(*(marks(part, seen) for part in parts if isinstance(part, object)))


def knows_of_incidents(one: Aggregate[Any, Any]) -> bool:
    """Whether its state names one, or it is kept under an incident's own id."""
    own = one.name in ("loop", "call_back")
    return one.state is not None and (own or "incident" in marks(one.state))


@pytest.mark.parametrize("one", AGGREGATES, ids=lambda one: one.name)
def test_what_is_open_about_an_incident_keeps_it_open_or_says_why_not(
    one: Aggregate[Any, Any],
) -> None:
    keeps = one.list is not None and bool(one.list.keeps_open)
    assert (keeps + (one.name in GOES_ON)) == knows_of_incidents(one)


@pytest.mark.parametrize("one", KEEPING, ids=lambda one: one.name)
def test_the_states_that_keep_it_open_are_states_of_the_record(one: Aggregate[Any, Any]) -> None:
    assert one.list is not None
    [table] = one.tables.values()
    assert {*one.list.keeps_open} < {state for state, _ in table} - {"none"}


@pytest.mark.parametrize("one", KEEPING, ids=lambda one: one.name)
def test_what_is_missing_is_told_in_both_languages(one: Aggregate[Any, Any]) -> None:
    hints = get_type_hints(MissingPart)
    assert one.name in get_args(hints["what"])
    assert one.name in hints
    for language in ("en", "zh"):
        texts: dict[str, str] = {}
        for path in (CATALOGUES / language).glob("*.json"):
            texts |= json.loads(path.read_text(encoding="utf-8"))
        assert f"missing.{one.name}" in texts
