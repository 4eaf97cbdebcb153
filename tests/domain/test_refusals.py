"""Refusals: each has a name, and says in both languages what is wrong and what to do next."""

import inspect
import json
from collections.abc import Callable
from typing import get_args
from uuid import UUID

import pytest

from dutyroom.core.text import Text
from dutyroom.domain import AGGREGATES, refusals
from dutyroom.domain.kernel import DONE, GO, Refusal

CONSTRUCTORS = {
    name: function
    for name, function in inspect.getmembers(refusals, inspect.isfunction)
    if function.__module__ == refusals.__name__
} | {function.__name__: function for one in AGGREGATES for function in one.refusals}
SAMPLES: dict[object, object] = {
    UUID: UUID(int=7),
    str: "P1",
    Text: Text("Gucheng", "谷城"),
    int: 5,
    object: "x",
    refusals.Coded: "reason",
}


def build(function: Callable[..., Refusal]) -> Refusal:
    hints = inspect.get_annotations(function)
    return function(
        **{
            name: SAMPLES.get(
                hint, () if name in ("missing", "incidents", "known", "numbers", "there") else None
            )
            for name, hint in hints.items()
            if name != "return"
        }
    )


@pytest.mark.parametrize("name", sorted(CONSTRUCTORS))
def test_a_refusal_says_what_is_wrong_and_what_to_do_in_both_languages(name: str) -> None:
    refusal = build(CONSTRUCTORS[name])
    assert refusal.name == name.title().replace("_", "")
    json.dumps(dict(refusal.params))
    for text in (refusal.message, refusal.remedy):
        assert text.en.endswith(".")
        assert text.zh.endswith(("。", "）。"))
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.en)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
    assert refusal.message != refusal.remedy


@pytest.mark.parametrize("field", get_args(refusals.Coded.__value__))
def test_a_value_that_is_not_in_its_list_is_told_without_the_name_of_the_field(
    field: refusals.Coded,
) -> None:
    text = refusals.unknown_code(field, "?").message
    assert "_" not in text.en
    assert not any(letter.isascii() and letter.isalpha() for letter in text.zh)


def test_no_refusal_has_the_name_of_another() -> None:
    of_records = [function.__name__ for one in AGGREGATES for function in one.refusals]
    shared = [name for name, _ in inspect.getmembers(refusals, inspect.isfunction)]
    assert len(of_records) == len(set(of_records))
    assert not set(of_records) & {name for name in shared if name != "refusal"}


def test_every_refusal_of_the_tables_has_a_constructor() -> None:
    names = {name.title().replace("_", "") for name in CONSTRUCTORS}
    tables = [table for one in AGGREGATES for table in one.tables.values()]
    cells = {cell for table in tables for cell in table.values()}
    assert cells - {GO, DONE} <= names
