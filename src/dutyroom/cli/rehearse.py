"""``dutyroom rehearse``: run scenarios and compare them, with each other and with the past."""

import json
import webbrowser
from pathlib import Path
from typing import Any

import click

from dutyroom.cli.progress import progress, say_if_compiling
from dutyroom.cli.propose import propose
from dutyroom.cli.rehearsal_output import as_json_of, print_figures, show_history
from dutyroom.cli.sweep import sweep, vary
from dutyroom.core.report_language import LANGUAGE
from dutyroom.core.text import Language, counted
from dutyroom.machine.home import home


class _DatasetToo(click.Group):
    """``dutyroom rehearse DATASET`` is short for ``dutyroom rehearse history DATASET``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            if (home().datasets / args[0]).is_dir():
                args = ["history", *args]
            elif not ctx.resilient_parsing and not args[0].startswith("-"):
                ctx.fail(
                    f"there is no command and no dataset {args[0]!r}: dutyroom rehearse --help "
                    "lists the commands, dutyroom calls list the datasets"
                )
        return super().resolve_command(ctx, args)


@click.group(cls=_DatasetToo)
def rehearse() -> None:
    """Try it before you do it: rehearse scenarios with the live room's dispatch engine.

    `dutyroom rehearse DATASET` rebuilds a recorded period and compares.
    """


SAVE_FIT = click.option(
    "--save-fit", is_flag=True,
    help="Keep the service times that were measured as fitted.toml of this room.",
)  # fmt: skip


@rehearse.command()
@click.argument("dataset")
@click.option("--share", default=0.5, show_default=True, type=click.FloatRange(0.1, 0.9),
              help="The part of the time that is fitted on; the rest is tested.")  # fmt: skip
@click.option("--replications", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--seed", default=1, show_default=True)
@SAVE_FIT
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def history(
    dataset: str, share: float, replications: int, seed: int, save_fit: bool, as_json: bool
) -> None:
    """Rebuild a recorded period: fit on one part, rehearse the other, and compare."""
    from dutyroom.citypack import PackRefused
    from dutyroom.importing.dataset import DatasetDamaged
    from dutyroom.learning.fitting_calls import NotEnough
    from dutyroom.learning.history import rehearse_history

    folder = home().datasets / dataset
    if not folder.is_dir():
        raise click.ClickException(f"there is no dataset {dataset!r}: see dutyroom calls list")
    try:
        with progress(dataset) as show:
            found = rehearse_history(
                folder, share=share, replications=replications, seed=seed, progress=show
            )
    except (NotEnough, DatasetDamaged, PackRefused, ValueError) as error:
        raise click.ClickException(str(error)) from error
    show_history(found, save_fit=save_fit, as_json=as_json)


@rehearse.command()
@click.argument("begin")
@click.option("--until", help="When the period ends, as BEGIN (default: now).")
@click.option("--fit-from", help="Fit on what came before BEGIN, from here on (default: all).")
@click.option("--replications", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--seed", default=1, show_default=True)
@SAVE_FIT
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def journal(
    begin: str,
    until: str | None,
    fit_from: str | None,
    replications: int,
    seed: int,
    save_fit: bool,
    as_json: bool,
) -> None:
    """Rebuild a period of this room's own journal, fitted on what came before it.

    BEGIN is a moment on the room's clocks ("2026-11-20 18:00"), or a night: last-night,
    last-friday-night.
    """
    import time
    from zoneinfo import ZoneInfo

    from dutyroom.site.serving import prepare

    prepare()
    from dutyroom.learning.fitting_calls import NotEnough
    from dutyroom.learning.history import rehearse_calls
    from dutyroom.learning.own_calls import UnknownPeriod, own_calls, period_ms
    from dutyroom.projections.packs import NoPack, pack_in_force

    try:
        pack = pack_in_force()
        zone = ZoneInfo(pack.timezone)
        start_ms, end_ms = period_ms(begin, until, round(time.time() * 1000), zone)
        since_ms = period_ms(fit_from, None, start_ms, zone)[0] if fit_from else 0
        before, _ = own_calls(pack, since_ms, start_ms)
        calls, left_out = own_calls(pack, start_ms, end_ms)
        with progress("journal") as show:
            found = rehearse_calls(
                "journal", pack, before, calls, replications=replications, seed=seed,
                progress=show,
            )  # fmt: skip
    except (NoPack, NotEnough, UnknownPeriod) as error:
        raise click.ClickException(str(error)) from error
    show_history(found, save_fit=save_fit, as_json=as_json)
    if not as_json:
        click.echo(f"{left_out} incidents without a unit of the pack, or still open, left out")


@rehearse.command()
@click.argument("source")
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for the scenario.")
@click.option("--for-the-room", is_flag=True,
              help="Keep the usual calls for this room's next hour.")  # fmt: skip
@click.option("--since", help="Of the journal: from this moment on (default: all).")
@click.option("--until", help="Of the journal: until this moment (default: now).")
def learn(
    source: str, out: Path | None, for_the_room: bool, since: str | None, until: str | None
) -> None:
    """Learn a usual week from the recorded calls of SOURCE.

    SOURCE is a dataset, or `journal` for this room's own calls. A scenario of it can be changed,
    compared, and made the base of others; the room's own next hour can expect the same calls.
    """
    from dutyroom.citypack import PackRefused, read_pack
    from dutyroom.importing.dataset import DatasetDamaged
    from dutyroom.learning.fitting_calls import NotEnough, calls_of, pack_of
    from dutyroom.learning.usual_calls import learn_usual
    from dutyroom.learning.usual_scenario import learn_scenario
    from dutyroom.rehearsal.scenario.usual import FILE, write_usual

    if out is None and not for_the_room:
        raise click.UsageError("say where it goes: --out FOLDER, --for-the-room, or both")
    if out is not None and out.is_dir() and any(out.iterdir()):
        raise click.ClickException(f"{out} isn't empty: name a new folder, or empty it")
    try:
        if source == "journal":
            pack, folder, calls = _own_calls(since, until)
        else:
            dataset = home().datasets / source
            if not dataset.is_dir():
                raise NotEnough(f"there is no dataset {source!r}: see dutyroom calls list")
            folder = pack_of(dataset)
            pack, calls = read_pack(folder), calls_of(dataset)
        usual = learn_usual(source, pack, calls) if for_the_room else None
        found = learn_scenario(source, pack, folder, calls, out) if out is not None else None
    except (NotEnough, DatasetDamaged, PackRefused) as error:
        raise click.ClickException(str(error)) from error
    if usual:  # before anything is printed: who reads may stop reading
        write_usual(home().taken().folder / FILE, usual)
    if found:
        click.echo(
            f"learnt from {found.calls:,} calls over {found.hours:,.0f} hours"
            + (f"; {found.left_out} without a plan left out" if found.left_out else "")
            + f"\nnext: dutyroom rehearse run {found.file}"
        )
    if usual:
        click.echo(f"usual calls, learnt from {usual.calls:,}: {home().folder / FILE}")


def _own_calls(since: str | None, until: str | None) -> tuple[Any, Path, Any]:
    """The pack in force, its folder, and the room's own calls."""
    import time
    from zoneinfo import ZoneInfo

    from dutyroom.site.serving import prepare

    prepare()
    from dutyroom.learning.own_calls import UnknownPeriod, own_calls, period_ms
    from dutyroom.projections.packs import NoPack, pack_in_force

    try:
        pack = pack_in_force()
        now_ms = round(time.time() * 1000)
        begin_ms, end_ms = 0, now_ms
        if since or until:
            begin_ms, end_ms = period_ms(
                since or "1970-01-02", until, now_ms, ZoneInfo(pack.timezone)
            )
    except (NoPack, UnknownPeriod) as error:
        raise click.ClickException(str(error)) from error
    return pack, home().packs / pack.hash, own_calls(pack, begin_ms, end_ms)[0]


