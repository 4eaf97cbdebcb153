"""``dutyroom calls``: recorded calls by data contract; and the city pack made from them."""

import json
import sys
from pathlib import Path

import click

from dutyroom.core.report_language import LANGUAGE
from dutyroom.core.text import Language, counted
from dutyroom.machine.home import home


@click.group()
def calls() -> None:
    """Recorded calls: import them by a data contract, list the datasets."""


@calls.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--contract", required=True, help="The name of a shipped contract, or a file.")
@click.option("--name", help="The dataset's name (default: the contract's).")
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON and nothing else.")
def import_(file: Path, contract: str, name: str | None, language: Language, as_json: bool) -> None:
    """Read FILE into a dataset; importing twice adds nothing. Every row is accounted for."""
    from dutyroom.importing.contract import ContractRefused, load_contract
    from dutyroom.importing.dataset import DatasetDamaged
    from dutyroom.importing.import_calls import import_calls
    from dutyroom.importing.records import FileRefused

    datasets = home().taken().datasets
    terminal = sys.stderr.isatty()
    if not terminal:
        click.echo(f"reading {file} ...", err=True)

    def progress(rows: int) -> None:
        if terminal:
            click.echo(f"\r{rows:,} rows ", nl=False, err=True)

    try:
        report = import_calls(
            file, load_contract(contract), datasets, name=name, progress=progress, language=language
        )
    except (ContractRefused, FileRefused, DatasetDamaged) as error:
        raise click.ClickException(str(error)) from error
    if terminal:
        click.echo(err=True)
    folder = datasets / report.name
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(f"{report.text()}\nreport: {folder / 'report.html'}")


@calls.command("list")
def list_() -> None:
    """The datasets of this home."""
    from dutyroom.importing.dataset import CALLS

    folders = sorted(one.parent for one in home().datasets.glob(f"*/{CALLS}"))
    for folder in folders:
        counts = json.loads((folder / "report.json").read_text(encoding="utf-8"))["counts"]
        pack = "with a city pack" if (folder / "pack").is_dir() else "no city pack yet"
        click.echo(f"{folder.name}: {counted(counts['calls'], 'call')}, {pack}")
    if not folders:
        click.echo("no datasets yet: dutyroom calls import FILE --contract sf-fire")
