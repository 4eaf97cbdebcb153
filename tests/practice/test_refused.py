"""A scenario that can't be practised leaves nothing behind."""

from pathlib import Path

import pytest
from tests.harness.commands import dutyroom

pytestmark = [pytest.mark.slow]


def test_a_practice_that_is_refused_on_the_command_line_leaves_no_folder(tmp_path: Path) -> None:
    scenario = tmp_path / "night.json"
    scenario.write_text('{"name": "night", "base": "nowhere"}')
    home = tmp_path / "home"
    ran = dutyroom("practice", str(scenario), "--port", "8468", home=home)
    assert ran.code == 1, ran
    assert f'there is no "{tmp_path / "nowhere"}"' in ran.err
    assert [*(home / "practice").iterdir()] == []
