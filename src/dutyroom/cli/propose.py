"""``dutyroom rehearse propose``: what could be better, rehearsed beside today's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from dutyroom.cli.progress import progress, say_if_compiling
from dutyroom.cli.proposal_output import export_stations, show_tried
from dutyroom.core.report_language import LANGUAGE
from dutyroom.core.text import Language

if TYPE_CHECKING:
    from dutyroom.rehearsal.comparing.replicate import Rehearsed
    from dutyroom.rehearsal.optimise.program import Limits
    from dutyroom.rehearsal.proposing.proposal import Proposal, Tried

OPTIONS: Final = (
    click.argument("scenario", type=click.Path(exists=True, path_type=Path)),
    click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder."),
    click.option("--agency", help="Only units of this agency (default: all)."),
    click.option("--replications", type=click.IntRange(2, 100_000), help="Of both scenarios."),
    LANGUAGE,
    click.option(
        "--seconds",
        default=30.0,
        show_default=True,
        type=click.FloatRange(1, 86_400),
        help="The longest that the solver may take for one group of units.",
    ),
)
"""What every proposal is asked with; see ``Task``."""
WITHIN: Final = click.option(
    "--within",
    "within_s",
    type=click.FloatRange(1, 86_400),
    help="Seconds that count as covered (default: the scenario's cover_s).",
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is proposed for, and where the answer goes."""

    scenario: Path
    out: Path
    agency: str | None
    replications: int | None
    language: Language
    seconds: float

    @property
    def limits(self) -> "Limits":
        """When the solver stops."""
        from dutyroom.rehearsal.optimise.program import Limits

        return Limits(time_s=self.seconds)

    def today(self) -> "Rehearsed":
        """Today's scenario, rehearsed; refused if it is overloaded."""
        from dutyroom.rehearsal.proposing.proposal import today

        say_if_compiling()
        with progress("today") as show:
            found = today(self.scenario, self.replications, show, self.agency)
        if found.overloaded:
            raise click.ClickException(
                f"{found.scenario.name} is overloaded ({found.overloaded.en}): "
                "first give it enough units"
            )
        return found

    def attempt(self, made: "Proposal", now: "Rehearsed") -> "Tried":
        """The proposal, rehearsed."""
        from dutyroom.rehearsal.proposing.proposal import attempt

        with progress(made.name) as show:
            return attempt(made, self.scenario, now, self.out, show)


