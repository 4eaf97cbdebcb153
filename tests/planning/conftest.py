from pathlib import Path

import pytest

from dutyroom.planning.plans import Plans


@pytest.fixture
def plans(tmp_path: Path, city: Path) -> Plans:
    """Of a room that has none yet."""
    return Plans(tmp_path / "plans", city)
