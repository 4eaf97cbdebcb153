"""Compiled kernels are never served from before an edit."""

import atexit
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from dutyroom.dispatch import jit
from dutyroom.dispatch.jit import cache_folder
from tests.harness.examples import DEEP

KERNEL = """
from dutyroom.dispatch.jit import kernel

FACTOR = {factor}

@kernel
def inner(number):
    return number * FACTOR

@kernel
def outer(number):
    return inner(number)
"""

CALLER = """
import numpy as np
from dutyroom.dispatch.jit import kernel
from dutyroom.dispatch.kernels import push

@kernel
def outer(number):
    heap = np.empty(4, np.int64)
    push(heap, 0, number)
    return heap[0]
"""


def test_an_edited_source_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    environ = {"XDG_CACHE_HOME": str(tmp_path)}
    before = cache_folder(b"factor = 2", environ)
    assert before != cache_folder(b"factor = 3", environ)
    assert before == cache_folder(b"factor = 2", environ)
    assert before.is_relative_to(tmp_path / "dutyroom")


def test_without_a_setting_the_cache_is_in_the_users_folder() -> None:
    assert cache_folder(b"", {}).is_relative_to(Path.home() / ".cache")


@pytest.mark.slow
def test_machine_code_is_kept_between_processes_and_follows_an_edit(tmp_path: Path) -> None:
    module = tmp_path / "kernels_of_a_test.py"
    module.write_text(KERNEL.format(factor=2))
    times = module.stat()
    assert _run(tmp_path) == ("14", "0")
    assert _run(tmp_path) == ("14", "1")
    module.write_text(KERNEL.format(factor=3))
    os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))  # Numba would see no edit
    assert _run(tmp_path) == ("21", "0")


@pytest.mark.slow
def test_the_same_source_elsewhere_is_not_compiled_again(tmp_path: Path) -> None:
    """As in a second checkout, or where a new version is installed that alters no kernel."""
    for number, hits in enumerate(("0", "1")):
        folder = tmp_path / f"checkout{number}" / "kernels"
        folder.mkdir(parents=True)
        (folder / "kernels_of_a_test.py").write_text(KERNEL.format(factor=2))
        assert _run(folder, tmp_path / "cache") == ("14", hits)


@pytest.mark.slow
def test_an_edit_in_any_module_of_kernels_recompiles_those_who_call_them(tmp_path: Path) -> None:
    """A copy of the package's kernels, and a caller in another folder that calls one of them."""
    package = tmp_path / "dutyroom" / "dispatch"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    shutil.copy(jit.__file__, package)
    for shared in jit.SHARED:
        shutil.copy(shared, package)
    (tmp_path / "kernels_of_a_test.py").write_text(CALLER)
    assert _run(tmp_path) == ("7", "0")
    assert _run(tmp_path) == ("7", "1")
    edits = [("hierarchy.py", "room[place] = FAR"), ("kernels.py", "return size + 1")]
    for name, text in edits if DEEP else edits[:1]:
        edited = package / name
        times = edited.stat()
        edited.write_text(edited.read_text().replace(text, f"{text}  # edited"))
        os.utime(edited, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert _run(tmp_path) == ("7", "0"), name
        assert _run(tmp_path) == ("7", "1"), name


REHEARSAL_CALLER = """
from dutyroom.dispatch.jit import kernel
from dutyroom.rehearsal.simulation.loop import margin

@kernel
def outer(number):
    return margin(number)
"""


@pytest.mark.slow
def test_a_kernel_that_calls_the_rehearsals_follows_every_edit_there(tmp_path: Path) -> None:
    """The look-ahead does so from another folder: old machine code would misread the room."""
    source = Path(jit.__file__).parents[1]
    shutil.copytree(
        source, tmp_path / "dutyroom", ignore=shutil.ignore_patterns("console", "__pycache__")
    )
    (tmp_path / "kernels_of_a_test.py").write_text(REHEARSAL_CALLER)
    assert _run(tmp_path) == (str(64 + 16 * 7), "0")
    assert _run(tmp_path) == (str(64 + 16 * 7), "1")
    simulation = tmp_path / "dutyroom" / "rehearsal" / "simulation"
    edits = [
        ("loop.py", "64 + 16 * units", "65 + 16 * units", 65 + 16 * 7),
        ("room.py", '"give_up": "i8"', '"give_up": "i4"', 65 + 16 * 7),
    ]
    for name, text, instead, value in edits if DEEP else edits[:1]:
        edited = simulation / name
        times = edited.stat()
        assert text in edited.read_text()
        edited.write_text(edited.read_text().replace(text, instead))
        os.utime(edited, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert _run(tmp_path) == (str(value), "0"), name


def test_the_look_ahead_is_made_of_the_simulations_modules() -> None:
    lookahead = Path(jit.__file__).parents[1] / "rehearsal" / "lookahead" / "many.py"
    for name in ("room.py", "movement.py", "records.py"):
        source = (lookahead.parents[1] / "simulation" / name).read_bytes()
        assert source in jit.sources_of(lookahead), name


def test_every_module_that_holds_kernels_is_part_of_the_key() -> None:
    folder = Path(jit.__file__).parent
    holding = {each for each in folder.glob("*.py") if "kernel\ndef " in each.read_text()}
    assert holding == set(jit.SHARED)


def _run(folder: Path, cache: Path | None = None) -> tuple[str, str]:
    """What ``outer(7)`` gives in a fresh process, and how often the cache had it."""
    value, hits = _processes().ask(folder, cache or folder / "cache").split()
    return value, hits


@cache
def _processes() -> "Processes":
    return Processes()


class Processes:
    """Each answer comes from a process of its own that knows Numba, which takes seconds to load, and
    none of our modules: they are copies of one that waits."""

    CODE: Final = """
import numba, numpy, os, sys
numba.njit(lambda number: number + 1)(1)  # what Numba loads when it first compiles
for line in sys.stdin:
    if os.fork() == 0:
        folder, os.environ["XDG_CACHE_HOME"] = line.rstrip().split(chr(9))
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        from kernels_of_a_test import outer
        print(outer(7), sum(outer.stats.cache_hits.values()), flush=True)
        os._exit(0)
    if os.wait()[1]:
        print("failed, see above", flush=True)
"""

    def __init__(self) -> None:
        self._first = subprocess.Popen(
            [sys.executable, "-c", self.CODE], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        atexit.register(self._first.kill)

    def ask(self, folder: Path, cache: Path) -> str:
        assert self._first.stdin is not None
        assert self._first.stdout is not None
        self._first.stdin.write(f"{folder}\t{cache}\n")
        self._first.stdin.flush()
        return self._first.stdout.readline()
