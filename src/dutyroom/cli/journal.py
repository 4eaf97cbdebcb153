"""``dutyroom journal``: check it, rebuild what is made from it."""

import json
import time

import click

from dutyroom.cli.progress import progress
from dutyroom.core.text import counted
from dutyroom.site.serving import must_be_a_room, prepare_existing
from dutyroom.site.to_read import to_read


@click.group()
def journal() -> None:
    """Check the journal, and rebuild what is made from it."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def verify(as_json: bool) -> None:
    """Say whether anything was altered, removed or reordered, and where. Exit code 1 if so.

    Nothing is written, so that a copy can be checked on a medium that is read only.
    """
    to_read()
    must_be_a_room()
    from dutyroom.actions.checking import check_journal

    report = check_journal()
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(report.text())
    if not report.ok:
        raise SystemExit(1)


@journal.command()
def rebuild() -> None:
    """Make every read model again from the journal."""
    prepare_existing()
    from dutyroom.projections.rebuild import rebuild as rebuild_all

    started = time.perf_counter()
    with progress("rebuilding") as show:
        done = rebuild_all(show)
    click.echo(f"{counted(done, 'entry', 'entries')} read in {time.perf_counter() - started:.1f} s")


@journal.command("accept-end")
def accept_end() -> None:
    """Go on with a journal that lost its end, after a restore from an older backup.

    Without it, a journal that is shorter than its checkpoints isn't served. The loss is reported at
    every check of the journal from then on.
    """
    must_be_a_room()
    from django.conf import settings

    from dutyroom.actions.clock import now_ms
    from dutyroom.journal.opening import accept_end as accept

    end, had = accept(settings.HOME.key, now_ms())
    if end == had:
        click.echo(f"nothing was lost: the journal ends at entry {end:,}, behind every checkpoint")
    else:
        click.echo(f"entries {end + 1:,} to {had:,} are lost; the journal goes on behind {end:,}")
