"""Signing in and out, and what this session may do."""

from dataclasses import asdict
from typing import Annotated, Any

from django.contrib.auth import SESSION_KEY, authenticate, get_user_model, login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from ninja import Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api import devices
from dutyroom.api.asking import reader
from dutyroom.api.commands import Strict
from dutyroom.api.throttle import TooManyTries
from dutyroom.policy import START_PAGES, VERBS

router = Router(tags=["session"])


class SignIn(Strict):
    name: Annotated[str, Field(max_length=40)]
    password: Annotated[str, Field(max_length=200)]


class Words(Strict):
    en: str
    zh: str


class Member(Strict):
    id: str
    name: Words
    role: str
    unit: str | None
    start: str
    verbs: list[str]


class DemoLogin(Strict):
    name: str
    role: str
    password: str
    unit: str
    call_sign: Words | None


class RoomInfo(Strict):
    name: str
    title: Words
    kind: str


class Session(Strict):
    signed_in: bool
    member: Member | None
    demo_logins: list[DemoLogin]
    csrf: str
    server_time_ms: int
    room: RoomInfo


@router.get("/colleagues", response=dict[str, Words])
def colleagues(request: HttpRequest) -> dict[str, Any]:
    """What every member is called, by staff number: records name people by that."""
    reader(request, "colleagues")
    members: Any = get_user_model().objects.order_by("name")
    return {one.name: asdict(one.shown) for one in members}


@router.get("/session", response=Session)
def session(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and the room."""
    return _session(request)


@router.post("/session", response=Session)
def sign_in(
    request: HttpRequest, body: SignIn, response: HttpResponse
) -> dict[str, Any] | HttpResponse:
    """Sign in with a staff number and a password."""
    try:
        member = authenticate(request, username=body.name, password=body.password)
    except TooManyTries as error:
        answer = JsonResponse(
            {"error": "too_many_tries", "retry_after_s": error.wait_s}, status=429
        )
        answer["Retry-After"] = str(error.wait_s)
        return answer
    if member is None:
        return JsonResponse({"error": "wrong_sign_in"}, status=403)
    if SESSION_KEY in request.session:  # else the same member would go on under the old id
        request.session.flush()
    login(request, member)
    devices.remember(request.COOKIES, response)
    return _session(request)


@router.delete("/session", response=Session)
def sign_out(request: HttpRequest) -> dict[str, Any]:
    """Sign out."""
    logout(request)
    return _session(request)


def _session(request: HttpRequest) -> dict[str, Any]:
    room = runtime.room()
    member: Any = request.user
    return {
        "signed_in": member.is_authenticated,
        "member": _member(member) if member.is_authenticated else None,
        "csrf": get_token(request),
        "server_time_ms": now_ms(),
        **room.describe(),
    }


def _member(member: Any) -> dict[str, Any]:
    return {
        "id": member.name,
        "name": asdict(member.shown),
        "role": member.role,
        "unit": member.unit or None,
        "start": START_PAGES[member.role],
        "verbs": sorted(verb for verb, roles in VERBS.items() if member.role in roles),
    }
