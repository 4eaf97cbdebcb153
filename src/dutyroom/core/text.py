"""A text in the two languages of the first screen."""

import re
from dataclasses import dataclass
from typing import Final, Literal

type Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
BOTH: Final = " ‖ "
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Simplified Chinese."""

    en: str
    zh: str

    def said(self, language: Language) -> str:
        """The words in one of the two."""
        return self.zh if language == "zh" else self.en


def halves(said: str) -> Text:
    """Both halves of ``Lin Qing / 林清``, in either order; what has no two languages is both."""
    parts = [part.strip() for part in re.split(r"[/／]", said)]
    chinese = [_HAN.search(part) is not None for part in parts]
    if len(parts) != 2 or sum(chinese) != 1 or not all(parts):
        return Text(said, said)
    return Text(parts[chinese.index(False)], parts[chinese.index(True)])


def both(text: Text) -> str:
    """Its Chinese and its English half, parted by `BOTH`: for what nobody typed."""
    return f"{text.zh}{BOTH}{text.en}"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 problem``, ``2 problems``, ``1,200 problems``; ``many`` where it doesn't end in s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
