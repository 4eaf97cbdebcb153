"""``dutyroom member``: staff who sign in, and gateways."""

import json
from typing import Any

import click

from dutyroom.policy import ROLES
from dutyroom.site.serving import prepare, prepare_existing

PEOPLE = tuple(one for one in ROLES if one != "gateway")
ALL_ROLES = f"ROLE is one of {', '.join(PEOPLE)}."
NAME = click.argument("name")
ROLE = click.argument("role", type=click.Choice(PEOPLE), metavar="ROLE")
UNIT = click.option("--unit", default="", help="The own unit of a field officer.")
ORG = click.option(
    "--org",
    default="",
    metavar="ID",
    help="The organisation that they work for, of org.csv; without it the whole room.",
)
PASSWORD = click.option(
    "--password", help="Asked for if not given; a command line can be read by others."
)


@click.group()
def member() -> None:
    """Staff who sign in, and gateways."""


@member.command(help=f"Add a member: NAME is the staff number to sign in with.\n\n{ALL_ROLES}")
@NAME
@ROLE
@click.option(
    "--title", default="", help="The name shown to colleagues: `Lin Qing / 林清` in both."
)
@UNIT
@ORG
@PASSWORD
def add(name: str, role: str, title: str, unit: str, org: str, password: str | None) -> None:
    prepare()
    from dutyroom.site import staff

    click.echo(staff.add(name, role, title, unit, org, password, _ask))


@member.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the members as JSON.")
def list_(as_json: bool) -> None:
    """Who may sign in, as what, and who is disabled."""
    prepare_existing()
    from dutyroom.site.staff import everybody

    found = everybody()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif found:
        click.echo(_table(found))
    else:
        click.echo("no members yet: dutyroom member add NAME ROLE")


@member.command(
    help="Give a member another role, or an officer another unit; they have to sign in again."
    f"\n\n{ALL_ROLES}"
)
@NAME
@ROLE
@UNIT
def role(name: str, role: str, unit: str) -> None:
    prepare_existing()
    from dutyroom.site.staff import change_role

    click.echo(change_role(name, role, unit))


@member.command()
@NAME
@click.argument("org", default="")
def org(name: str, org: str) -> None:
    """Give a member another organisation; they have to sign in again. A gateway keeps its token.

    ORG is an id of org.csv in the city pack; without it the member is of the whole room.
    """
    prepare_existing()
    from dutyroom.site.staff import change_org

    click.echo(change_org(name, org))


@member.command()
@NAME
@PASSWORD
def password(name: str, password: str | None) -> None:
    """Give a member another password; they have to sign in again."""
    prepare_existing()
    from dutyroom.site.staff import change_password

    click.echo(change_password(name, password, _ask))


@member.command()
@NAME
@click.argument("skills", nargs=-1)
def skills(name: str, skills: tuple[str, ...]) -> None:
    """Say which skills a desk specialist has, for requests that ask for one.

    SKILLS are codes of desks.json in the city pack; without any the member has none.
    """
    prepare_existing()
    from dutyroom.site.staff import change_skills

    click.echo(change_skills(name, skills))


@member.command()
@NAME
@click.argument("title")
def title(name: str, title: str) -> None:
    """Change the name that is shown to colleagues."""
    prepare_existing()
    from dutyroom.site.staff import change_title

    click.echo(change_title(name, title))


@member.command("sign-out")
@NAME
def sign_out(name: str) -> None:
    """End every session of a member, such as that of a lost phone."""
    prepare_existing()
    from dutyroom.site import staff

    click.echo(staff.sign_out(name))


@member.command()
@NAME
def disable(name: str) -> None:
    """Sign a member or gateway out and let them in no more; what they did stays in the journal."""
    prepare_existing()
    from dutyroom.site.staff import set_active

    click.echo(set_active(name, active=False))


@member.command()
@NAME
def enable(name: str) -> None:
    """Let a disabled member or gateway in again."""
    prepare_existing()
    from dutyroom.site.staff import set_active

    click.echo(set_active(name, active=True))


@member.command()
@NAME
@ORG
def token(name: str, org: str) -> None:
    """Make a gateway with this name if need be, and print its new bearer token.

    The calls that it brings are of its organisation. A gateway that is there keeps its own if none
    is named.
    """
    prepare()
    from dutyroom.site.staff import gateway_token

    click.echo(gateway_token(name, org))


def _ask(too_weak: str | None) -> str:
    if too_weak:
        click.echo(too_weak, err=True)
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _table(members: list[dict[str, Any]]) -> str:
    """Columns as wide as they must be; the last one may be Chinese and needs no width."""
    from rich.cells import cell_len

    rows = [list(members[0]), *([str(cell or "") for cell in one.values()] for one in members)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
