from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain import COMMANDS
from dutyroom.domain.incidents.commands import Channel
from dutyroom.domain.kernel import About
from dutyroom.policy import (
    READS,
    ROLES,
    TELEMETRY,
    VERBS,
    decisions,
    in_both,
    may_do,
    may_read,
    may_report,
)

pytestmark = pytest.mark.unit


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    beside_the_journal = {verb for verb in VERBS if verb.partition(".")[0] in ("plan", "practice")}
    assert set(COMMANDS) == set(VERBS) - beside_the_journal
    assert not set(COMMANDS) & beside_the_journal


@given(st.text(), st.text(), st.text())
def test_an_unknown_role_or_word_is_denied(role: str, unit: str, word: str) -> None:
    if role not in ROLES or word not in VERBS:
        assert not may_do(role, unit, word, About(unit=unit)).allowed
    if role not in ROLES or word not in READS:
        assert not may_read(role, unit, word, About(unit=unit)).allowed
    if role not in ROLES or word not in TELEMETRY:
        assert not may_report(role, unit, word, About(unit=unit)).allowed


def test_a_condition_that_nobody_wrote_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(decisions.VERBS, "plan.save", {"planner": "on_a_good_day"})
    denied = may_do("planner", "P1", "plan.save", About(unit="P1"))
    assert not denied.allowed
    assert denied.because.zh


def test_what_is_not_known_of_a_record_is_denied() -> None:
    for verb, row in VERBS.items():
        for role, condition in row.items():
            assert may_do(role, "P1", verb, About()).allowed == (condition == "always")


def test_a_field_officer_moves_only_the_own_unit() -> None:
    assert may_do("field_officer", "P1", "assignment.on_scene", About(unit="P1")).allowed
    assert not may_do("field_officer", "P1", "assignment.on_scene", About(unit="P2")).allowed
    assert not may_do("field_officer", None, "assignment.on_scene", About(unit=None)).allowed


@pytest.mark.parametrize(
    ("own", "of", "allowed"),
    [
        ("city/west", "city/west", True),
        ("city/west", "city/west/PS1", True),
        ("", "city/west", True),
        ("city/west", "city", False),
        ("city/west", "city/west-end", False),
        ("city/west", None, False),
        (None, "city/west", False),
        (None, "", False),
    ],
)
def test_an_organisation_is_a_condition_and_what_is_not_known_of_it_denies(
    monkeypatch: pytest.MonkeyPatch, own: str | None, of: str | None, allowed: bool
) -> None:
    monkeypatch.setitem(decisions.READS, "board", {"dispatcher": "own_org"})
    decision = may_read("dispatcher", None, "board", About(org=of), own)
    assert decision.allowed is allowed
    assert "of your organisation" in decision.because.en
    assert "您的单位" in decision.because.zh


def test_a_field_officer_writes_notes_only_where_the_own_unit_is() -> None:
    here = About(units_on_incident=frozenset({"P1"}))
    assert may_do("field_officer", "P1", "incident.add_note", here).allowed
    assert not may_do("field_officer", "P2", "incident.add_note", here).allowed


@pytest.mark.parametrize("channel", get_args(Channel))
def test_what_began_without_a_call_is_entered_by_the_desk(channel: str) -> None:
    about = About("P1", on_view=channel == "on_view", channel=channel)
    may = {role for role in ROLES if may_do(role, "P1", "incident.open", about).allowed}
    assert may == {"dispatcher", "supervisor"} | {
        "telephone": {"call_taker"},
        "on_view": {"call_taker", "field_officer"},
    }.get(channel, set())


def test_a_field_officer_opens_incidents_on_view_only() -> None:
    assert may_do("field_officer", "P1", "incident.open", About(unit="P1", on_view=True)).allowed
    assert not may_do("field_officer", "P1", "incident.open", About(unit="P1")).allowed


@given(st.sampled_from(sorted(VERBS)))
def test_an_auditor_changes_nothing(verb: str) -> None:
    facts = About(unit="P1", units_on_incident=frozenset({"P1"}), on_view=True)
    assert not may_do("auditor", "P1", verb, facts).allowed


@given(st.sampled_from(ROLES), st.sampled_from(sorted(READS)), st.booleans())
def test_the_reason_that_a_read_was_recorded_with_is_said_in_chinese_too(
    role: str, what: str, on_view: bool
) -> None:
    facts = About(unit="P1", units_on_incident=frozenset({"P1"}), on_view=on_view)
    decision = may_read(role, "P1", what, facts)
    if decision.allowed:
        assert in_both(decision.because.en) == decision.because


@pytest.mark.parametrize(
    "because",
    [
        "allowed for your role: dispatcher",
        "allowed because it is your unit",
        "allowed because your unit is on this incident",
        "allowed because your unit met it on view",
    ],
)
def test_a_reason_in_the_words_of_an_older_version_is_said_in_chinese_too(because: str) -> None:
    """The journal keeps what was written then."""
    said = in_both(because)
    assert said.zh.startswith("允许")
    assert said.en.startswith("allowed")


@given(st.sampled_from(ROLES), st.sampled_from(sorted(VERBS)))
def test_every_decision_says_why_in_both_languages(role: str, verb: str) -> None:
    because = may_do(role, None, verb, About()).because
    assert because.en
    assert because.zh
