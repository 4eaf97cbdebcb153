"""Journal upkeep on the command line."""

import json
import time

import click

from dutyroom.cli.progress import progress
from dutyroom.core.text import counted
from dutyroom.site.serving import must_be_a_room, prepare_existing


def verify_journal(as_json: bool) -> bool:
    """Check the journal and print the findings; whether all is well."""
    must_be_a_room()
    from dutyroom.actions.checking import check_journal

    report = check_journal()
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(report.text())
    return report.ok


def rebuild_projections() -> None:
    """Rebuild with progress shown."""
    prepare_existing()
    from dutyroom.projections.rebuild import rebuild

    started = time.perf_counter()
    with progress("rebuilding") as show:
        done = rebuild(show)
    click.echo(f"{counted(done, 'entry', 'entries')} read in {time.perf_counter() - started:.1f} s")


def accept_journal_end() -> None:
    """Accept that the journal ends where it does."""
    must_be_a_room()
    from django.conf import settings

    from dutyroom.actions.clock import now_ms
    from dutyroom.journal.opening import accept_end

    end, had = accept_end(settings.HOME.key, now_ms())
    if end == had:
        click.echo(f"nothing was lost: the journal ends at entry {end:,}, behind every checkpoint")
    else:
        click.echo(f"entries {end + 1:,} to {had:,} are lost; the journal goes on behind {end:,}")
