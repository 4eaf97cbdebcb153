"""``dutyroom pack``: check city packs, make them, adopt them."""

import re
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from dutyroom.core.text import counted
from dutyroom.machine.files import whole_folder
from dutyroom.machine.home import home

if TYPE_CHECKING:
    from dutyroom.citypack import CityPack, PackRefused

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


def _years(_context: click.Context, _option: click.Parameter, text: str) -> range:
    """``2026-2028`` or ``2026``."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1970 <= first <= last <= 2099:
        raise click.BadParameter("write a year or two, such as 2026-2028")
    return range(first, last + 1)


@click.group()
def pack() -> None:
    """City packs: check, make, adopt."""


@pack.command()
@FOLDER
def check(folder: Path) -> None:
    """Say what a pack holds, or list every problem with file, line and remedy."""
    from dutyroom.citypack import PackRefused, read_pack

    try:
        click.echo(describe(read_pack(folder)))
    except PackRefused as refused:
        _print_problems(refused)
        raise SystemExit(1) from None


@pack.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--nodes", default=3000, show_default=True, type=click.IntRange(800, 200_000))
@click.option("--units", default=60, show_default=True, type=click.IntRange(20, 5000))
@click.option("--seed", default=1, show_default=True)
def generate(folder: Path, nodes: int, units: int, seed: int) -> None:
    """Make a believable demo city."""
    from dutyroom.citypack import generate_city, read_pack

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: choose a new folder")
    started = time.perf_counter()
    with whole_folder(folder) as half:
        generate_city(half, nodes=nodes, units=units, seed=seed)
    click.echo(f"{describe(read_pack(folder))}\nmade in {time.perf_counter() - started:.1f} s")


@pack.command()
@FOLDER
def adopt(folder: Path) -> None:
    """From now on this pack gives codes, plans and places their meaning in this room."""
    from dutyroom.site.serving import prepare

    prepare()
    from dutyroom.actions.adopting import adopt as adopt_in_room
    from dutyroom.citypack import PackRefused, read_pack
    from dutyroom.site.staff import of_no_org

    try:
        moved = _moved(read_pack(folder))
        adopted, changed = adopt_in_room(folder)
    except PackRefused as refused:
        _print_problems(refused)
        raise SystemExit(1) from None
    click.echo(describe(adopted))
    click.echo("adopted" if changed else "was in force already: nothing changed")
    for line in moved:
        click.echo(line)
    for line in of_no_org({one.path for one in adopted.orgs}):
        click.echo(line)


@pack.command()
@FOLDER
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def routes(folder: Path, language: str) -> None:
    """Print the routes of a pack as Markdown with diagrams: stages, owners, clocks."""
    from dutyroom.citypack import PackRefused, read_pack
    from dutyroom.cli.route_diagram import route_diagrams

    try:
        read = read_pack(folder)
    except PackRefused as refused:
        _print_problems(refused)
        raise SystemExit(1) from None
    if not read.loop.routes:
        raise click.ClickException(f"{folder} has no routes: see routes in loop.json")
    click.echo(route_diagrams(read, "zh" if language == "zh" else "en"))


@pack.command()
@FOLDER
def deadlines(folder: Path) -> None:
    """List the deadlines of open clocks that a pack would move, without adopting it, and those of
    mediations, cases, follow-up calls and desks that it would have at another time and doesn't
    move."""
    from dutyroom.site.serving import prepare

    prepare()
    from dutyroom.citypack import PackRefused, read_pack

    try:
        read = read_pack(folder)
    except PackRefused as refused:
        _print_problems(refused)
        raise SystemExit(1) from None
    for line in _moved(read) or ["no deadline would move"]:
        click.echo(line)


def _moved(pack: "CityPack") -> list[str]:
    """A line for every deadline that the pack moves, in its local time; then one for every deadline
    that stays as it was promised and that this pack would have at another time."""
    from dutyroom.projections.moved import moved_deadlines
    from dutyroom.projections.promised import promised_deadlines

    def said(at_ms: int) -> str:
        at = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(pack.timezone))
        return at.strftime("%Y-%m-%d %H:%M:%S")

    lines = []
    for one in moved_deadlines(pack):
        after = "ends: no clock of this pack" if one.after_ms is None else said(one.after_ms)
        lines.append(f"{one.number}  {one.name.en}: {said(one.before_ms)} -> {after}")
    if lines:
        lines.append(f"{counted(len(lines), 'deadline')} moved")
    stays = [
        f"{one.number}  {one.name.en}: stays {said(one.before_ms)}, "
        f"by this pack {said(one.after_ms or one.before_ms)}"
        for one in promised_deadlines(pack)
    ]
    if stays:
        stays.append(f"{counted(len(stays), 'deadline')} as promised, not by this pack")
    return [*lines, *stays]


@pack.command("from-dataset")
@click.argument("dataset")
@click.option("--stations", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--outlines", type=click.Path(exists=True, path_type=Path),
              help="Without them, zones are what is nearest to each station.")  # fmt: skip
def from_dataset(dataset: str, stations: Path, outlines: Path | None) -> None:
    """Make the city pack of a DATASET from its stations (CSV) and district outlines (GeoJSON)."""
    from dutyroom.citypack import PackRefused
    from dutyroom.importing.dataset import DatasetDamaged
    from dutyroom.packmaking.make_pack import make_pack

    folder = home().datasets / dataset
    if not folder.is_dir():
        raise click.ClickException(f"there is no dataset {dataset!r}: see dutyroom calls list")
    try:
        notes = make_pack(folder, stations, outlines)
    except DatasetDamaged as error:
        raise click.ClickException(str(error)) from error
    except PackRefused as refused:
        raise click.ClickException(f"the pack could not be made:\n{refused}") from refused
    for note in notes:
        click.echo(note)
    click.echo(f"city pack: {folder / 'pack'}\nplay it: dutyroom play {dataset} --speed 10")


@pack.command()
@FOLDER
@click.option("--calendar", required=True, metavar="CODE", help="Of loop.json.")
@click.option("--country", required=True, metavar="CODE", help="ISO 3166, such as CN.")
@click.option("--part", metavar="CODE", help="A part of the country, such as ENG of GB.")
@click.option("--years", required=True, callback=_years, metavar="FIRST-LAST")
@click.option("--yes", is_flag=True, help="Write without asking.")
def holidays(
    folder: Path, calendar: str, country: str, part: str | None, years: range, yes: bool
) -> None:
    """Write the public holidays of a country, and China's make-up days, into holidays.csv.

    What changes is shown before. Only the calendar's rows of these years are replaced. Days that
    haven't been announced are marked provisional.
    """
    from dutyroom.citypack import PackRefused, read_pack
    from dutyroom.citypack.read_calendars import FILE
    from dutyroom.clocks import ALWAYS
    from dutyroom.machine.files import write_whole
    from dutyroom.packmaking.holiday_rows import put, rows_of_pack
    from dutyroom.packmaking.public_holidays import NoSuchCountry, doubtful_years, public_days

    try:
        known = [one.code for one in read_pack(folder).loop.calendars if one.code != ALWAYS]
    except PackRefused as refused:
        _print_problems(refused)
        raise SystemExit(1) from None
    if calendar not in known:
        there = f"there are {', '.join(known)}" if known else "it has none"
        raise click.ClickException(f"no calendar {calendar!r} in loop.json of the pack: {there}")
    try:
        days = public_days(country.upper(), part, years)
    except NoSuchCountry as error:
        raise click.ClickException(str(error)) from error
    made = put(rows_of_pack(folder), calendar, years, days)
    for change in made.changes:
        click.echo(str(change))
    unknown = sorted({*years} - {one.day.year for one in days})
    for year in (*doubtful_years(days), *unknown):
        click.echo(f"{year}: {'no day is known' if year in unknown else 'not announced yet'}; "
                   "deadlines that count its days are provisional")  # fmt: skip
    if not made.changes:
        click.echo("nothing changes")
        return
    if not yes:
        click.confirm(f"Change {counted(len(made.changes), 'date')} of {FILE}?", abort=True)
    write_whole(folder / FILE, made.text())
    click.echo(f"written; dutyroom pack adopt {folder} puts it in force")


def _print_problems(refused: "PackRefused") -> None:
    """Every problem on a line of its own, with what to do."""
    for one in refused.problems:
        where = f"{one.file}:{one.line}" if one.line else one.file
        click.echo(f"{where}: {one.message}\n    -> {one.remedy}", err=True)
    click.echo(f"{counted(len(refused.problems), 'problem')}: the pack was refused.", err=True)


def describe(pack: "CityPack") -> str:
    """One paragraph about a pack."""
    counts = (
        counted(len(pack.zones), "zone"),
        counted(len(pack.stations), "station"),
        counted(len(pack.units), "unit"),
        counted(len(pack.vocabulary.categories), "category", "categories"),
        counted(len(pack.streets), "street"),
        counted(len(pack.places), "place"),
        *([counted(len(pack.roads.node_lon), "road node")] if pack.roads is not None else []),
    )
    return (
        f"{pack.title.en} / {pack.title.zh} ({pack.name} {pack.version}): {', '.join(counts)}; "
        f"travel by {pack.travel.kind}\nhash {pack.hash}"
    )