def _asked(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that all proposals have, as a ``Task``; say what can't be proposed, and what
    to do."""

    @wraps(function)
    def command(
        scenario: Path,
        out: Path,
        agency: str | None,
        replications: int | None,
        language: Language,
        seconds: float,
        **own: Any,
    ) -> None:
        from dutyroom.citypack import PackRefused
        from dutyroom.rehearsal.proposing.workload import NothingToPropose

        try:
            function(Task(scenario, out, agency, replications, language, seconds), **own)
        except PackRefused as refused:
            raise click.ClickException(f"this can't be rehearsed:\n{refused}") from refused
        except (NothingToPropose, ValueError) as nothing:
            raise click.ClickException(str(nothing)) from nothing

    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group()
def propose() -> None:
    """Proposals: posts, move-ups, shifts, rosters, stations, districts.

    Each is rehearsed beside today's. Writes proposal.json (a scenario over SCENARIO), report.html
    and figures.json into --out.
    """


@propose.command()
@_asked
@click.option(
    "--aim",
    type=click.Choice(["coverage", "reach", "travel"]),
    default="coverage",
    show_default=True,
    help="coverage: demand that finds a free unit in time (MEXCLP). reach: demand within that time "
    "of some unit, free or not (maximal covering). travel: the mean way (p-median).",
)
@WITHIN
def posts(
    task: Task,
    aim: str,
    within_s: float | None,
) -> None:
    """Other bases for the units, among today's bases and posts."""
    from dutyroom.rehearsal.proposing.places import posts as propose_posts

    now = task.today()
    made = propose_posts(now, agency=task.agency, aim=aim, within_s=within_s, limits=task.limits)
    show_tried(task.attempt(made, now), task.out, task.language)


@propose.command()
@_asked
@WITHIN
def moves(
    task: Task,
    within_s: float | None,
) -> None:
    """Compliance tables: which posts to hold when so many units are free.

    A table for each group of units that can do the same.
    """
    from dutyroom.rehearsal.proposing.move_ups import move_ups

    now = task.today()
    made = move_ups(now, agency=task.agency, within_s=within_s, limits=task.limits)
    show_tried(task.attempt(made, now), task.out, task.language)


@propose.command()
@_asked
@click.option(
    "--late",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of calls that may be late in the rehearsal.",
)
@click.option(
    "--wait",
    "wait_s",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds within which a call should find a unit; theory shares units among hours so.",
)
@click.option(
    "--shifts",
    default="8 12",
    show_default=True,
    help="Lengths of shifts in hours, with blanks.",
)
def staffing(
    task: Task,
    late: float,
    wait_s: float,
    shifts: str,
) -> None:
    """Shifts: the fewest units at each hour that keep the promise in the rehearsal.

    Fewer than today, where today keeps it with some to spare.
    """
    from dutyroom.rehearsal.proposing.hours import Target
    from dutyroom.rehearsal.proposing.hours import staffing as propose_hours

    lengths = tuple(int(word) if word.isdigit() else 0 for word in shifts.split())
    if not lengths or not all(4 <= length <= 24 for length in lengths):
        raise click.BadParameter('write hours from 4 to 24, like "8 12"', param_hint="--shifts")
    now = task.today()
    with progress("shifts") as show:
        tried = propose_hours(
            task.scenario,
            now,
            task.out,
            Target(late, wait_s, lengths),
            agency=task.agency,
            limits=task.limits,
            progress=show,
        )
    show_tried(tried, task.out, task.language)


@propose.command()
@_asked
@click.option(
    "--least",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="Units that every station keeps.",
)
@click.option("--most-change", type=click.IntRange(0), help="Units more or fewer at a station.")
@click.option(
    "--most-work",
    type=click.FloatRange(0),
    help="Unit-hours a day that a unit of any station may have.",
)
@click.option(
    "--most-spread",
    type=click.FloatRange(0),
    help="Between the busiest and the least busy station, in unit-hours a day.",
)
def stations(
    task: Task,
    least: int,
    most_change: int | None,
    most_work: float | None,
    most_spread: float | None,
) -> None:
    """Units by station after its work, within limits of equity; stations.csv is for decision."""
    from dutyroom.rehearsal.optimise.equity import EquityLimits
    from dutyroom.rehearsal.proposing.places import stations as propose_stations

    now = task.today()
    equity = EquityLimits(least, most_change, most_work, most_spread)
    made, tables = propose_stations(now, equity, agency=task.agency, limits=task.limits)
    tried = task.attempt(made, now)
    export_stations(task.out / "stations.csv", tables, tried)
    show_tried(tried, task.out, task.language)
    click.echo(f"for decision: {task.out / 'stations.csv'}")


@propose.command()
@_asked
@click.option(
    "--lead",
    "lead_s",
    type=click.FloatRange(1, 86_400),
    help="By how many seconds a district's own units count as sooner (default: as now, or 60).",
)
@click.option(
    "--tolerance",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="How far a station's work may be off its share.",
)
def districts(task: Task, lead_s: float | None, tolerance: float) -> None:
    """Which station answers for which area: in one piece, work shared by units, little travel.

    Writes districts.csv, and districts.html with maps and what changes hands.
    """
    from dutyroom.rehearsal.proposing.district_page import district_page
    from dutyroom.rehearsal.proposing.districts import districts as propose_districts
    from dutyroom.rehearsal.proposing.districts import own_share

    now = task.today()
    made, found = propose_districts(
        now, agency=task.agency, lead_s=lead_s, tolerance=tolerance, limits=task.limits
    )
    tried = task.attempt(made, now)
    page = task.out / "districts.html"
    page.write_text(district_page(now.scenario, found, task.language), encoding="utf-8")
    show_tried(tried, task.out, task.language)
    answers = tried.proposed.scenario.districts
    before, after = (own_share(one, answers) for one in (tried.today, tried.proposed))
    click.echo(f"calls that a unit of the proposed district meets: {before:.1%} today, {after:.1%}")
    click.echo(f"to look at: {page}; to change: {task.out / 'districts.csv'}")


@propose.command()
@_asked
@click.option(
    "--crew",
    "crew_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of the crew: who there is, leave, wishes, rules.",
)
def rosters(task: Task, crew_file: Path) -> None:
    """Who works when: by name, within rules of rest and fairness, for the hours of the units.

    Writes roster.html to hang up and roster.csv too. Units that can't be crewed stay at home in
    the rehearsal, which shows what that costs.
    """
    from dutyroom.rehearsal.proposing.crew_file import read_crew
    from dutyroom.rehearsal.proposing.roster_page import roster_page, write_csv
    from dutyroom.rehearsal.proposing.rosters import rosters as propose_rosters
    from dutyroom.rehearsal.scenario.read import read_scenario

    crew = read_crew(crew_file, read_scenario(task.scenario))
    now = task.today()
    with progress("roster, seconds") as show:
        made, found = propose_rosters(
            now,
            crew,
            agency=task.agency,
            limits=task.limits,
            progress=lambda step: show(int(step.elapsed_s), int(task.seconds)),
        )
    tried = task.attempt(made, now)
    agencies = now.scenario.names.get("agency", {})
    page = roster_page(crew, found, task.language, agencies)
    (task.out / "roster.html").write_text(page, encoding="utf-8")
    write_csv(task.out / "roster.csv", crew, found)
    show_tried(tried, task.out, task.language)
    click.echo(f"to hang up: {task.out / 'roster.html'}; for the next: {task.out / 'roster.csv'}")
