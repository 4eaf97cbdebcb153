"""Matching what was typed against names: by beginning, by word, and with typing errors."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from rapidfuzz import fuzz, process

from dutyroom.citypack.spelling import folded, spellings
from dutyroom.citypack.vocabulary import Category, Vocabulary

_SHORTEST_FUZZY = 3
_LIKENESS = 68.0
_FUZZY_WEIGHT = 0.9
_WORD_LIKENESS = 75.0
_WORD_WEIGHT = 0.8
_SURE = 90.0


class NameIndex:
    """Names in all their spellings; ``search`` gives (place in the list, score 0 to 100)."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self._owners = [owner for owner, every in enumerate(names) for _ in every]
        self._spellings = [spelling for every in names for spelling in every]
        # All spellings in one text, so that the exact search is one scan and not thousands.
        self._text = "".join(spelling + "\n" for spelling in self._spellings)
        self._words: dict[str, list[int]] = {}
        for owner, every in enumerate(names):
            for word in {word for spelling in every for word in spelling.split()}:
                if len(word) >= _SHORTEST_FUZZY:
                    self._words.setdefault(word, []).append(owner)
        self._word_list = list(self._words)
        self._starts = [0, *accumulate(len(spelling) + 1 for spelling in self._spellings)]

    def search(self, typed: str, limit: int) -> list[tuple[int, float]]:
        """The best names for a folded text, best first; on a tie the earlier one of the list."""
        if not typed or not self._spellings:
            return []
        best: dict[int, float] = {}
        together = typed.replace(" ", "")
        for wanted in {typed, together}:
            for match in re.finditer(re.escape(wanted), self._text):
                spelling = bisect_right(self._starts, match.start()) - 1
                at = match.start() - self._starts[spelling]
                score = _plain_score(self._spellings[spelling], wanted, at)
                owner = self._owners[spelling]
                best[owner] = max(best.get(owner, 0.0), score)
        if len(together) >= _SHORTEST_FUZZY and sum(s >= _SURE for s in best.values()) < limit:
            alike = [*self._alike(typed, limit), *self._alike_by_word(typed)]
            for owner, score in alike:
                best[owner] = max(best.get(owner, 0.0), score)
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _alike(self, typed: str, limit: int) -> list[tuple[int, float]]:
        """Names that differ by a few letters (indel likeness, as rapidfuzz defines it)."""
        found = process.extract(
            typed,
            self._spellings,
            scorer=fuzz.ratio,
            limit=4 * limit,
            score_cutoff=_LIKENESS,
        )
        return [(self._owners[spelling], score * _FUZZY_WEIGHT) for _, score, spelling in found]

    def _alike_by_word(self, typed: str) -> list[tuple[int, float]]:
        """Names that have a word like each typed word: a slip in one word of a long name."""
        words = [word for word in typed.split() if len(word) >= _SHORTEST_FUZZY]
        sums: dict[int, float] = {}
        for word in words:
            found = process.extract(
                word, self._word_list, scorer=fuzz.ratio, limit=5, score_cutoff=_WORD_LIKENESS
            )
            best: dict[int, float] = {}
            for alike, score, _ in found:
                for owner in self._words[alike]:
                    best[owner] = max(best.get(owner, 0.0), score)
            for owner, score in best.items():
                sums[owner] = sums.get(owner, 0.0) + score
        whole = ((owner, total / len(words)) for owner, total in sums.items())
        return [(owner, score * _WORD_WEIGHT) for owner, score in whole if score >= _LIKENESS]


def _plain_score(spelling: str, wanted: str, at: int) -> float:
    """Without typing errors: the same, the beginning, the beginning of a word, somewhere within."""
    share = len(wanted) / len(spelling)
    if share == 1.0:
        return 100.0
    if at == 0:
        return 90.0 + 8.0 * share
    if spelling[at - 1] == " ":
        return 80.0 + 8.0 * share
    return 55.0 + 25.0 * share if len(wanted) > 1 else 20.0


def match_categories(vocabulary: Vocabulary, text: str, limit: int = 8) -> list[Category]:
    """Categories for what was typed: code, name or word, English, Chinese or pinyin, with errors.

    Retired categories are never offered. Nothing typed offers the most urgent ones.
    """
    offered, index = _category_index(vocabulary)
    typed = folded(text)
    if not typed:
        return sorted(offered, key=lambda category: category.priority)[:limit]
    found = index.search(typed, limit) or _by_any_word(index, typed, limit)
    return [offered[number] for number, _ in found]


def _by_any_word(index: NameIndex, typed: str, limit: int) -> list[tuple[int, float]]:
    """A sentence that fits nothing as a whole: what one of its words names, the surest first."""
    best: dict[int, float] = {}
    for word in typed.split():
        if len(word) < _SHORTEST_FUZZY:
            continue
        for owner, score in index.search(word, limit):
            if score >= _SURE:
                best[owner] = max(best.get(owner, 0.0), score)
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


@lru_cache(maxsize=8)
def _category_index(vocabulary: Vocabulary) -> tuple[tuple[Category, ...], NameIndex]:
    offered = tuple(category for category in vocabulary.categories if not category.retired)
    names = []
    for category in offered:
        every = [folded(category.code), folded(category.code).replace(" ", "")]
        every += spellings(category.text.en, category.text.zh)
        for word in category.words:
            every += spellings(word, word)
        names.append(tuple(dict.fromkeys(every)))
    return offered, NameIndex(names)
