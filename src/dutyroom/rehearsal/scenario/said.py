"""The problems of a scenario for a page in either language. The command line is in English."""

import re
from functools import cache
from typing import Final

import msgspec

from dutyroom.citypack import problems_zh as of_packs
from dutyroom.core.text import Text
from dutyroom.reading.problems import Problem
from dutyroom.rehearsal.scenario import problems_zh as of_scenarios

_GAP: Final = "{}"
_LONGEST: Final = 2000
"""Matching takes the square of the length or more, and a file may hold any text."""
type _Known = tuple[re.Pattern[str], str, frozenset[int]]


class FileProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be put right in a file."""

    file: str
    line: int | None
    message: Text
    remedy: Text


def said(problem: Problem) -> FileProblem:
    """The file, the line, and message and remedy in both languages."""
    return FileProblem(
        file=problem.file,
        line=problem.line,
        message=_both(problem.message),
        remedy=_both(problem.remedy),
    )


def _both(text: str) -> Text:
    return Text(text, in_chinese(text))


def in_chinese(text: str) -> str:
    """A message or a remedy in Chinese. What has no Chinese, such as the words of a library, stays
    as it is, and so does what is longer than anybody reads."""
    if len(text) > _LONGEST:
        return text
    for pattern, chinese, quoted in _known():
        if found := pattern.fullmatch(text):
            parts = (
                part if at in quoted else in_chinese(part).replace(", ", "、")
                for at, part in enumerate(found.groups())
            )
            return chinese.format(*parts)
    return text


@cache
def _known() -> tuple[_Known, ...]:
    """What is said, the most exact first; and which of its parts were quoted from a file."""
    pairs = sorted(
        (*of_packs.ALL, *of_scenarios.ALL), key=lambda pair: -len(pair[0].replace(_GAP, ""))
    )
    return tuple((_pattern(en), zh, _quoted(en)) for en, zh in pairs)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split(_GAP))), re.DOTALL)


def _quoted(english: str) -> frozenset[int]:
    before = english.split(_GAP)[:-1]
    return frozenset(at for at, text in enumerate(before) if text.endswith('"'))
