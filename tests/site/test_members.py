"""Members on the command line: what changes is said, and nothing changes in silence."""

import json
import shutil
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings
from tests.harness.passwords import Quick
from tests.harness.terminal import PASSWORD

from dutyroom.cli.main import main
from dutyroom.core.text import Text
from dutyroom.site import staff
from dutyroom.site.cannot import Cannot
from dutyroom.site.models import Member, Session

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


def member(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["member", *arguments], input=typed)


def refused(*arguments: str) -> str:
    done = member(*arguments)
    assert done.exit_code != 0, done.output
    assert isinstance(done.exception, SystemExit), done.exception
    return done.output


def add(name: str, role: str, *more: str) -> None:
    done = member("add", name, role, "--password", PASSWORD, *more)
    assert done.exit_code == 0, done.output


def test_adding_a_name_that_is_there_changes_nothing_and_names_the_commands(
    empty_home: Path,
) -> None:
    add("1017", "dispatcher")
    said = refused("add", "1017", "supervisor", "--password", PASSWORD)
    assert "as dispatcher" in said
    assert "dutyroom member role 1017 ROLE" in said
    assert Member.objects.get(name="1017").role == "dispatcher"


def test_a_taken_name_is_refused_before_a_password_is_asked_for(empty_home: Path) -> None:
    add("1017", "dispatcher")
    assert "Password" not in refused("add", "1017", "supervisor")


