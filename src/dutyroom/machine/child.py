"""A process of one's own that ends with this one, in whatever way this one ends.

Its standard input is a pipe on which nothing is ever written. The child ends when that closes:
because it was asked to, or because nobody is left who could ask.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path


class Child:
    """A running ``python -m MODULE ARGUMENTS``; what it says goes into ``log`` (None: where what
    this process says goes).

    ``environ`` is its whole environment (default: that of this process). It has a session of its
    own: Ctrl-C is for this process, which then asks it to end.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        log: Path | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        with log.open("wb") if log else nullcontext() as said:
            self._process = subprocess.Popen(  # noqa: S603 (our own modules, named by our own code)
                [sys.executable, "-m", *arguments],
                env=environ, stdin=subprocess.PIPE, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        atexit.register(self.end)

    @property
    def runs(self) -> bool:
        """Has it not ended yet?"""
        return self._process.poll() is None

    def end(self, within_s: float = 30.0) -> None:
        """Ask it to end and wait; whoever takes longer than ``within_s`` is made to."""
        atexit.unregister(self.end)
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=within_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def when_asked_to_end(act: Callable[[], None]) -> None:
    """In the child: call ``act``, on a thread of its own, when standard input ends."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        act()

    threading.Thread(target=wait, daemon=True).start()
