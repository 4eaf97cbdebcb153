"""Between the server and the views: gateways' tokens, who a page thinks it is, CSRF without
exceptions, and nothing kept."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    JsonResponse,
)
from django.middleware.csrf import CsrfViewMiddleware

from dutyroom.site.bearers import bearer

AS: Final = "X-Dutyroom-As"
"""`ROOM/MEMBER` as the page believes; the member is percent-encoded, or empty before a sign-in."""


class ApiAnswers:
    """Nothing of the API is kept by browsers or proxies, unless a view says so; no address names
    a file or a record by a text that can be neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            return JsonResponse({"error": "not_found"}, status=404)
        response = self._get_response(request)
        if request.path_info.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class BearerTokens:
    """Sets ``request.user`` from a bearer token: a gateway's, or a partner's API key. Such requests
    carry no cookie, so no CSRF."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        authorization = request.headers.get("authorization")
        if authorization is not None:
            found = bearer(request, authorization)
            if isinstance(found, HttpResponse):
                return found
            request.user = found  # type: ignore[assignment]  # a key's holder is no member
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # Django's switch
        return self._get_response(request)


class AsWhoItSays:
    """Refuses a request of a page that is in another room, or of another member, than its session.

    Pages of one browser share its cookies, and outlive a sign-in in another window: what one member
    pressed must never be done in the name of the next, nor in the room that has the address now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.headers.get(AS)
        if said is not None:
            room, _, member = said.partition("/")
            if room != settings.ROOM_ID:
                return JsonResponse({"error": "another_room"}, status=401)
            user: Any = request.user
            if member and user.is_authenticated and unquote(member) != user.name:
                return JsonResponse({"error": "another_member"}, status=401)
        return self._get_response(request)


class StrictCsrf(CsrfViewMiddleware):
    """CSRF protection for every view: none can exempt itself (the API's framework would)."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., Any],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        def view(*args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase = callback(*args, **kwargs)
            return response

        return super().process_view(request, view, callback_args, callback_kwargs)
