"""When Python looks for garbage that refers to itself: all threads stand still meanwhile."""

import gc
from typing import Final

_USUAL: Final = gc.get_threshold()
_SELDOM: Final = 100_000
"""So many new objects between two looks: some ten megabytes."""


def seldom() -> None:
    """For a process that begins: modules make a hundred thousand objects, all of which stay. To
    look through them again and again is an eighth of a server's start."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])


def as_usual() -> None:
    """From now on as often as Python does, but not at what is there by now, which stays: to look
    through it takes a quarter of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_USUAL)
