"""How often a partner's system may ask by its API key: the arithmetic, and the setting."""

from typing import Final

MINUTE_MS: Final = 60_000
USUAL_PER_MIN: Final = 120
MOST_PER_MIN: Final = 6_000


class RateRefused(ValueError):
    """The setting can't be understood. Says what it must look like."""


def requests_per_min(said: str) -> int:
    """What the setting says, `USUAL_PER_MIN` where it says nothing. Raises `RateRefused`."""
    if not said:
        return USUAL_PER_MIN
    if said.isascii() and said.isdigit() and 1 <= int(said) <= MOST_PER_MIN:
        return int(said)
    raise RateRefused(
        "DUTYROOM_KEYRATE must be empty or a whole number: how many requests a minute an API key "
        f"may send, 1 to {MOST_PER_MIN}"
    )


def after_one_more(full_ms: int, now_ms: int, per_min: int) -> tuple[int, int]:
    """A key has ``per_min`` requests, and each minute gives as many back, one by one. ``full_ms``
    is when it will have all of them again. What that is after one more request, and 0; or what it
    was, and for how many milliseconds the request has to wait.

    This is the generic cell rate algorithm (ITU-T I.371). Where the clock was set back, it begins
    anew: else a key would wait for as long as that was.
    """
    begins_ms = full_ms if now_ms < full_ms <= now_ms + 2 * MINUTE_MS else now_ms
    after_ms = begins_ms + MINUTE_MS // per_min
    wait_ms = max(0, after_ms - now_ms - MINUTE_MS)
    return (full_ms, wait_ms) if wait_ms else (after_ms, 0)
