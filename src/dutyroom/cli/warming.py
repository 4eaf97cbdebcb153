"""``dutyroom warm-up``: compiles ahead, and shows what is being compiled."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dutyroom.dispatch.warm import STEPS, compiled_now, warm_up_by_steps
from dutyroom.rehearsal.simulation.warm import warm_up as warm_up_rehearsal

Steps = Callable[[], Iterator[str]]
"""Names each step before it does it."""


def _rehearsal() -> Iterator[str]:
    yield "the rehearsal"
    warm_up_rehearsal()


GROUPS: Final[Sequence[tuple[int, Steps]]] = [(STEPS, warm_up_by_steps), (1, _rehearsal)]


def compile_all() -> None:
    """Everything that a first call or a first rehearsal would wait for."""
    console = Console()
    console.print("compiling, a minute or two once after an installation:")
    compile_steps(GROUPS, console)
    console.print("done")


def compile_steps(groups: Sequence[tuple[int, Steps]], console: Console) -> None:
    """A line for every step once it is done; on a terminal, below them the kernel at work."""
    of = sum(count for count, _ in groups)
    number, name, start_s = 0, "", 0.0
    kernels: list[str] = []

    def end() -> None:
        some = f"{len(kernels)} kernel{'s' if len(kernels) > 1 else ''} compiled"
        took = f"{some if kernels else 'compiled already'}, {time.perf_counter() - start_s:.1f} s"
        console.print(f"{number} of {of}: {name}, {took}", highlight=False)

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    live = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with live:
        task = live.add_task("")

        def show(kernel: str) -> None:
            kernels.append(kernel)
            live.update(task, description=f"{number} of {of}: {name}, {kernel}")

        with compiled_now(show):
            for _, steps in groups:
                for step in steps():
                    if number:
                        end()
                    number, name, start_s = number + 1, step, time.perf_counter()
                    kernels.clear()
                    live.update(task, description=f"{number} of {of}: {name}")
            end()
