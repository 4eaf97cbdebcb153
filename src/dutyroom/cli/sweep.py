"""``dutyroom rehearse vary`` and ``sweep``: thousands of scenarios, and the best of them."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from dutyroom.cli.progress import progress
from dutyroom.core.text import counted

BEST: Final = 10
SHOWN: Final = ("late", "mean_s", "p90_s", "worst_area_p90_s", "busy")


@click.command()
@click.argument("variations", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder.")
def vary(variations: Path, out: Path) -> None:
    """Write a scenario for every combination of what a file of VARIATIONS varies."""
    from dutyroom.citypack import PackRefused
    from dutyroom.rehearsal.comparing.variations import write_variations

    if out.is_dir() and any(out.iterdir()):
        raise click.ClickException(f"{out} isn't empty: name a new folder, or empty it")
    try:
        written = write_variations(variations, out)
    except PackRefused as refused:
        raise click.ClickException(f"this can't be varied:\n{refused}") from refused
    click.echo(f"{counted(len(written), 'scenario')}: {out}")
    click.echo(f"next: dutyroom rehearse sweep {out} --out FILE")


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="JSON lines.")
@click.option(
    "--replications", type=click.IntRange(1, 100_000), help="Instead of the scenarios' own."
)
@click.option("--workers", type=click.IntRange(1), help="Processes (default: one per core).")
@click.option("--cluster", help="The address of a Dask scheduler, such as tcp://host:8786.")
def sweep(
    scenarios: tuple[Path, ...],
    out: Path,
    replications: int | None,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Rehearse thousands of SCENARIOS (files, or folders of them) and show the best.

    Stopped, the same command goes on where it was. What has changed since is rehearsed anew.
    """
    from dutyroom.rehearsal.comparing.sweep import NoCluster, WorkersLost, key_of, read_results
    from dutyroom.rehearsal.comparing.sweep import sweep as run_sweep

    if cluster and workers:
        raise click.UsageError(
            "--workers are processes of this machine, and a cluster (--cluster) has workers of "
            "its own: leave out one of the two"
        )
    paths = [each for path in scenarios for each in _in_folder(path)]
    try:
        with progress("scenarios") as show:
            count = run_sweep(
                paths, out, replications=replications, workers=workers, cluster=cluster,
                progress=show,
            )  # fmt: skip
    except (NoCluster, WorkersLost) as error:
        raise click.ClickException(str(error)) from error
    wanted = {key_of(path, out) for path in paths}
    rows = [row for row in read_results(out) if row["scenario"] in wanted]
    _show_best([row for row in rows if row["figures"]])
    refused = [row for row in rows if row["refused"]]
    for row in refused[:BEST]:
        click.echo(f"no figures for {row['scenario']}: {row['refused']}", err=True)
    if len(refused) > BEST:
        click.echo(f"... and for {len(refused) - BEST} more, see {out}", err=True)
    click.echo(f"{count} rehearsed, {len(wanted) - count} were there already: {out}")


def _in_folder(path: Path) -> Iterator[Path]:
    """The scenarios of a folder; a file, or a city pack's folder, is one itself."""
    if path.is_dir() and not (path / "city.json").exists():
        found = sorted(path.glob("*.json"))
        if not found:
            raise click.ClickException(
                f"there is no scenario in {path}: write some *.json there (dutyroom rehearse vary "
                "makes many), or name another folder"
            )
        yield from found
    else:
        yield path


def _show_best(rows: list[dict[str, Any]]) -> None:
    """Those with the least share late, then the least mean; both side by side."""
    from rich.console import Console
    from rich.table import Table

    from dutyroom.rehearsal.comparing.paired import MEASURES
    from dutyroom.rehearsal.comparing.wording import NAMES, plus_minus
    from dutyroom.rehearsal.results.figures import Estimate

    def rank(row: dict[str, Any]) -> tuple[float, ...]:
        first = [row["figures"][name][0] for name in ("late", "mean_s")]
        return tuple(math.inf if value is None else value for value in first)

    unit_of = {each.name: each.unit for each in MEASURES}
    table = Table(title=f"best of {len(rows):,}", show_edge=False)
    table.add_column("scenario")
    for name in SHOWN:
        table.add_column(NAMES[name].en, justify="right")
    for row in sorted(rows, key=rank)[:BEST]:
        cells = []
        for name in SHOWN:
            value = Estimate(*(math.nan if v is None else v for v in row["figures"][name]))
            cells.append(plus_minus(value, unit_of[name]))
        table.add_row(f"{Path(row['scenario']).name}: {row['name']}", *cells)
    if rows:
        Console().print(table)
