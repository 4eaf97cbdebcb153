"""The console's page and its service worker, and errors as JSON that say what to do."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from dutyroom.api import router
from dutyroom.api.router import no_database

PLACEHOLDER: Final = b"DUTYROOM_ROOM_ID"
"""Stands in the built page and the built service worker for the room's id."""

NO_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<title>404</title>
<style>
  body { display: grid; place-content: center; min-height: 90vh; margin: 0 24px;
    font: 16px/1.6 system-ui, sans-serif; }
</style>
<p>There is no page under this address. <a href="/">Go to the room</a></p>
<p lang="zh-CN">没有此页面。<a href="/">返回指挥调度台</a></p>
</html>
"""


@require_safe
@ensure_csrf_cookie
def console(_request: HttpRequest) -> HttpResponse:
    """The one page of the console; it finds its view by the address."""
    page = settings.CONSOLE / "index.html"
    if not page.is_file():
        text = (
            "The console has not been built. Run: make console\n"
            "控制台尚未构建。请运行：make console\n"
        )
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    return _of_this_room(page, "text/html; charset=utf-8")


@require_safe
def offline_worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, at the root: it may only look after addresses below its own."""
    script = settings.CONSOLE / "offline.js"
    if not script.is_file():
        return HttpResponse(status=404)
    return _of_this_room(script, "text/javascript; charset=utf-8")


def _of_this_room(file: Path, content_type: str) -> HttpResponse:
    """A file of the build in which the room's id is filled in; asked for anew each time."""
    body = file.read_bytes().replace(PLACEHOLDER, settings.ROOM_ID.encode())
    response = HttpResponse(body, content_type=content_type)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The API's description, made once."""
    return HttpResponse(description(), content_type="application/json")


@cache
def description() -> bytes:
    """OpenAPI, as JSON."""
    return json.dumps(router.description(), default=str).encode()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing under this address: said to people on a page, to programs as JSON."""
    if request.path_info.startswith("/api/") or "text/html" not in request.headers.get(
        "Accept", ""
    ):
        return JsonResponse({"error": "not_found"}, status=404)
    return HttpResponse(NO_PAGE, status=404, content_type="text/html; charset=utf-8")


def failed(request: HttpRequest) -> HttpResponse:
    """The database can't be reached, also where a session or a member is looked up; else it is our
    fault, and in the server's log."""
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        return no_database(request, error)
    message = {
        "en": "The server failed. Nothing was saved; try again, and inform your supervisor.",
        "zh": "服务器出错，未保存任何内容。请重试并报告值班长。",
    }
    return JsonResponse({"error": "failed", "message": message}, status=500)


def csrf_failure(_request: HttpRequest, reason: str = "") -> JsonResponse:
    """The CSRF token is missing or stale: the console fetches a new session and tries again."""
    return JsonResponse({"error": "csrf", "why": reason}, status=403)