for command in (propose, vary, sweep):
    rehearse.add_command(command)

SCENARIO = click.argument("scenario", type=click.Path(exists=True, path_type=Path))
REPLICATIONS = click.option(
    "--replications", type=click.IntRange(1, 100_000), help="Instead of the scenario's own."
)


@rehearse.command()
@SCENARIO
def check(scenario: Path) -> None:
    """Say what a scenario holds, or every problem with file, line and remedy."""
    read = _read(scenario)
    click.echo(
        f"{read.name}: {counted(len(read.units), 'unit')}, "
        f"{counted(len(read.geography.ids), 'point')}, "
        f"{counted(len(read.facilities), 'facility', 'facilities')}, {read.hours:g} hours"
    )
    if read.given:
        click.echo(f"{counted(len(read.given.at_s), 'call')} from a file")
    for kind in read.kinds:
        click.echo(f"  {kind.category}: {kind.per_h:.2f} calls per hour, priority {kind.priority}")


@rehearse.command()
@SCENARIO
@REPLICATIONS
@click.option("--out", type=click.Path(path_type=Path), help="Write records and report here.")
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def run(
    scenario: Path,
    replications: int | None,
    out: Path | None,
    language: Language,
    as_json: bool,
) -> None:
    """Rehearse a SCENARIO (a file, or a city pack's folder) and print its figures."""
    from dutyroom.rehearsal.comparing.comparison import side_by_side

    done = _rehearse(_read(scenario), replications)
    least, alone = _bound(done), side_by_side([done])
    if as_json:
        click.echo(json.dumps(as_json_of(done, least), ensure_ascii=False))
    else:
        print_figures(alone, [least])
    if out:
        from dutyroom.rehearsal.comparing.figures_table import write_figures
        from dutyroom.rehearsal.comparing.parquet_records import write_records
        from dutyroom.rehearsal.comparing.report import report

        out.mkdir(parents=True, exist_ok=True)
        (out / "report.html").write_text(report(alone, [least], language), encoding="utf-8")
        table = write_figures(out / "figures.csv", alone)
        files = [out / "report.html", table, *write_records(done.scenario, out)]
        click.echo("written: " + ", ".join(map(str, files)), err=as_json)


