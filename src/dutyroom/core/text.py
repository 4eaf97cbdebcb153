"""A text in the two languages of the first screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Simplified Chinese."""

    en: str
    zh: str
