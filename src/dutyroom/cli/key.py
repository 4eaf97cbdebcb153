"""``dutyroom key``: API keys by which systems of partners are let in."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from dutyroom.site.serving import prepare_existing


@click.group()
def key() -> None:
    """API keys of partners."""


@key.command()
@click.argument("org")
@click.option(
    "--scope",
    type=click.Choice(["read", "answer"]),
    default="read",
    show_default=True,
    help="What it may do with its own referrals.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=90,
    show_default=True,
    help="How long it is good for.",
)
def add(org: str, scope: Any, days: int) -> None:
    """Make a key for ORG, a partner of org.csv, and print it: it is shown this once.

    A partner may have two at a time, so that it can change over.
    """
    prepare_existing()
    from dutyroom.site import partner_keys

    click.echo(partner_keys.add(org, scope, days))


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the keys as JSON.")
def list_(as_json: bool) -> None:
    """Which keys there are, for whom, what they may do, and until when."""
    prepare_existing()
    from dutyroom.site.partner_keys import every

    found = every()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif not found:
        click.echo("no keys yet: dutyroom key add ORG")
    for one in [] if as_json else found:
        until = datetime.fromtimestamp(one["until_ms"] / 1000, UTC)
        click.echo(
            f"{one['key']}  {one['org']}  {one['scope']}  {one['state']}  "
            f"until {until:%Y-%m-%d %H:%M} UTC  by {one['added_by']}"
        )


@key.command()
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """End the key that begins with PREFIX, at once and for good."""
    prepare_existing()
    from dutyroom.site import partner_keys

    row = partner_keys.revoke(prefix)
    click.echo(f"{row.prefix} of {row.org} lets nobody in any more")
