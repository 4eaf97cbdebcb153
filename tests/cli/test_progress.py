"""Long work says how far it is, to people and into a pipe alike, and never into the result."""

import sys

import pytest

from dutyroom.cli.progress import progress


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_in_a_pipe_the_work_is_named_at_once_and_counted_now_and_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    with progress("today", clock) as show:
        assert capsys.readouterr().err == "today ...\n"
        for done in range(1, 25):
            clock.now_s = float(done)
            show(done, 24)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [f"today: {done} of 24" for done in (5, 10, 15, 20)]


def test_on_a_terminal_one_line_counts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress("today", Clock()) as show:
        show(1, 2)
        show(2, 2)
    assert capsys.readouterr().err == "\rtoday: 1 of 2 \rtoday: 2 of 2 \n"


def test_work_of_unknown_length_counts_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with progress("rows", clock) as show:
        clock.now_s = 9.0
        show(1_200, 0)
    assert capsys.readouterr().err == "rows ...\nrows: 1,200\n"
