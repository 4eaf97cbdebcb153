"""Counts what partners' systems ask by their API keys. All processes count together, in the
database: a key that is good for so many requests a minute is so at all of them."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from dutyroom.site.keyrate import after_one_more
from dutyroom.site.models import KeyUse

_waits: Final[dict[str, int]] = {}
"""Until when (milliseconds UTC) a key has nothing left, as far as this process knows: a system in
a loop then costs no look at the database."""


def take_one(id_: UUID, now_ms: int) -> int:
    """Count one request by this key, or say how many seconds it has to wait; then nothing is
    counted."""
    key, per_min = id_.hex, settings.KEY_REQUESTS_PER_MIN
    wait_ms = _waits.get(key, 0) - now_ms
    if not 0 < wait_ms <= 60_000:
        wait_ms = _take(key, now_ms, per_min)
        if wait_ms == 0:
            _waits.pop(key, None)
        else:
            _waits[key] = now_ms + wait_ms
    return -(-wait_ms // 1000)


def _take(key: str, now_ms: int, per_min: int) -> int:
    with transaction.atomic():
        KeyUse.objects.bulk_create([KeyUse(key=key, full_ms=0)], ignore_conflicts=True)
        row = KeyUse.objects.select_for_update().get(key=key)
        full_ms, wait_ms = after_one_more(row.full_ms, now_ms, per_min)
        if wait_ms == 0:
            KeyUse.objects.filter(key=key).update(full_ms=full_ms)
    return wait_ms
