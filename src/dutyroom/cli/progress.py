"""Progress of long work: a line that counts on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

_QUIET_S: Final = 5.0
"""How long nothing may be said where there is no terminal: in a pipe, a log, a scheduled job."""


def say_if_compiling() -> None:
    """The first rehearsal after an installation takes a while longer: says so."""
    from dutyroom.rehearsal.simulation.warm import is_warm

    if not is_warm():
        click.echo("compiling the rehearsal, once after an installation ...", err=True)


@contextmanager
def progress(
    what: str, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Call what it yields with how much is done, and of how much (0: nobody knows). All goes to
    standard error: what a command prints stays clean for the next one."""
    terminal = sys.stderr.isatty()
    said_at = clock()
    if not terminal:
        click.echo(f"{what} ...", err=True)

    def show(done: int, of: int) -> None:
        nonlocal said_at
        line = f"{what}: {done:,} of {of:,}" if of else f"{what}: {done:,}"
        if terminal:
            click.echo(f"\r{line} ", nl=False, err=True)
        elif clock() - said_at >= _QUIET_S:
            said_at = clock()
            click.echo(line, err=True)

    try:
        yield show
    finally:
        if terminal:
            click.echo(err=True)
