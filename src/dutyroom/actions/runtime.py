"""The room that this process serves: opened once, closed at the end."""

import threading
from collections.abc import Callable

from dutyroom.actions.keeper import Keeper
from dutyroom.actions.room import Room

_room: Room | None = None
_keeper: Keeper | None = None
_guard = threading.Lock()


def _nobody() -> None:
    """Nobody waits for commits in this process."""


_on_commit: Callable[[], None] = _nobody


def room() -> Room:
    """The room, opened at the first use."""
    global _room
    if _room is None:
        with _guard:
            if _room is None:
                _room = Room.open(lambda: _on_commit())
    return _room


def start(on_commit: Callable[[], None]) -> None:
    """Open the room, compile the engine and keep its clocks; ``on_commit`` is called after each
    group commit."""
    global _on_commit, _keeper
    _on_commit = on_commit
    room().warm_up()
    room().attachments.sweep_now_and_then()
    _keeper = Keeper(room().door)
    _keeper.start()


def stop() -> None:
    """Finish what is being written and let go of the room."""
    global _room, _keeper
    with _guard:
        if _keeper is not None:
            _keeper.stop()
            _keeper = None
        if _room is not None:
            _room.close()
            _room = None
