"""Compiling ahead: each group of kernels is a step that is seen, with the time it takes."""

import io
from collections.abc import Iterator
from typing import Any

import numba
import pytest
from click.testing import CliRunner
from rich.console import Console

from dutyroom.cli import warming
from dutyroom.cli.main import main
from dutyroom.dispatch.warm import compiled_now

njit: Any = numba.njit
"""Without the cache of our own kernels, so that these are compiled every time."""


def test_every_step_says_what_was_compiled_and_how_long_it_took() -> None:
    def double(value: int) -> int:
        return 2 * value

    twice = njit(double)

    def steps() -> Iterator[str]:
        yield "doubling"
        twice(1)
        yield "nothing new"
        twice(1)

    out = io.StringIO()
    warming.compile_steps([(2, steps)], Console(file=out, width=100))
    first, second = out.getvalue().splitlines()
    assert first.startswith("1 of 2: doubling, 1 kernel compiled, ")
    assert first.endswith(" s")
    assert second.startswith("2 of 2: nothing new, compiled already")


def test_each_kernel_is_named_as_its_compilation_begins() -> None:
    def add_one(value: int) -> int:
        return value + 1

    inner = njit(add_one)

    def add_two(value: int) -> Any:
        return inner(inner(value))

    outer = njit(add_two)

    said: list[str] = []
    with compiled_now(said.append):
        outer(1)
    assert said == ["add_two", "add_one"]


def test_the_command_shows_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "GROUPS", [(1, lambda: iter(["roads"]))])
    done = CliRunner().invoke(main, ["warm-up"])
    assert done.exit_code == 0, done.exception
    assert "1 of 1: roads" in done.output
