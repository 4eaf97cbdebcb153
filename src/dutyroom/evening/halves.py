"""Texts that nobody typed, for readers of either language; the console shows its own half."""

from typing import Final

from dutyroom.core.text import Text

BOTH: Final = " ‖ "


def both(text: Text) -> str:
    """Its Chinese and its English half, parted by `BOTH`."""
    return f"{text.zh}{BOTH}{text.en}"
