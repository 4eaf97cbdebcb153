"""What tests keep of long calculations is calculated anew with every change of what it is made of."""

from functools import partial
from pathlib import Path

import pytest

from tests.harness import kept as keeping
from tests.harness.kept import hash_of, kept

pytestmark = pytest.mark.unit


def package(root: Path) -> Path:
    """A checkout with one module of the engine; returns the module."""
    module = root / "src" / "dutyroom" / "core" / "one.py"
    module.parent.mkdir(parents=True)
    module.write_text("A = 1\n")
    return module


def test_it_is_calculated_once_and_again_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ROOT", tmp_path)
    monkeypatch.setattr(keeping, "DEEP", False)
    module, test = package(tmp_path), tmp_path / "test.py"
    test.write_text("1\n")
    calculated: list[int] = []

    def look(name: str = "one") -> int:
        def calculate() -> int:
            calculated.append(1)
            return len(calculated)

        return kept(name, calculate, test, folder=tmp_path / "kept")

    assert (look(), look()) == (1, 1)
    module.write_text("A = 2\n")
    assert (look(), look()) == (2, 2)
    test.write_text("2\n")
    assert (look(), look()) == (3, 3)
    assert (look("another"), look("another"), look()) == (4, 4, 3)
    module.with_name("two.py").write_text("")
    assert look() == 5
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(b"")
    assert look() == 6, "what can't be read is calculated"


def test_at_night_nothing_kept_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DEEP", True)
    assert [kept("one", partial(int, at), folder=tmp_path) for at in (1, 2)] == [1, 2]


def test_the_hash_covers_the_engine_of_this_checkout() -> None:
    names = {one.name for one in (keeping.ROOT / "src" / "dutyroom").iterdir() if one.is_dir()}
    assert set(keeping.PURE) <= names
    assert hash_of("one") != hash_of("two")
