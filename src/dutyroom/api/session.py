"""Signing in and out, and what this session may do."""

from typing import Annotated, Any, Literal, get_args

import msgspec
from django.contrib.auth import SESSION_KEY, authenticate, get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api import devices
from dutyroom.api.answers import TooManyTriesAnswer, WrongSignInAnswer, otherwise
from dutyroom.api.asking import reader
from dutyroom.api.commands import Strict
from dutyroom.api.partner_keys import names_of_keys
from dutyroom.api.throttle import TooManyTries
from dutyroom.core.text import Text
from dutyroom.domain.incidents.commands import Channel, OpenIncident
from dutyroom.domain.kernel import About
from dutyroom.policy import START_PAGES, VERBS, may_do
from dutyroom.policy.roles import Role

router = Router(tags=["session"])


class SignIn(Strict):
    name: Annotated[str, Field(max_length=40)]
    password: Annotated[str, Field(max_length=200)]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in: ``start`` is the first page, ``verbs`` what the role may ever do,
    ``channels`` by which it may open an incident; ``org`` is the path of the organisation that they
    work for, empty for the whole room."""

    id: str
    name: Text
    role: Role
    unit: str | None
    org: str
    start: str
    verbs: tuple[str, ...]
    channels: tuple[Channel, ...]


class DemoLogin(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a demo, with the password that everybody may know; ``call_sign`` is that of
    the unit."""

    name: str
    role: Role
    password: str
    unit: str
    call_sign: Text | None


class RoomInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The room."""

    name: str
    title: Text
    kind: Literal["live", "play", "demo", "practice"]


class Colleague(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a member is called. ``works``: may sign in; who no longer may is still named in records,
    and can't be given anything."""

    en: str
    zh: str
    works: bool = True


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, the room, and the token that every change must carry."""

    signed_in: bool
    member: Member | None
    csrf: str
    server_time_ms: int
    room: RoomInfo
    demo_logins: tuple[DemoLogin, ...]


@router.get("/colleagues")
def colleagues(request: HttpRequest) -> dict[str, Colleague]:
    """What every member is called, by staff number: records name people by that; and partners' API
    keys."""
    reader(request, "colleagues")
    members: Any = get_user_model().objects.order_by("name")
    return {
        **{one.name: _colleague(one.shown, one.is_active) for one in members},
        **{name: _colleague(shown) for name, shown in names_of_keys().items()},
    }


def _colleague(shown: Text, works: bool = True) -> Colleague:
    return Colleague(en=shown.en, zh=shown.zh, works=works)


@router.get("/session")
def session(request: HttpRequest) -> Session:
    """Who is signed in, and the room."""
    return _session(request)


@router.post("/session")
def sign_in(request: HttpRequest, body: SignIn, response: HttpResponse) -> Session | HttpResponse:
    """Sign in with a staff number and a password."""
    try:
        member = authenticate(request, username=body.name, password=body.password)
    except TooManyTries as error:
        answer = otherwise(429, TooManyTriesAnswer(retry_after_s=error.wait_s))
        answer["Retry-After"] = str(error.wait_s)
        return answer
    if member is None:
        return otherwise(403, WrongSignInAnswer())
    if SESSION_KEY in request.session:  # else the same member would go on under the old id
        request.session.flush()
    login(request, member)
    devices.remember(request.COOKIES, response)
    return _session(request)


@router.delete("/session")
def sign_out(request: HttpRequest) -> Session:
    """Sign out."""
    logout(request)
    return _session(request)


def _session(request: HttpRequest) -> Session:
    member: Any = request.user
    return msgspec.convert(
        {
            "signed_in": member.is_authenticated,
            "member": _member(member) if member.is_authenticated else None,
            "csrf": get_token(request),
            "server_time_ms": now_ms(),
            **runtime.room().describe(),
        },
        Session,
    )


def _member(member: Any) -> Member:
    return Member(
        id=member.name,
        name=member.shown,
        role=member.role,
        unit=member.unit or None,
        org=member.org,
        start=START_PAGES[member.role],
        verbs=tuple(sorted(verb for verb, roles in VERBS.items() if member.role in roles)),
        channels=tuple(one for one in get_args(Channel) if _may_open(member, one)),
    )


def _may_open(member: Any, channel: str) -> bool:
    about = About(member.unit or None, on_view=channel == "on_view", channel=channel)
    return may_do(member.role, member.unit or None, OpenIncident.VERB, about).allowed
