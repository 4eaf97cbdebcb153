"""Texts in tables that are made to be opened in a spreadsheet."""

from typing import Final

_BEGIN_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def as_text(said: str) -> str:
    """What people have called something, so that no spreadsheet takes it for a formula: with an
    apostrophe before it where it begins like one (OWASP, "CSV injection")."""
    return f"'{said}" if said.startswith(_BEGIN_FORMULAS) else said
