"""Members on the command line."""

import click

from dutyroom.policy import ROLES
from dutyroom.site.members import new_token
from dutyroom.site.models import Member


def add_member(name: str, role: str, title: str, unit: str, password: str) -> None:
    """Add or change a member; refuses unknown roles and officers without a unit."""
    if role not in ROLES:
        raise click.ClickException(f"there is no role {role!r}: choose one of {', '.join(ROLES)}")
    if role == "field_officer" and not unit:
        raise click.ClickException("a field officer needs --unit, the unit they are signed in for")
    if len(password) < 8:
        raise click.ClickException("the password is too short: at least 8 characters")
    Member.objects.enrol(name, role, password, title=title, unit=unit)
    click.echo(f"{name} can sign in as {role}")


def gateway_token(name: str) -> str:
    """A new token for a gateway; the old one no longer works."""
    member, _ = Member.objects.get_or_create(
        name=name, defaults={"role": "gateway", "title": name, "password": "!"}
    )
    if member.role != "gateway":
        raise click.ClickException(f"{name} is a {member.role}, not a gateway: choose another name")
    return new_token(member)
