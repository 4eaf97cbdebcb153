"""Slows down guessing of passwords, per name, without locking anybody out for long."""

import threading
from typing import Final

FREE_TRIES: Final = 5
FORGET_MS: Final = 300_000
LONGEST_WAIT_S: Final = 30


class SignInThrottle:
    """After five failures within five minutes each further try waits, at most half a minute."""

    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, int]] = {}
        self._guard = threading.Lock()

    def wait_s(self, name: str, now_ms: int) -> int:
        """Seconds to wait before the next try, 0 for none."""
        with self._guard:
            count, last_ms = self._failures.get(name, (0, 0))
        if count < FREE_TRIES or now_ms - last_ms > FORGET_MS:
            return 0
        pause_s = min(LONGEST_WAIT_S, 1 << min(count - FREE_TRIES, 5))
        return max(0, pause_s - (now_ms - last_ms) // 1000)

    def failed(self, name: str, now_ms: int) -> None:
        """Count one failure."""
        with self._guard:
            if len(self._failures) > 10_000:
                self._failures = {
                    k: v for k, v in self._failures.items() if now_ms - v[1] < FORGET_MS
                }
            count, last_ms = self._failures.get(name, (0, now_ms))
            self._failures[name] = (1 if now_ms - last_ms > FORGET_MS else count + 1, now_ms)

    def succeeded(self, name: str) -> None:
        """Forget the failures of this name."""
        with self._guard:
            self._failures.pop(name, None)
