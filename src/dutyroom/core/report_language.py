"""The option of commands that write a report."""

from typing import Final

import click

from dutyroom.core.text import LANGUAGES

LANGUAGE: Final = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the report: English or Chinese.",
)
