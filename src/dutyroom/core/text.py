"""A text in the two languages of the first screen."""

from dataclasses import dataclass
from typing import Final, Literal

type Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Simplified Chinese."""

    en: str
    zh: str

    def said(self, language: Language) -> str:
        """The words in one of the two."""
        return self.zh if language == "zh" else self.en


def counted(number: int, one: str, many: str = "") -> str:
    """``1 problem``, ``2 problems``, ``1,200 problems``; ``many`` where it doesn't end in s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