@pytest.mark.each_commit
@pytest.mark.parametrize("moment", ["as the password is typed", "as the member is written"])
def test_a_member_whom_somebody_else_adds_meanwhile_stays_as_added(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def type_it(_too_weak: str | None) -> str:
        if moment == "as the password is typed":
            add("1017", "dispatcher")
        return "another-password"

    def set_password(member: Member, raw: str | None) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(Member, "set_password", before)
            if moment == "as the member is written" and raw == "another-password":
                add("1017", "dispatcher")
            member.set_password(raw)

    before = Member.set_password
    monkeypatch.setattr(Member, "set_password", set_password)
    with pytest.raises(Cannot, match="as dispatcher"):
        staff.add("1017", "supervisor", "", "", "", None, type_it)
    member = Member.objects.get(name="1017")
    assert member.role == "dispatcher"
    assert member.check_password(PASSWORD)


def test_a_change_of_role_says_what_was_and_what_is(empty_home: Path) -> None:
    add("1017", "dispatcher")
    said = member("role", "1017", "field_officer", "--unit", "P1").output
    assert said == (
        "1017 is field_officer of P1 now, no longer dispatcher, and has to sign in again\n"
    )
    assert "nothing changed" in member("role", "1017", "field_officer", "--unit", "P1").output
    assert "no longer field_officer of P1" in member("role", "1017", "auditor").output
    assert Member.objects.get(name="1017").unit == ""


@pytest.mark.parametrize("command", ["add", "role"])
def test_an_unknown_role_is_refused_with_the_list(empty_home: Path, command: str) -> None:
    add("1017", "dispatcher")
    said = refused(command, "1018" if command == "add" else "1017", "boss")
    assert "'call_taker'" in said
    assert "'planner'" in said


def test_a_gateway_has_a_token_and_no_password(empty_home: Path) -> None:
    assert "gateway" in refused("add", "phone", "gateway", "--password", PASSWORD)
    assert len(member("token", "phone").output.strip()) > 30
    for command in (["role", "phone", "dispatcher"], ["password", "phone"], ["sign-out", "phone"]):
        assert "dutyroom member token phone" in refused(*command)
    add("1017", "dispatcher")
    assert "1017 is dispatcher, no gateway" in refused("token", "1017")
    assert member("disable", "phone").exit_code == 0
    assert "dutyroom member enable phone" in refused("token", "phone")


def test_an_officer_has_a_unit_of_the_pack_in_force(empty_home: Path, city: Path) -> None:
    from dutyroom.actions.adopting import adopt

    assert "needs --unit" in refused("add", "7", "field_officer", "--password", PASSWORD)
    assert "at most 20" in refused("add", "7", "field_officer", "--unit", "x" * 21)
    add("7", "field_officer", "--unit", "any: no pack yet")
    adopt(city)
    said = refused("add", "8", "field_officer", "--unit", "Z9", "--password", PASSWORD)
    assert "no unit 'Z9'; it has P1" in said
    assert "no unit 'p1'" in refused("role", "7", "field_officer", "--unit", "p1")
    add("8", "field_officer", "--unit", "P1")
    assert "--unit is for" in refused("role", "8", "dispatcher", "--unit", "P1")


def test_a_member_is_of_an_organisation_of_the_pack_in_force(empty_home: Path, city: Path) -> None:
    from dutyroom.actions.adopting import adopt

    assert "no city pack" in refused("add", "7", "auditor", "--org", "PS01")
    adopt(city)
    said = refused("add", "7", "auditor", "--org", "moon", "--password", PASSWORD)
    assert "no organisation 'moon'; it has lanchuan, " in said
    add("7", "field_officer", "--unit", "P1", "--org", "PS01")
    path = Member.objects.get(name="7").org
    assert path.startswith("lanchuan/")
    assert path.endswith("/PS01")
    assert path in member("list").output
    add("8", "dispatcher")
    assert Member.objects.get(name="8").org == ""


def test_a_change_of_organisation_says_what_was_and_what_is(empty_home: Path, city: Path) -> None:
    from dutyroom.actions.adopting import adopt

    adopt(city)
    add("7", "dispatcher")
    assert member("org", "7", "lanchuan").output == (
        "7 is of lanchuan now, no longer of the whole room, and has to sign in again\n"
    )
    assert "nothing changed" in member("org", "7", "lanchuan").output
    assert "7 is of the whole room now, no longer of lanchuan" in member("org", "7").output
    assert "no organisation 'moon'" in refused("org", "7", "moon")


def test_a_gateway_is_of_an_organisation_and_keeps_its_token(empty_home: Path, city: Path) -> None:
    from dutyroom.actions.adopting import adopt

    adopt(city)
    assert "no organisation 'moon'" in refused("token", "phone", "--org", "moon")
    assert not Member.objects.exists()
    assert len(member("token", "phone", "--org", "PS01").output.strip()) > 30
    phone = Member.objects.get(name="phone")
    assert phone.org.endswith("/PS01")
    assert member("org", "phone", "lanchuan").output == (
        f"phone is of lanchuan now, no longer of {phone.org}\n"
    )
    assert "nothing changed" in member("org", "phone", "lanchuan").output
    moved = Member.objects.get(name="phone")
    assert (moved.org, moved.token_hash) == ("lanchuan", phone.token_hash)
    assert (
        member("org", "phone").output == "phone is of the whole room now, no longer of lanchuan\n"
    )


def test_another_token_leaves_a_gateway_its_organisation_unless_it_names_one(
    empty_home: Path, city: Path
) -> None:
    from dutyroom.actions.adopting import adopt

    def token(*more: str) -> str | None:
        assert len(member("token", "phone", *more).output.strip()) > 30
        return Member.objects.get(name="phone").token_hash

    adopt(city)
    seen = {token(), token("--org", "lanchuan"), token()}
    assert len(seen) == 3
    assert Member.objects.get(name="phone").org == "lanchuan"
    assert "no organisation 'moon'" in refused("token", "phone", "--org", "moon")
    assert Member.objects.get(name="phone").token_hash in seen
    token("--org", "PS01")
    assert Member.objects.get(name="phone").org.endswith("/PS01")


def test_whose_organisation_a_new_pack_does_not_have_is_told_when_it_is_adopted(
    empty_home: Path, city: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(city, other)
    rows = (city / "org.csv").read_text("utf-8").splitlines(keepends=True)
    (other / "org.csv").write_text("".join(r for r in rows if "partner" not in r), "utf-8")
    (other / "agreements.json").unlink()
    for folder in (city, other):
        done = CliRunner().invoke(main, ["pack", "adopt", str(folder)])
        assert done.exit_code == 0, done.output
        if folder == city:
            add("7", "dispatcher", "--org", "water")
            add("8", "dispatcher", "--org", "PS01")
    assert "7 is of lanchuan/water, which this pack doesn't have" in done.output
    assert "dutyroom member org 7 ORG" in done.output
    assert "8 is of" not in done.output


@pytest.mark.parametrize("name", ["", " ", "a b", "x" * 41, "a\nb", "operator", "\u202e1017"])
def test_what_cannot_be_a_staff_number_is_refused(empty_home: Path, name: str) -> None:
    assert "can't be a staff number" in refused("add", name, "auditor", "--password", PASSWORD)
    assert "can't be a staff number" in refused("token", name)


@pytest.mark.each_commit
def test_a_name_that_only_differs_in_case_or_width_from_another_is_refused(
    empty_home: Path,
) -> None:
    add("chen", "dispatcher")
    for command in (["add", "Chen", "auditor", "--password", PASSWORD], ["token", "CHEN"]):
        assert "looks like chen" in refused(*command)
    for name in ("ｃｈｅｎ", "１０１７", "１０１７号"):
        assert "choose" in refused("add", name, "auditor", "--password", PASSWORD)


@pytest.mark.each_commit
def test_staff_numbers_and_titles_are_of_any_script(empty_home: Path) -> None:
    add("林清-1017", "auditor", "--title", "Lin Qing 林清")
    add("x" * 40, "planner", "--title", "清" * 80)
    assert "at most 80" in refused("title", "林清-1017", "清" * 81)
    assert "on one line" in refused("title", "林清-1017", "a\nb")
    assert "is shown as 林" in member("title", "林清-1017", "林").output


def test_a_title_may_have_a_half_for_each_language(empty_home: Path) -> None:
    add("1017", "dispatcher", "--title", "Lin Qing / 林清")
    assert Member.objects.get(name="1017").shown == Text("Lin Qing", "林清")
    assert "Lin Qing / 林清" in member("list").output
    assert "is shown as Lin Qing / 林清清" in member("title", "1017", "林清清／Lin Qing").output
    for said in ("Night / Day", "林 / 清", "Lin Qing 林清", "/ 林清", "a / 林 / c"):
        assert f"is shown as {said}\n" in member("title", "1017", said).output
    assert Member.objects.get(name="1017").shown == Text("a / 林 / c", "a / 林 / c")
    long = f"{'x' * 80} / {'清' * 80}"
    assert f"is shown as {long}" in member("title", "1017", long).output


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("nine char", "too short"),
        ("x" * 201, "too long"),
        ("ababababab", "repeats few characters"),
        ("13800138000", "a number"),
        ("my name is 1017", "the staff number 1017"),
        ("Password123", "one of the most used"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    empty_home: Path, password: str, why: str
) -> None:
    assert why in refused("add", "1017", "dispatcher", "--password", password)
    assert not Member.objects.exists()


def test_a_weak_password_that_was_typed_is_asked_for_again(empty_home: Path) -> None:
    done = member("add", "1017", "dispatcher", typed=f"weak\nweak\n{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert "too short" in done.output
    assert Member.objects.get(name="1017").check_password(PASSWORD)


def test_a_new_password_counts_and_the_old_one_no_longer(empty_home: Path) -> None:
    add("1017", "dispatcher")
    assert member("password", "1017", "--password", "other words are fine").exit_code == 0
    found = Member.objects.get(name="1017")
    assert found.check_password("other words are fine")
    assert not found.check_password(PASSWORD)


def test_the_list_names_everybody_and_who_is_disabled(empty_home: Path) -> None:
    assert "no members yet" in member("list").output
    add("1017", "dispatcher", "--title", "陈海")
    add("7", "field_officer", "--unit", "P1")
    assert "is disabled: signed out" in member("disable", "1017").output
    assert "nothing changed" in member("disable", "1017").output
    lines = [line.split() for line in member("list").output.splitlines()]
    assert lines == [
        ["name", "role", "unit", "org", "state", "title"],
        ["1017", "dispatcher", "disabled", "陈海"],
        ["7", "field_officer", "P1", "active", "7"],
    ]
    assert json.loads(member("list", "--json").output)[0] == {
        "name": "1017", "role": "dispatcher", "unit": None, "org": None, "state": "disabled",
        "title": "陈海",
    }  # fmt: skip
    assert member("enable", "1017").output == "1017 is enabled\n"


@pytest.mark.each_commit
def test_who_is_disabled_signed_out_or_changed_is_in_no_session_any_more(
    empty_home: Path, city: Path
) -> None:
    from django.test import Client

    from dutyroom.actions.adopting import adopt

    def sign_in(name: str) -> None:
        body = json.dumps({"name": name, "password": PASSWORD})
        client = Client(headers={"host": "localhost"})
        answer = client.post("/api/session", body, content_type="application/json")
        assert answer.json()["signed_in"], answer.content

    adopt(city)
    add("1017", "dispatcher")
    add("1018", "dispatcher")
    changes = (
        ["sign-out"],
        ["role", "auditor"],
        ["org", "PS01"],
        ["password", "--password", "other words"],
    )
    sign_in("1018")
    for what, *more in changes:
        sign_in("1017")
        assert Session.objects.count() == 2
        assert member(what, "1017", *more).exit_code == 0
        assert Session.objects.count() == 1, what
    assert member("password", "1017", "--password", PASSWORD).exit_code == 0
    sign_in("1017")
    assert member("disable", "1017").exit_code == 0
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "command", ["role", "org", "password", "title", "disable", "enable", "sign-out"]
)
def test_a_member_that_is_not_there_is_named_with_the_list(empty_home: Path, command: str) -> None:
    add("1017", "dispatcher")
    more = {"role": ["auditor"], "title": ["x"]}.get(command, [])
    assert "no member '1071': see dutyroom member list" in refused(command, "1071", *more)


class Counting(Quick):
    """Notes each password that is hashed."""

    worked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.worked.append(password)
        return super().encode(password, salt)


def test_enrolling_somebody_new_hashes_one_password(empty_home: Path) -> None:
    """Who opens a demo or a practice waits for each."""
    Counting.worked.clear()
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.{Counting.__name__}"]):
        enrolled = Member.objects.enrol("1017", "dispatcher", PASSWORD)
        assert Counting.worked == [PASSWORD]
        assert enrolled.check_password(PASSWORD)
        Member.objects.enrol("1017", "dispatcher", "another-password")
        assert Member.objects.get(name="1017").check_password("another-password")
