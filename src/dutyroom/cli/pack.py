"""City packs on the command line."""

import shutil
import time
from pathlib import Path

import click

from dutyroom.citypack import CityPack, PackRefused, read_pack
from dutyroom.core.text import counted


def check_pack(folder: Path) -> bool:
    """Print what the pack holds, or its problems; whether it is good."""
    try:
        pack = read_pack(folder)
    except PackRefused as refused:
        print_problems(refused)
        return False
    click.echo(describe(pack))
    return True


def print_problems(refused: PackRefused) -> None:
    """Every problem on a line of its own, with what to do."""
    for one in refused.problems:
        where = f"{one.file}:{one.line}" if one.line else one.file
        click.echo(f"{where}: {one.message}\n    -> {one.remedy}", err=True)
    click.echo(f"{counted(len(refused.problems), 'problem')}: the pack was refused.", err=True)


def describe(pack: CityPack) -> str:
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


def generate_pack(folder: Path, nodes: int, units: int, seed: int) -> None:
    """Make a demo city in a folder that must be new or empty."""
    from dutyroom.citypack import generate_city

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: choose a new folder")
    started = time.perf_counter()
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    generate_city(half, nodes=nodes, units=units, seed=seed)
    if folder.exists():
        folder.rmdir()
    half.rename(folder)
    click.echo(f"{describe(read_pack(folder))}\nmade in {time.perf_counter() - started:.1f} s")


def adopt_pack(folder: Path) -> bool:
    """Keep a pack in the room and adopt it through the door; whether it is in force now."""
    from dutyroom.actions.adopting import adopt

    try:
        pack, changed = adopt(folder)
    except PackRefused as refused:
        print_problems(refused)
        return False
    click.echo(describe(pack))
    click.echo("adopted" if changed else "was in force already: nothing changed")
    return True
