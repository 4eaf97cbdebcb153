"""The console's page, and errors as JSON that say what to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


@require_safe
@ensure_csrf_cookie
def console(_request: HttpRequest) -> HttpResponse:
    """The one page of the console; it finds its view by the address."""
    page = settings.CONSOLE / "index.html"
    if not page.is_file():
        text = "The console has not been built. Run: make console\n"
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(page.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def not_found(_request: HttpRequest, exception: Exception) -> JsonResponse:
    """Nothing under this address."""
    return JsonResponse({"error": "not_found"}, status=404)


def failed(_request: HttpRequest) -> JsonResponse:
    """Our fault: it is in the server's log."""
    message = {
        "en": "The server failed. Nothing was saved; try again, and tell your supervisor.",
        "zh": "服务器出错，未保存任何内容。请重试并报告值班长。",
    }
    return JsonResponse({"error": "failed", "message": message}, status=500)


def csrf_failure(_request: HttpRequest, reason: str = "") -> JsonResponse:
    """The CSRF token is missing or stale: the console fetches a new session and tries again."""
    return JsonResponse({"error": "csrf", "why": reason}, status=403)
