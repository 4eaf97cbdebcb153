"""What is kept of a session, and when a session gets a new id."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.test import Client
from tests.harness.rooms import TestRoom

pytestmark = pytest.mark.db
PASSWORD = "a-good-password"


def client() -> Client:
    return Client(headers={"host": "localhost"})


def sign_in(one: Client, name: str = "taker") -> str:
    """The session's id, as the cookie says it."""
    body = {"name": name, "password": PASSWORD}
    answer = one.post("/api/session", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return one.cookies[settings.SESSION_COOKIE_NAME].value


def with_id(id_: str) -> Client:
    other = client()
    other.cookies[settings.SESSION_COOKIE_NAME] = id_
    return other


def enrol(name: str, role: str = "call_taker", **said: object) -> None:
    from dutyroom.site.models import Member

    Member.objects.enrol(name, role, PASSWORD, **said)  # type: ignore[arg-type]


def test_a_copy_of_the_sessions_table_signs_nobody_in(room: TestRoom) -> None:
    from dutyroom.site.models import Session

    enrol("taker")
    id_ = sign_in(client())
    [kept] = Session.objects.values_list("session_key", flat=True)
    assert kept != id_
    assert with_id(id_).get("/api/board").status_code == 200
    assert with_id(kept).get("/api/board").status_code == 401


def test_the_session_has_a_new_id_after_each_sign_in(room: TestRoom) -> None:
    enrol("taker")
    one = client()
    first = sign_in(one)
    second = sign_in(one)
    assert first != second
    assert with_id(second).get("/api/board").status_code == 200
    assert with_id(first).get("/api/board").status_code == 401


@pytest.mark.parametrize("change", [{"role": "auditor"}, {"is_active": False}])
def test_what_a_member_may_do_changes_at_once(room: TestRoom, change: dict[str, object]) -> None:
    from dutyroom.site.models import Member

    enrol("taker")
    one = client()
    sign_in(one)
    assert one.get("/api/find", {"q": "1234"}).status_code == 200
    member = Member.objects.get(name="taker")
    for name, value in change.items():
        setattr(member, name, value)
    member.save()
    assert one.get("/api/find", {"q": "1234"}).status_code in (401, 403)


def after_the_first[**P, R](work: Callable[P, R], then: Callable[[], object]) -> Callable[P, R]:
    """The work; something else happens between its first end and whoever asked for it."""
    waiting = [then]

    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        found = work(*args, **kwargs)
        if waiting:
            waiting.pop()()
        return found

    return done


@pytest.fixture
def kept_for_a_minute(room: TestRoom, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a session; nothing is kept of it yet, and then for longer than a test takes."""
    from dutyroom.site import fresh

    enrol("taker")
    id_ = sign_in(client())
    fresh.forget()
    monkeypatch.setattr(fresh, "FRESH_S", 60.0)
    return id_


def test_a_session_that_ended_while_another_request_read_it_is_over(
    kept_for_a_minute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dutyroom.site import sessions

    id_ = kept_for_a_minute

    def sign_out() -> None:
        assert with_id(id_).delete("/api/session").status_code == 200

    decode = after_the_first(sessions.SessionStore.decode, sign_out)
    monkeypatch.setattr(sessions.SessionStore, "decode", lambda *given: decode(*given))
    assert with_id(id_).get("/api/board").status_code == 200, "it was good when it was read"
    assert with_id(id_).get("/api/board").status_code == 401


def test_a_member_who_changed_while_another_request_read_them_is_read_again(
    kept_for_a_minute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dutyroom.site.models import Member

    id_ = kept_for_a_minute

    def change_role() -> None:
        member = Member.objects.get(name="taker")
        member.role = "auditor"
        member.save()

    get_user = after_the_first(ModelBackend.get_user, change_role)
    monkeypatch.setattr(ModelBackend, "get_user", lambda *given: get_user(*given))
    assert with_id(id_).get("/api/session").json()["member"]["role"] == "call_taker"
    assert with_id(id_).get("/api/session").json()["member"]["role"] == "auditor"


def test_ending_a_members_sessions_leaves_the_others(room: TestRoom) -> None:
    from dutyroom.site.members import end_sessions
    from dutyroom.site.models import Member

    enrol("taker")
    enrol("other")
    mine, theirs = client(), client()
    sign_in(mine)
    sign_in(theirs, "other")
    end_sessions(Member.objects.get(name="taker"))
    assert mine.get("/api/board").status_code == 401
    assert theirs.get("/api/board").status_code == 200


def test_a_demo_member_works_in_no_room_but_a_demo(room: TestRoom) -> None:
    enrol("taker", demo=True)
    file = settings.HOME.folder / "room.json"
    described = {"name": "demo", "kind": "demo", "title": {"en": "Demo", "zh": "演示"}}
    file.write_text(json.dumps(described), encoding="utf-8")
    one = client()
    sign_in(one)
    assert one.get("/api/board").status_code == 200
    file.unlink()  # the same database, now served as a room where things are real
    from dutyroom.site import fresh

    fresh.forget()
    assert one.get("/api/board").status_code == 401
    body = {"name": "taker", "password": PASSWORD}
    answer = client().post("/api/session", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "wrong_sign_in")
