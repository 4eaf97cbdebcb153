"""Reading which categories and priorities an entry of loop.json is for."""

from collections.abc import Collection

from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.reading.json_entry import Entry


def known_texts(entry: Entry, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
    """The texts of a list, each once and each of those that there are."""
    found: list[str] = []
    for text in entry.items(key):
        if not isinstance(text, str) or text not in known:
            entry.problem(key, f'there is no {what} "{text}"', "Correct it or remove it")
        elif text in found:
            entry.problem(key, f'"{text}" is given twice', "Keep one of the two entries")
        else:
            found.append(text)
    return tuple(found)


def categories_of(entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Codes of categories; empty for all."""
    return known_texts(entry, "categories", {one.code for one in vocabulary.categories}, "category")


def priorities_of(entry: Entry, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Levels of priorities; empty for all."""
    known = {one.level for one in vocabulary.priorities}
    found: list[int] = []
    for level in entry.items("priorities"):
        if isinstance(level, bool) or not isinstance(level, int) or level not in known:
            entry.problem("priorities", f"there is no priority {level}",
                          "Write levels of vocabulary.json")  # fmt: skip
        else:
            found.append(level)
    return tuple(found)
