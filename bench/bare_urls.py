"""One INSERT per request, committed, and nothing else: the limit of this server on this disk."""

import json

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from dutyroom.site.urls import urlpatterns as product


def insert(request: HttpRequest) -> JsonResponse:
    """Keep the body under its action's id."""
    action = json.loads(request.body)["action"]
    if not request.user.is_authenticated:
        return JsonResponse({"error": "not_signed_in"}, status=401)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (id, body) VALUES (%s, %s)", [action, request.body])
    return JsonResponse({"action": action})


urlpatterns = [path("bench/insert", insert), *product]
