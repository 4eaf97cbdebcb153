"""Progress of long work on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def say_if_compiling() -> None:
    """The first rehearsal after an installation takes a while longer: says so."""
    from dutyroom.rehearsal.simulation.warm import is_warm

    if not is_warm():
        click.echo("compiling the rehearsal, once after an installation ...", err=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A line that counts: call it with how much is done, and of how much; nothing is shown where
    there is no terminal."""
    terminal = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        if terminal:
            click.echo(f"\r{what}: {done} of {of} ", nl=False, err=True)

    try:
        yield show
    finally:
        if terminal:
            click.echo(err=True)
