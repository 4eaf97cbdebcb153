"""A text in the two languages of the first screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Simplified Chinese."""

    en: str
    zh: str


def counted(number: int, one: str, many: str = "") -> str:
    """``1 problem``, ``2 problems``, ``1,200 problems``; ``many`` where it doesn't end in s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
