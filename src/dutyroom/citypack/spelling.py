"""How texts are made comparable: folded English, bare Chinese, pinyin in full and initials."""

import re
import unicodedata
from functools import lru_cache

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NOT_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


def folded(text: str) -> str:
    """Small letters without accents, apostrophes or other marks; words apart by one blank."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'\u2019`")
    return _NOT_WORD.sub(" ", plain).strip()


def has_chinese(text: str) -> bool:
    """Whether any character is Chinese."""
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=65_536)
def syllables(chinese: str) -> tuple[str, ...]:
    """The pinyin syllables of a text, without tones."""
    from pypinyin import Style, lazy_pinyin  # its dictionary is a quarter of a command's start

    return tuple(folded(part).replace(" ", "") for part in lazy_pinyin(chinese, style=Style.NORMAL))


def pinyin(chinese: str) -> str:
    """The full pinyin, run together: 解放路 gives ``jiefanglu``."""
    return "".join(syllables(chinese))


def initials(chinese: str) -> str:
    """The first letter of each syllable: 解放路 gives ``jfl``."""
    return "".join(part[:1] for part in syllables(chinese))


def spellings(en: str, zh: str) -> tuple[str, ...]:
    """All the ways a name may be typed, folded: English, Chinese, pinyin and initials."""
    english = folded(en)
    short = "".join(word[:1] for word in english.split())
    found = (english, english.replace(" ", ""), folded(zh), pinyin(zh), initials(zh), short)
    return tuple(dict.fromkeys(spelling for spelling in found if spelling))
