"""Journal upkeep on the command line."""

import json
import time

import click

from dutyroom.site.serving import configure, prepare


def verify_journal(as_json: bool) -> bool:
    """Check the journal and print the findings; whether all is well."""
    configure()
    from dutyroom.actions.checking import check_journal

    report = check_journal()
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(report.text())
    return report.ok


def rebuild_projections() -> None:
    """Rebuild with progress shown."""
    prepare()
    from dutyroom.projections.rebuild import rebuild

    started = time.perf_counter()
    with click.progressbar(length=1, label="rebuilding", width=40) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of or 1
            bar.update(done - bar.pos)

        done = rebuild(progress)
    click.echo(f"{done:,} entries read in {time.perf_counter() - started:.1f} s")
