"""One English term has one Chinese term, everywhere; the table is ``terms.toml``."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.chinese.pairs import all_pairs, chinese_lines

_TABLE: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("terms.toml").read_text("utf-8")
)
_TYPED: Final = "console/src/operations/"
"""What may be typed on the command line includes words that people are used to."""
_TERMS: Final = [
    (re.compile(rf"(?<![\w{{\"])(?:{en})(?!\w)", re.IGNORECASE), zh)
    for en, zh in _TABLE["terms"].items()
]


def test_every_english_term_has_its_one_chinese_term() -> None:
    wrong = [
        f"{pair.where}: {pair.en!r} is {pair.zh!r}, which lacks {lacking}"
        for pair in all_pairs()
        if pair.en not in _TABLE["exceptions"]
        for lacking in [[zh for zh in wanted(pair.en) if zh not in pair.zh]]
        if lacking
    ]
    assert not wrong, "\n".join(wrong)


def test_no_word_that_a_centre_would_not_use_is_left() -> None:
    wrong = [
        f"{where}: {found.group()!r} in {line.strip()[:120]!r}; better {better}"
        for where, line in chinese_lines()
        for pattern, better in _TABLE["forbidden"].items()
        for found in re.finditer(pattern, line)
        if not where.startswith(_TYPED)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_still_needed() -> None:
    needed = {pair.en for pair in all_pairs() if any(zh not in pair.zh for zh in wanted(pair.en))}
    assert [text for text in _TABLE["exceptions"] if text not in needed] == []


def wanted(en: str) -> Iterator[str]:
    """The Chinese terms that a text must have: of matches that overlap, the longest counts."""
    matches = [(found.span(), zh) for term, zh in _TERMS for found in term.finditer(en)]
    matches.sort(key=lambda one: one[0][0] - one[0][1])
    taken: list[tuple[int, int]] = []
    for (start, end), zh in matches:
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            if zh:
                yield zh
