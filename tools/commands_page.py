"""Writes docs/reference/commands.md from the commands themselves; ``--check`` only compares.

.venv/bin/python tools/commands_page.py [--check]
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from dutyroom.cli.main import main

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"
HEAD: Final = """# Commands

Made from the commands themselves by `tools/commands_page.py`; `dutyroom COMMAND --help` says the
same. `dutyroom` is `.venv/bin/dutyroom` after `make setup`, or `python -m dutyroom` of the
environment that it is installed in.
"""


def commands(command: click.Command, words: str) -> Iterator[tuple[str, click.Command]]:
    """Each command with the words that call it, groups before what is in them."""
    yield words, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands(command.commands[name], f"{words} {name}")


def section(words: str, command: click.Command) -> str:
    """One command: how it is called, what it does, its options."""
    context = click.Context(command, info_name=words)
    usage = command.collect_usage_pieces(context)
    lines = [f"## `{words}`", f"`{' '.join([words, *usage])}`", "", in_words(command.help or "")]
    options = [
        one for one in command.params if isinstance(one, click.Option) and one.name != "version"
    ]
    if options:
        lines += ["", "| option | meaning |", "|---|---|"]
        lines += [option_row(one, context) for one in options]
    return "\n".join(lines)


def in_words(help_: str) -> str:
    """Paragraphs as they are, each on one line."""
    paragraphs = inspect.cleandoc(help_).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def option_row(option: click.Option, context: click.Context) -> str:
    """Its names and value, its words, its default and range as `--help` shows them."""
    name, meaning = option.get_help_record(context) or (", ".join(option.opts), "")
    escaped = meaning.replace("|", "\\|")
    return f"| `{name.replace('|', ', ')}` | {escaped} |"


def page() -> str:
    """The whole page."""
    return (
        "\n\n".join([HEAD.strip(), *(section(*one) for one in commands(main, "dutyroom"))]) + "\n"
    )


if __name__ == "__main__":
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{PAGE.name} is old: .venv/bin/python tools/commands_page.py")
    else:
        PAGE.write_text(text, encoding="utf-8")
