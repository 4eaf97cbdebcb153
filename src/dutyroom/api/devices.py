"""Devices that have signed in before: a signed cookie with a random number, and nothing else."""

import secrets
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

KNOWN_FOR_S: Final = 180 * 86_400
_SALT: Final = "dutyroom.device"


def cookie_name() -> str:
    """Each room has its own."""
    return f"{settings.SESSION_COOKIE_NAME}-device"


def device_of(cookies: Mapping[str, str]) -> str | None:
    """The device that these cookies name, if we signed them."""
    try:
        return str(signing.loads(cookies[cookie_name()], salt=_SALT, max_age=KNOWN_FOR_S))
    except (KeyError, signing.BadSignature):
        return None


def remember(cookies: Mapping[str, str], response: HttpResponse) -> None:
    """Somebody has just signed in on this device."""
    device = device_of(cookies) or secrets.token_urlsafe(16)
    response.set_cookie(
        cookie_name(),
        signing.dumps(device, salt=_SALT),
        max_age=KNOWN_FOR_S,
        path="/api/session",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
