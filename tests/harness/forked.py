"""`dutyroom`, or Python with `-c` or `-m`, in a process of its own that begins with its modules
already loaded.

It has a memory, an environment, a folder and files of its own, as any process has. Only what is the
same for all of them, and the larger part of a short command's time, is done once: a process without
threads loads the modules and is copied (`fork`) for each command. What stands in the documentation
(`terminal`) begins as it does for a person, and so does whatever the product itself starts, if a test
doesn't ask for `forked_children`.
"""

import atexit
import ctypes
import multiprocessing
import os
import runpy
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from multiprocessing import current_process
from pathlib import Path

from dutyroom.machine.child import Child

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([f"{__package__}.loaded"])


class Forked:
    """A running `dutyroom` with these arguments, or what `python` makes of them where they begin with
    `-c` or `-m`; to be asked as `subprocess.Popen` is. It reads ``stdin``: what a file has that was typed, or a pipe
    by which it hears of its end; then it has a session of its own, without a terminal."""

    def __init__(
        self, arguments: Sequence[str], environ: Mapping[str, str], *,
        cwd: Path | None = None, out: Path | None = None, err: Path | None = None,
        stdin: "Path | Pipe | None" = None,
    ) -> None:  # fmt: skip
        files = [os.fspath(one or os.devnull) for one in (out, err)]
        where = os.fspath(cwd or Path.cwd())
        self.stdin = stdin
        read = stdin.path if isinstance(stdin, Pipe) else stdin and os.fspath(stdin)
        self._process = _CONTEXT.Process(
            target=_begin, args=(list(arguments), dict(environ), where, files, read), daemon=True
        )
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    poll = returncode.fget

    def send_signal(self, how: signal.Signals) -> None:
        if self._process.is_alive():
            os.kill(self.pid, how)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("dutyroom", timeout or 0.0)
        return code


class Pipe:
    """Nothing is ever written on it; its reader hears when the writer has closed it, or is gone."""

    def __init__(self) -> None:
        self.path = os.fspath(Path(tempfile.mkdtemp(), "stdin"))
        os.mkfifo(self.path)
        self._writer = os.open(self.path, os.O_RDWR)

    def close(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
        self._writer = -1


def _read(name: str) -> None:
    """In the new process: this file is standard input; a pipe then needs no name any more."""
    opened = os.open(name, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(opened, True)
    if stat.S_ISFIFO(os.fstat(opened).st_mode):
        Path(name).unlink()
        Path(name).parent.rmdir()
    os.dup2(opened, 0)
    os.close(opened)
    sys.stdin = os.fdopen(0, closefd=False)


def begin_child(
    self: Child,
    arguments: Sequence[str],
    log: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> None:
    """`Child.__init__`, but the process begins with its modules loaded."""
    said = [log, log] if log else [Path(f"/proc/{os.getpid()}/fd/{number}") for number in (1, 2)]
    self._process = Forked(  # type: ignore[assignment]
        ["-m", *arguments], os.environ if environ is None else environ,
        out=said[0], err=said[1], stdin=Pipe(),
    )  # fmt: skip
    atexit.register(self.end)


def _begin(
    arguments: list[str], environ: dict[str, str], folder: str, files: list[str], stdin: str | None
) -> None:
    """In the new process: be what a shell would have started, to the very end. (`multiprocessing`
    would end it at once: a database would be left as if somebody had pulled the plug.)"""
    current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # may have children
    for number, name in enumerate(files, start=1):
        truncated = 0 if name.startswith("/proc/") else os.O_TRUNC
        opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | truncated, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    if stdin is not None:
        os.setsid()
        _read(stdin)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    os.chdir(folder)
    ctypes.pythonapi.Py_Exit(_code(arguments))


def _code(arguments: list[str]) -> int:
    """Do the work; how it ended."""
    try:
        match arguments:
            case ["-c", program, *rest]:
                sys.argv = ["-c", *rest]
                exec(program, {"__name__": "__main__"})
            case ["-m", module, *rest]:
                sys.argv = [module, *rest]
                runpy.run_module(module, run_name="__main__", alter_sys=True)
            case _:
                from dutyroom.cli.main import main

                sys.argv = ["dutyroom", *arguments]
                main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
