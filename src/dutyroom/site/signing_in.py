"""Who may sign in: tries are counted before a password is hashed, and two are hashed at once.

Each pair of account and address has an allowance, and each address one for all accounts. A device
that has signed in before has an allowance of its own for each account, so that a stranger who
tries at the same address can't keep the owner out. All processes count together, in the database;
what is kept there is a hash, for minutes.
"""

import hashlib
import hmac
import ipaddress
import json
import threading
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from dutyroom.actions.clock import now_ms
from dutyroom.api.devices import device_of
from dutyroom.api.throttle import TooManyTries
from dutyroom.site import fresh, sessions
from dutyroom.site.models import Member, SignInTry

FREE_TRIES: Final = 5
ADDRESS_TRIES: Final = 50
FORGET_MS: Final = 300_000
LONGEST_WAIT_S: Final = 30
HASHES_AT_ONCE: Final = 2
"""Argon2 takes 100 MB for each."""

_hashing = threading.BoundedSemaphore(HASHES_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many tries somebody has within `FORGET_MS` before each further one has to wait."""

    key: str
    free: int


class MemberBackend(ModelBackend):
    """Signs members in by name and password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Member | None:
        """None for a wrong name or password. Raises `TooManyTries`."""
        assert request is not None
        assert username is not None
        allowances = allowances_of(request, username)
        wait_s = take(allowances, now_ms())
        if wait_s > 0:
            raise TooManyTries(wait_s)
        with _hashing:
            member = super().authenticate(request, username, password, **kwargs)
        if not isinstance(member, Member):
            return None
        give_back(allowances, now_ms())
        return member

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and where the password is public only in a room where nothing is real."""
        return super().user_can_authenticate(user) and (not user.demo or room_is_a_demo())

    def get_user(self, user_id: Any) -> Any:
        return fresh.members.get(str(user_id), partial(super().get_user, int(user_id)))


def room_is_a_demo() -> bool:
    """Whether this room was made by `play`, `demo` or `practice`."""
    file = settings.HOME.folder / "room.json"
    if not file.is_file():
        return False
    kind = json.loads(file.read_text(encoding="utf-8")).get("kind", "live")
    return bool(kind != "live")


def allowances_of(request: HttpRequest, name: str) -> list[Allowance]:
    """What this try counts against: a known device's own, else the pair's and the address's."""
    device = device_of(request.COOKIES)
    if device is not None:
        return [Allowance(_key("device", device, name), FREE_TRIES)]
    address = _network(request.META.get("REMOTE_ADDR", ""))
    return [
        Allowance(_key("pair", address, name), FREE_TRIES),
        Allowance(_key("address", address), ADDRESS_TRIES),
    ]


def bearer_allowances(request: HttpRequest, which: str) -> list[Allowance]:
    """What a wrong token counts against: the address with the key that it pretends to be, and the
    address. They are no sign-ins: nobody is kept from those."""
    address = _network(request.META.get("REMOTE_ADDR", ""))
    return [
        Allowance(_key("bearer", address, which), FREE_TRIES),
        Allowance(_key("bearers", address), ADDRESS_TRIES),
    ]


def take(allowances: list[Allowance], now: int) -> int:
    """Count one try, or say how many seconds it has to wait; then nothing is counted."""
    free = {one.key: one.free for one in allowances}
    with transaction.atomic():
        SignInTry.objects.bulk_create(
            [SignInTry(key=key, count=0, last_ms=now) for key in sorted(free)],
            ignore_conflicts=True,
        )
        rows = list(SignInTry.objects.select_for_update().filter(key__in=free).order_by("key"))
        # Rows that were there already aren't ours before this: one may be forgotten until then.
        wait_s = max((_wait_s(row, free[row.key], now) for row in rows), default=0)
        if wait_s > 0:
            return wait_s
        for row in rows:
            count = 1 if now - row.last_ms > FORGET_MS else row.count + 1
            SignInTry.objects.filter(key=row.key).update(count=count, last_ms=now)
    return 0


def give_back(allowances: list[Allowance], now: int) -> None:
    """The password was right: the account's tries are forgotten, the address has one more."""
    first, *others = (one.key for one in allowances)
    SignInTry.objects.filter(key=first).delete()
    SignInTry.objects.filter(key__in=others).update(count=F("count") - 1)
    SignInTry.objects.filter(last_ms__lt=now - FORGET_MS).delete()
    sessions.SessionStore.clear_expired()


def _wait_s(row: SignInTry, free: int, now: int) -> int:
    if row.count < free or now - row.last_ms > FORGET_MS:
        return 0
    pause_s = min(LONGEST_WAIT_S, 1 << min(row.count - free, 5))
    return max(0, pause_s - (now - row.last_ms) // 1000)


def _network(address: str) -> str:
    """The address; of IPv6 the /64 that one customer has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))


def _key(*parts: str) -> str:
    """A keyed hash: the table shows nobody who tried from where."""
    text = json.dumps(parts).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
