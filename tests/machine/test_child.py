"""A child process ends when it is asked to, and when nobody is left to ask."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from dutyroom.machine.child import Child

MODULE = """
import sys, threading
from pathlib import Path
from dutyroom.machine.child import when_asked_to_end
over = threading.Event()
when_asked_to_end(over.set)
Path(sys.argv[1]).write_text("begun")
over.wait()
Path(sys.argv[1]).write_text("ended")
"""
STUBBORN = "import time\nwhile True: time.sleep(1)\n"
PARENT = """
import sys, time
from pathlib import Path
from dutyroom.machine.child import Child
Child(["a_child", sys.argv[1]], Path(sys.argv[1] + ".log"))
time.sleep(600)
"""


def said(file: Path, word: str) -> None:
    """Waits until the child has written this."""
    until = time.monotonic() + 60
    while not file.is_file() or file.read_text() != word:
        assert time.monotonic() < until, f"the child never said {word!r}"
        time.sleep(0.02)


def environ(folder: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}


def test_a_child_that_is_asked_to_end_finishes_first(tmp_path: Path) -> None:
    (tmp_path / "a_child.py").write_text(MODULE)
    file = tmp_path / "state"
    child = Child(["a_child", str(file)], tmp_path / "log", environ(tmp_path))
    said(file, "begun")
    assert child.runs
    child.end()
    assert not child.runs
    assert file.read_text() == "ended"
    child.end()


def test_a_child_ends_with_the_process_that_started_it_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "a_child.py").write_text(MODULE)
    file = tmp_path / "state"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(file)], env=environ(tmp_path))
    said(file, "begun")
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    said(file, "ended")


def test_a_child_that_does_not_listen_is_made_to_end(tmp_path: Path) -> None:
    (tmp_path / "a_child.py").write_text(STUBBORN)
    child = Child(["a_child"], tmp_path / "log", environ(tmp_path))
    child.end(within_s=0.2)
    assert not child.runs


def test_what_a_child_says_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a_child.py").write_text("print('hello')")
    child = Child(["a_child"], tmp_path / "log", environ(tmp_path))
    while child.runs:
        time.sleep(0.02)
    assert (tmp_path / "log").read_text().strip() == "hello"
