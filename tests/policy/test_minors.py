"""Who reads what concerns a minor: never more than without the mark, and fewer."""

import pytest

from dutyroom.domain.kernel import About
from dutyroom.policy import OF_MINORS, READS, ROLES, in_both, may_read

pytestmark = pytest.mark.unit
HERE = "city/north"


def readers(what: str, *, minor: bool, own: bool) -> set[str]:
    about = About(unit="P1", org=HERE, minor=minor, own=own)
    return {role for role in ROLES if may_read(role, "P1", what, about, HERE).allowed}


@pytest.mark.parametrize("what", sorted(READS))
def test_the_mark_lets_nobody_read_more(what: str) -> None:
    for own in (True, False):
        assert readers(what, minor=True, own=own) <= readers(what, minor=False, own=own)


DESK = {"dispatcher", "supervisor"}


@pytest.mark.parametrize(
    ("what", "own", "who"),
    [
        ("incident", False, DESK),
        ("incident", True, DESK | {"call_taker"}),
        ("call", False, DESK),
        ("call", True, DESK | {"call_taker"}),
        ("places", True, DESK),
        ("duplicates", True, DESK),
        ("task", False, DESK | {"station_command"}),
        ("task", True, DESK | {"station_command", "station_officer"}),
        ("matter", False, DESK | {"station_command"}),
        ("matter", True, DESK | {"station_command", "station_officer"}),
        ("attachments", False, DESK | {"station_command"}),
        ("attachments", True, DESK | {"station_command", "station_officer"}),
        ("field", False, {"field_officer"}),
        ("referral", False, DESK),
        ("referral", True, DESK | {"partner"}),
    ],
)
def test_fewer_read_it_with_the_mark(what: str, own: bool, who: set[str]) -> None:
    assert readers(what, minor=True, own=own) == who


def test_another_unit_and_another_organisation_read_nothing() -> None:
    for what in OF_MINORS:
        other = About(unit="P2", org="city/south", minor=True, own=False)
        for role in ("field_officer", "station_command", "station_officer"):
            assert not may_read(role, "P1", what, other, HERE).allowed


def test_what_no_row_names_is_for_the_desk_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from dutyroom.policy import decisions

    monkeypatch.setitem(decisions.READS, "new", dict.fromkeys(ROLES, "always"))
    assert readers("new", minor=True, own=True) == DESK


def test_the_reason_says_so_in_both_languages() -> None:
    allowed = may_read("dispatcher", None, "incident", About(minor=True), "")
    assert allowed.because.en.endswith("; it concerns a minor")
    assert in_both(allowed.because.en) == allowed.because
    denied = may_read("call_taker", None, "incident", About(minor=True), "")
    assert "minor" in denied.because.en
    assert "未成年人" in denied.because.zh
