"""A person at a shell: every command in a process of its own, in a home and a folder of its own."""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.serving import free_port

from tests.harness.commands import Finished, environment, finished

PASSWORD = "four words will do"
"""What the person types when asked for a password, twice each time."""
SERVERS = ("serve", "play", "practice")
"""Commands that go on until Ctrl-C."""
PATIENCE_S = 900
_OF_THE_SHELL: Final = frozenset("<>|;&$`")


@dataclass
class Terminal:
    """``folder`` is where the person works; the home beside it doesn't exist yet. The caches of
    compiled kernels are the user's own, so that nothing is compiled anew. ``loaded``: commands that
    end by themselves begin with their modules loaded, and without a shell."""

    folder: Path
    database: str = ""
    program: str = sys.executable
    loaded: bool = False

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.home = self.folder.parent / f"{self.folder.name}-home"
        self._env = environment(self.home, DUTYROOM_DATABASE=self.database)
        for key in ("DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONPATH"):
            self._env.pop(key, None)
        self._env["PATH"] = f"{Path(self.program).parent}{os.pathsep}{self._env['PATH']}"

    def run(self, line: str, typed: str = f"{PASSWORD}\n{PASSWORD}\n") -> Finished:
        """Run one line as bash would; without a terminal of its own it reads what is typed."""
        if self.loaded and not _OF_THE_SHELL & set(line):
            return self._run_loaded(shlex.split(line), typed)
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=self._env, input=typed, text=True,
            capture_output=True, start_new_session=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        return Finished(done.returncode, done.stdout, done.stderr)

    def _run_loaded(self, words: list[str], typed: str) -> Finished:
        assert words[0] == "dutyroom"
        with tempfile.TemporaryDirectory() as folder:
            stdin = Path(folder, "typed")
            stdin.write_text(typed)
            return finished(words[1:], self._env, self.folder, stdin)

    def must(self, line: str, typed: str = f"{PASSWORD}\n{PASSWORD}\n") -> str:
        """`run`, which has to go well; returns what was printed."""
        done = self.run(line, typed)
        assert done.code == 0, f"{line}\n{done}"
        assert "Traceback" not in done.err, f"{line}\n{done}"
        return done.out

    @contextmanager
    def serving(self, line: str) -> Iterator[str]:
        """Start a server at a free port instead of the line's own; yields its address once its
        room is open, and ends it with Ctrl-C, after which it must have ended well."""
        port = free_port()
        command = [*shlex.split(line, comments=True), "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=self.folder, env=self._env, text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said: list[str] = []
        reader = threading.Thread(target=_listen, args=(process, said), daemon=True)
        timer = threading.Timer(PATIENCE_S, process.kill)
        timer.start()
        reader.start()
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(process, address, said)
            yield address
            process.send_signal(signal.SIGINT)
            code = process.wait()
            reader.join()
            assert code == 0, f"{line}: exit code {code}\n{''.join(said)}"
            assert "Traceback" not in "".join(said), "".join(said)
        finally:
            timer.cancel()
            process.kill()
            process.wait()


def is_server(line: str) -> bool:
    """Does this command go on until Ctrl-C?"""
    words = shlex.split(line, comments=True)
    return words[:1] == ["dutyroom"] and any(word in SERVERS for word in words[1:2])


def session(address: str) -> Any:
    """What a stranger may know of the room at an address."""
    with urllib.request.urlopen(f"{address}/api/session", timeout=60) as answer:
        return json.loads(answer.read())


def _listen(process: "subprocess.Popen[str]", said: list[str]) -> None:
    assert process.stdout is not None
    said.extend(process.stdout)


def _wait_for(process: "subprocess.Popen[str]", address: str, said: list[str]) -> None:
    while process.poll() is None:
        try:
            session(address)
        except OSError:
            threading.Event().wait(0.1)
        else:
            return
    raise AssertionError(f"the server ended with {process.returncode}\n{''.join(said)}")
