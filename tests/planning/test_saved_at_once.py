"""A room may have several processes: what two planners save at once is kept, or one is refused."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from dutyroom.machine.files import write_whole
from dutyroom.planning.plans import Plans, SavedByAnother
from dutyroom.planning.shown import Plan

pytestmark = pytest.mark.unit
MOMENT_S = 0.5
"""Long enough for whoever doesn't wait to be done."""


def at_once(
    monkeypatch: pytest.MonkeyPatch, first: Callable[[], str], second: Callable[[], str]
) -> tuple[Future[str], Future[str]]:
    """The second one begins while the first one's file is being written.

    Each has a handle of the lock of its own, as each process has.
    """
    writing, hold = threading.Event(), threading.Event()

    def slowly(path: Path, content: str | bytes) -> None:
        if not writing.is_set():
            writing.set()
            assert hold.wait(10)
        write_whole(path, content)

    def run(work: Callable[[], str]) -> tuple[threading.Thread, Future[str]]:
        answer: Future[str] = Future()

        def settle() -> None:
            try:
                answer.set_result(work())
            except Exception as error:
                answer.set_exception(error)

        thread = threading.Thread(target=settle, daemon=True)
        thread.start()
        return thread, answer

    monkeypatch.setattr("dutyroom.planning.plans.write_whole", slowly)
    _, one = run(first)
    assert writing.wait(10)
    thread, other = run(second)
    thread.join(MOMENT_S)
    hold.set()
    one.exception(10)
    other.exception(10)
    return one, other


def test_two_new_plans_of_one_name_are_both_there(
    plans: Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Plans(plans.folder, plans.pack_folder)
    saved = at_once(
        monkeypatch,
        lambda: plans.save(None, Plan(name="night", note="first")),
        lambda: other.save(None, Plan(name="night", note="second")),
    )
    assert [plans.load(one.result()).note for one in saved] == ["first", "second"]


def test_of_two_who_alter_what_they_both_opened_the_second_is_refused(
    plans: Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = plans.save(None, Plan(name="night"))
    opened = plans.version(key)
    other = Plans(plans.folder, plans.pack_folder)
    first, second = at_once(
        monkeypatch,
        lambda: plans.save(key, Plan(name="night", note="first"), version=opened),
        lambda: other.save(key, Plan(name="night", note="second"), version=opened),
    )
    assert first.result() == key
    assert isinstance(second.exception(), SavedByAnother)
    assert plans.load(key).note == "first"
