"""A text that people see, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """English and Simplified Chinese; neither is ever empty."""

    en: str
    zh: str
