"""What `dutyroom play demo` prints for a new user."""

import pytest

from dutyroom.cli.playing import _say_what_to_try
from dutyroom.site.rooms import DISTRICT_DISPATCHER


def test_the_colleague_who_can_take_over_the_desk_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _say_what_to_try("127.0.0.1", 8000, "demo")
    assert DISTRICT_DISPATCHER in capsys.readouterr().out