@rehearse.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@REPLICATIONS
@click.option(
    "--report",
    "page",
    type=click.Path(path_type=Path),
    help="Where the HTML report goes; its figures go beside it as CSV.",
)
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@click.option("--open", "show", is_flag=True, help="Open the report in the browser.")
def compare(
    scenarios: tuple[Path, ...],
    replications: int | None,
    page: Path | None,
    language: Language,
    as_json: bool,
    show: bool,
) -> None:
    """Rehearse SCENARIOS with common random numbers; the first is what the others change."""
    from dutyroom.rehearsal.comparing.comparison import side_by_side
    from dutyroom.rehearsal.comparing.figures_table import write_figures
    from dutyroom.rehearsal.comparing.paired import unpaired
    from dutyroom.rehearsal.comparing.report import report

    if len(scenarios) < 2:
        raise click.UsageError("name at least two scenarios")
    if page and page.suffix.lower() == ".csv":
        raise click.UsageError(f"--report is a page: name it {page.with_suffix('.html')}")
    read = [_read(scenario) for scenario in scenarios]
    for path, one in zip(scenarios[1:], read[1:], strict=True):
        if apart := unpaired(read[0], one, replications):
            raise click.ClickException(
                f"{scenarios[0]} and {path} don't share their random numbers, so they can't be "
                f"compared ({'; '.join(apart)}): give both the same"
            )
    done = [_rehearse(one, replications) for one in read]
    bounds, beside = [_bound(one) for one in done], side_by_side(done)
    target = page or home().taken().folder / "rehearsals" / "comparison.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    with progress("report"):
        target.write_text(report(beside, bounds, language), encoding="utf-8")
    figures = write_figures(target.with_suffix(".csv"), beside)
    if as_json:
        pairs = [
            {
                "scenario": one.name,
                "against": beside.first.scenario.name,
                "differences": {d.measure.name: d.difference.as_json() for d in one.differences},
            }
            for one in beside.others
        ]
        found = {"scenarios": [*map(as_json_of, done, bounds)], "differences": pairs}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        print_figures(beside, bounds)
    click.echo(f"report: {target}\nfigures: {figures}", err=as_json)
    if show:
        webbrowser.open(target.resolve().as_uri())


def _read(path: Path) -> Any:
    from dutyroom.citypack import PackRefused
    from dutyroom.rehearsal.scenario.read import read_scenario

    try:
        return read_scenario(path)
    except PackRefused as refused:
        raise click.ClickException(f"this can't be rehearsed:\n{refused}") from refused


def _rehearse(scenario: Any, replications: int | None) -> Any:
    from dutyroom.rehearsal.comparing.replicate import rehearse as run_all

    say_if_compiling()
    with progress(scenario.name) as show:
        return run_all(scenario, replications=replications, progress=show)


def _bound(done: Any) -> float:
    from dutyroom.rehearsal.comparing.clairvoyant import bound

    with progress(f"least possible share late, {done.scenario.name}") as show:
        return bound(done, show)
