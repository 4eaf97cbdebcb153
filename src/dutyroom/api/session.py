"""Signing in and out, and what this session may do."""

from typing import Annotated, Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from ninja import Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.commands import Strict
from dutyroom.api.throttle import SignInThrottle
from dutyroom.policy import START_PAGES, VERBS

router = Router(tags=["session"])
_throttle = SignInThrottle()


class SignIn(Strict):
    name: Annotated[str, Field(max_length=40)]
    password: Annotated[str, Field(max_length=200)]


class Member(Strict):
    id: str
    name: str
    role: str
    unit: str | None
    start: str
    verbs: list[str]


class DemoLogin(Strict):
    name: str
    role: str
    password: str
    unit: str


class Words(Strict):
    en: str
    zh: str


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


@router.get("/session", response=Session)
def session(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and the room."""
    return _session(request)


@router.post("/session", response=Session)
def sign_in(request: HttpRequest, body: SignIn) -> dict[str, Any] | HttpResponse:
    """Sign in with a staff number and a password."""
    wait_s = _throttle.wait_s(body.name, now_ms())
    if wait_s > 0:
        answer = JsonResponse({"error": "too_many_tries", "retry_after_s": wait_s}, status=429)
        answer["Retry-After"] = str(wait_s)
        return answer
    member = authenticate(request, username=body.name, password=body.password)
    if member is None:
        _throttle.failed(body.name, now_ms())
        return JsonResponse({"error": "wrong_sign_in"}, status=403)
    _throttle.succeeded(body.name)
    login(request, member)
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
        "name": member.title,
        "role": member.role,
        "unit": member.unit or None,
        "start": START_PAGES[member.role],
        "verbs": sorted(verb for verb, roles in VERBS.items() if member.role in roles),
    }
