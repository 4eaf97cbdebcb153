"""Who is asking: the member behind a session cookie or a gateway's token."""

import hashlib
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.contrib.auth import get_user
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from dutyroom.site.fresh import changed
from dutyroom.site.models import Member, Session
from dutyroom.site.sessions import SessionStore, hashed


def member_of_session(cookie_header: str) -> tuple[Member, str] | None:
    """The active member of a session cookie and the session's hash, for the stream that Django
    does not serve."""
    try:
        cookies = SimpleCookie(cookie_header)
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    request = HttpRequest()
    store = SessionStore(morsel.value)
    request.session = store
    user = get_user(request)
    if not isinstance(user, Member) or store.session_key is None:
        return None
    return user, hashed(store.session_key)


def end_sessions(member: Member) -> None:
    """Sign a member out everywhere: within two seconds no process answers their pages or feeds
    their streams. To be called after they were disabled or given another role, too. A gateway's
    token is no session: it ends with ``is_active`` or a new token."""
    with transaction.atomic():
        Session.objects.filter(member=member).delete()
        changed()


def member_of_token(authorization: str) -> Member | None:
    """The gateway whose bearer token this is."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    return Member.objects.filter(token_hash=_hash(token), is_active=True).first()


class Finder:
    """Members as the door asks for them."""

    def active(self, roles: Collection[str]) -> tuple[str, ...]:
        """The names of the active members with one of these roles."""
        found = Member.objects.filter(is_active=True, role__in=sorted(roles))
        return tuple(found.order_by("name").values_list("name", flat=True))

    def signed_in(self, roles: Collection[str], skill: str) -> tuple[tuple[str, str, str], ...]:
        """Those of them who have a session that is still good and the skill, "" for any; each with
        their role and organisation."""
        sessions = Session.objects.filter(expire_date__gt=timezone.now())
        found = Member.objects.filter(
            is_active=True, role__in=sorted(roles), pk__in=sessions.values("member")
        )
        rows = found.order_by("name").values_list("name", "role", "org", "skills")
        return tuple(
            (name, role, org)
            for name, role, org, skills in rows
            if not skill or skill in (skills or "").split()
        )

    def working(self, roles: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Those who may sign in, each with their organisation."""
        found = Member.objects.filter(is_active=True, role__in=sorted(roles))
        return tuple(found.order_by("name").values_list("name", "org"))

    def org_of(self, name: str, roles: Collection[str]) -> str | None:
        """The organisation of an active member with one of these roles; None for nobody."""
        found = Member.objects.filter(name=name, is_active=True, role__in=sorted(roles))
        return found.values_list("org", flat=True).first()


def new_token(member: Member) -> str:
    """Give a gateway a fresh token; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    member.token_hash = _hash(token)
    member.save(update_fields=["token_hash"])
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
