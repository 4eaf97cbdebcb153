"""How a rehearsal, or a rehearsed period, is shown on the terminal and as JSON."""

import json
import math
from typing import TYPE_CHECKING, Any

import click

from dutyroom.core.text import counted
from dutyroom.machine.home import home

if TYPE_CHECKING:
    from dutyroom.rehearsal.comparing.comparison import Comparison


def as_json_of(done: Any, least_late: float) -> dict[str, Any]:
    from dutyroom.rehearsal.comparing.paired import MEASURES, by_dimension, overall

    figures = {each.name: overall(done, each.name).as_json() for each in MEASURES}
    return {
        "name": done.scenario.name,
        "replications": len(done.runs),
        "inputs": list(done.checksums),
        "overloaded": done.overloaded.en if done.overloaded else "",
        "figures": {} if done.overloaded else figures,
        "least_late": None if math.isnan(least_late) else least_late,
        "by": by_dimension(done),
        "counters": done.runs[0].counters,
    }


def print_figures(found: "Comparison", bounds: list[float]) -> None:
    """The figures of each; of all but the first what changes, too."""
    from rich.console import Console
    from rich.table import Table

    from dutyroom.rehearsal.comparing.paired import MEASURES, overall
    from dutyroom.rehearsal.comparing.wording import NAMES, number, plus_minus, signed

    done = found.rehearsed
    table = Table(show_edge=False)
    table.add_column("")
    for at, one in enumerate(done):
        table.add_column(one.scenario.name, justify="right")
        if at:
            table.add_column("change", justify="right")
    pairs = [{d.measure.name: d for d in one.differences} for one in found.others]
    colour = {"better": "[green]", "worse": "[red]", "unsure": ""}
    for each in MEASURES:
        cells = []
        for at, one in enumerate(done):
            known = not one.overloaded or each.name == "unserved"
            value = plus_minus(overall(one, each.name), each.unit)
            cells.append(value if known else "overloaded")
            if at:
                apart = pairs[at - 1][each.name]
                said = plus_minus(apart.difference, each.unit, signed)
                cells.append(colour[apart.verdict] + said)
        table.add_row(NAMES[each.name].en, *cells)
    least = [number(one, "share") for one in bounds]
    table.add_row(NAMES["least_late"].en, *[cell for one in least for cell in (one, "")][:-1])
    Console().print(table)
    for one in done:
        if one.overloaded:
            click.echo(f"{one.scenario.name} is overloaded: {one.overloaded.en}", err=True)


def show_history(found: Any, *, save_fit: bool, as_json: bool) -> None:
    from dataclasses import asdict

    from dutyroom.rehearsal.scenario.fitted import FILE, write_fitted

    target = home().taken().folder / FILE
    if save_fit:  # before anything is printed: who reads may stop reading
        write_fitted(target, found.times)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print_history(found)
    if save_fit:
        click.echo(f"service times of {found.times.calls:,} calls: {target}", err=as_json)


def _print_history(found: Any) -> None:
    click.echo(
        f"{found.name}: fitted on {found.fitted_calls:,} calls, tested on {found.tested_calls:,} "
        f"({found.left_out} without an arrival left out), "
        f"{counted(found.replications, 'replication')}"
    )
    if found.whole_minutes:
        click.echo("Recorded to the minute: rehearsed arrivals are cut to the minute as well.")
    click.echo(f"{found.travel}\n\nSeconds from the call to the first unit on scene:")
    heads = ("median", "rehearsed", "error", "p90", "rehearsed", "error", "KS")
    click.echo(f"{'':26}{'calls':>7}" + "".join(f"{head:>10}" for head in heads))
    for line in (found.whole, *found.by_area, *found.by_hour):
        figures = ""
        for recorded, rehearsed in (
            (line.recorded_median_s, line.median_s.mean),
            (line.recorded_p90_s, line.p90_s.mean),
        ):
            figures += f"{recorded:>10,.0f}{rehearsed:>10,.0f}{rehearsed / recorded - 1:>+10.0%}"
        click.echo(f"{line.name[:26]:26}{line.calls:>7,}{figures}{line.ks:>10.2f}")
