"""Who is asking: the member behind a session cookie or a gateway's token."""

import hashlib
import secrets
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from dutyroom.site.models import Member


def member_of_session(cookie_header: str) -> Member | None:
    """The active member of a session cookie, for the stream that Django does not serve."""
    try:
        cookies = SimpleCookie(cookie_header)
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    request = HttpRequest()
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(morsel.value)
    user = get_user(request)
    return user if isinstance(user, Member) and user.is_active else None


def member_of_token(authorization: str) -> Member | None:
    """The gateway whose bearer token this is."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    return Member.objects.filter(token_hash=_hash(token), is_active=True).first()


def new_token(member: Member) -> str:
    """Give a gateway a fresh token; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    member.token_hash = _hash(token)
    member.save(update_fields=["token_hash"])
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
