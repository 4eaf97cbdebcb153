"""The wall clock, read at the door and passed on from there."""

import time


def now_ms() -> int:
    """Now, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
