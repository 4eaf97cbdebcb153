"""What a route answers where it doesn't answer what was asked for, and how answers are sent.

A route says what it answers by what it is annotated to return; `may_answer` adds the statuses that
not every route has. `openapi` describes both.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import UNSET, UnsetType
from ninja.renderers import BaseRenderer

from dutyroom.core.text import Text

JSON: Final = "application/json; charset=utf-8"


class SignedOutAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Nobody is signed in, the token or key is wrong or has ended, or the page speaks for another
    room or member."""

    error: Literal[
        "not_signed_in",
        "wrong_token",
        "key_expired",
        "key_revoked",
        "another_room",
        "another_member",
    ]
    message: Text | UnsetType = UNSET


class DeniedAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="denied"):
    """Policy doesn't allow it, and why."""

    because: Text
    message: Text | UnsetType = UNSET


class StaleTokenAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="csrf"):
    """The CSRF token is missing or stale: ask for the session again."""

    why: str


class WrongSignInAnswer(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="wrong_sign_in"
):
    """No such member, or another password."""


class NotFoundAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="not_found"):
    """There is no such record."""


class TooSlowAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="too_slow"):
    """The request took too long to arrive. Nothing was done."""

    message: Text


class RefusedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was changed: what stands in the way, and what to do next."""

    refusal: str
    params: Mapping[str, Any]
    message: Text
    remedy: Text


class TooLargeAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="too_large"):
    """The request is too large. Nothing was done."""

    message: Text


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a field of the request; the value isn't repeated."""

    field: str
    message: str
    message_zh: str


class InvalidAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="invalid"):
    """The request can't be understood."""

    fields: tuple[FieldProblem, ...]
    message: Text | UnsetType = UNSET


class TooManyTriesAnswer(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="too_many_tries"
):
    """Nothing was checked; the next try may come later."""

    retry_after_s: int


class TooManyRequestsAnswer(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="too_many_requests"
):
    """The API key has sent as many as it may, ``per_minute``. Nothing was done: send the same again
    after ``retry_after_s``."""

    retry_after_s: int
    per_minute: int
    message: Text


class FailedAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="failed"):
    """A fault of the server. Nothing was saved."""

    message: Text


class NotSavedAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="not_saved"):
    """The database can't be used now. Nothing was saved: send the same again."""

    message: Text


class BusyAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="error", tag="busy"):
    """Too many requests wait. Nothing was done: send the same again."""

    message: Text


OTHERWISE: Final[Mapping[int, Any]] = {
    401: SignedOutAnswer,
    403: DeniedAnswer | StaleTokenAnswer | WrongSignInAnswer,
    404: NotFoundAnswer,
    408: TooSlowAnswer,
    409: RefusedAnswer,
    413: TooLargeAnswer,
    422: InvalidAnswer,
    429: TooManyTriesAnswer | TooManyRequestsAnswer,
    500: FailedAnswer,
    503: NotSavedAnswer | BusyAnswer,
}
"""By status."""
ALWAYS: Final = (401, 403, 422, 429, 500, 503)
WITH_A_BODY: Final = (408, 413)


class Kept[T](HttpResponse):
    """JSON text of a ``T`` that is sent as it was kept, without being read and written again."""

    def __init__(self, text: str | bytes) -> None:
        super().__init__(text, content_type=JSON)


class Renderer(BaseRenderer):
    """Types as JSON."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return msgspec.json.encode(data)


def otherwise(status: int, body: msgspec.Struct) -> HttpResponse:
    """An answer of `OTHERWISE`."""
    return HttpResponse(msgspec.json.encode(body), content_type=JSON, status=status)


def may_answer[F: Callable[..., Any]](*statuses: int) -> Callable[[F], F]:
    """These of `OTHERWISE`, besides those that every route has."""

    def mark(view: F) -> F:
        view.statuses = statuses  # type: ignore[attr-defined]  # read by `openapi`
        return view

    return mark
