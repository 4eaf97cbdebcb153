"""The page of events says of a text, an id or a number what it is of."""

from typing import Annotated, Any

import pytest
from tools.reference_tables import listed, worded

from dutyroom.domain.incidents.events import AssignmentCleared, IncidentUrgencyKept
from dutyroom.domain.marked import OneOf, OrgPath, Priority, PromptAnswers, UnitId

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (str, "text"),
        (UnitId, "unit id"),
        (OrgPath | None, "organisation id or null"),
        (Priority, "int of `priorities`"),
        (PromptAnswers, "[[code of `prompts`, code of `answers`], …]"),
        (Annotated[str, OneOf(("relief", "illness"))], "`relief` or `illness`"),
        (Annotated[str, "of another kind"], "text"),
    ],
)
def test_a_type_is_told_by_what_it_is_marked_with(hint: Any, words: str) -> None:
    assert worded(hint) == words


def test_the_fields_of_an_event_are_told_and_what_those_are_made_from() -> None:
    assert listed(AssignmentCleared, "") == [
        "- `assignment`: assignment id",
        "- `unit`: unit id",
        "- `reason`: code of `clear_reasons`",
    ]
    assert "  - `served`: [unit id, …]" in listed(IncidentUrgencyKept, "")
