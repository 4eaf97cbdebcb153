import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain import COMMANDS
from dutyroom.domain.kernel import About
from dutyroom.policy import READS, ROLES, VERBS, in_both, may_do, may_read

pytestmark = pytest.mark.unit


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    verbs = set(COMMANDS)
    assert verbs == set(VERBS)


@given(st.text(), st.text(), st.text())
def test_an_unknown_role_or_word_is_denied(role: str, unit: str, word: str) -> None:
    if role not in ROLES or word not in VERBS:
        assert not may_do(role, unit, word, About(unit=unit)).allowed
    if role not in ROLES or word not in READS:
        assert not may_read(role, unit, word, About(unit=unit)).allowed


def test_a_field_officer_moves_only_the_own_unit() -> None:
    assert may_do("field_officer", "P1", "assignment.on_scene", About(unit="P1")).allowed
    assert not may_do("field_officer", "P1", "assignment.on_scene", About(unit="P2")).allowed
    assert not may_do("field_officer", None, "assignment.on_scene", About(unit=None)).allowed


def test_a_field_officer_writes_notes_only_where_the_own_unit_is() -> None:
    here = About(units_on_incident=frozenset({"P1"}))
    assert may_do("field_officer", "P1", "incident.add_note", here).allowed
    assert not may_do("field_officer", "P2", "incident.add_note", here).allowed


def test_a_field_officer_opens_incidents_on_view_only() -> None:
    assert may_do("field_officer", "P1", "incident.open", About(unit="P1", on_view=True)).allowed
    assert not may_do("field_officer", "P1", "incident.open", About(unit="P1")).allowed


@given(st.sampled_from(sorted(VERBS)))
def test_an_auditor_changes_nothing(verb: str) -> None:
    facts = About(unit="P1", units_on_incident=frozenset({"P1"}), on_view=True)
    assert not may_do("auditor", "P1", verb, facts).allowed


@given(st.sampled_from(ROLES), st.sampled_from(sorted(READS)), st.booleans())
def test_the_reason_that_a_read_was_recorded_with_is_told_in_chinese_too(
    role: str, what: str, on_view: bool
) -> None:
    facts = About(unit="P1", units_on_incident=frozenset({"P1"}), on_view=on_view)
    decision = may_read(role, "P1", what, facts)
    if decision.allowed:
        assert in_both(decision.because.en) == decision.because


@given(st.sampled_from(ROLES), st.sampled_from(sorted(VERBS)))
def test_every_decision_says_why_in_both_languages(role: str, verb: str) -> None:
    because = may_do(role, None, verb, About()).because
    assert because.en
    assert because.zh
