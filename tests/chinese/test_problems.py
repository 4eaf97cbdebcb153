"""Whatever can be wrong with a city pack or a scenario is said in Chinese, too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutyroom.citypack import problems_zh as of_packs
from dutyroom.core.text import Text
from dutyroom.reading.problems import Problem
from dutyroom.rehearsal.scenario import problems_zh as of_scenarios
from dutyroom.rehearsal.scenario.said import FileProblem, in_chinese, said
from tests.chinese.pairs import HAN, ROOT

pytestmark = pytest.mark.unit
FOLDERS = ("reading", "citypack", "rehearsal/scenario")
NOTING = {"problem": 2, "add": 2, "Problem": 2, "_refused": 1, "_missing": 1, "read_json": 1}
"""What notes a problem, and how many of its last arguments are said."""
PAIRS = (*of_packs.ALL, *of_scenarios.ALL)


def test_every_message_and_remedy_has_its_chinese() -> None:
    found = list(messages())
    assert len(found) > 250, "the walk finds them"
    lacking = [f"{where}: {text}" for where, text in found if not HAN.search(in_chinese(text))]
    assert not lacking, "\n".join(lacking)


def test_no_chinese_is_left_of_what_is_no_longer_said() -> None:
    texts = "\n".join(
        re.sub(r"[\"']\s+f?[\"']", "", path.read_text("utf-8").replace("\\", ""))  # in one piece
        for folder in FOLDERS
        for path in (ROOT / "src/dutyroom" / folder).rglob("*.py")
        if path.name != "problems_zh.py"
    )
    # Of a message its longest stretch stands in the source; what libraries say doesn't.
    said_by_libraries = {
        en for name in ("CSV", "JSON", "FILES") for en, _ in getattr(of_packs, name)
    }
    gone = [
        en
        for en, _ in PAIRS
        if en not in said_by_libraries and max(en.split("{}"), key=len)[:20].strip() not in texts
    ]
    assert gone == []


def test_no_message_has_two_translations() -> None:
    english = [en for en, _ in PAIRS]
    assert sorted(english) == sorted(set(english))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('unknown point "n, 9"', "未知的点“n, 9”"),
        ("Write one of home, stay", "请写以下之一：home、stay"),
        ("not JSON: Expecting ',' delimiter", "不是有效的 JSON：此处应有逗号"),
        ("Name a file of points, or name a base", "请指定点文件，或指定上级想定"),
        ("Write { ... }", "请写成 { } 的形式"),
        (
            'calls of "FIRE", "GAS" and 2 more need 2 units with "ladder", of which there is 1',
            '"FIRE"、"GAS" 及另外 2 个的报警需要 2 个具备“ladder”的处警单元，现有 1 个',
        ),
        (
            'there is no way from the point "n1" to any facility, where calls from there are taken',
            "从点“n1”没有路到任何送达地点，而那里的报警要送往该处",
        ),
        ("what a library says", "what a library says"),
        (f'unknown unit "{"x" * 3000}"', f'unknown unit "{"x" * 3000}"'),
    ],
)
def test_what_is_filled_in_stands_where_it_belongs(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_a_problem_keeps_its_place_and_its_english() -> None:
    assert said(Problem("a.json", 3, "there is no unit", "Add at least one")) == FileProblem(
        file="a.json",
        line=3,
        message=Text("there is no unit", "没有处警单元"),
        remedy=Text("Add at least one", "请至少加一个"),
    )


def messages() -> Iterator[tuple[str, str]]:
    """Every text of a call that notes a problem, with something filled in, and where it stands."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "src/dutyroom" / folder).rglob("*.py")):
            yield from _of_file(path)


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        for expression in _said_in(node):
            names = assigned.get(expression.id, []) if isinstance(expression, ast.Name) else []
            for text in [text for one in names or [expression] for text in _texts(one)]:
                yield f"{path.relative_to(ROOT)}:{expression.lineno}", text


def _said_in(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        fits = name != "add" or len(node.args) > 2  # a set has one of its own
        yield from node.args[-NOTING[name] :] if name in NOTING and fits else ()
    if isinstance(node, ast.FunctionDef) and node.name == "wrong":
        for inner in ast.walk(node):
            if isinstance(inner, ast.Tuple) and len(inner.elts) == 2:
                yield from inner.elts


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
