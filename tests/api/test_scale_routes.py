"""What the large room is asked by the benchmark."""

from bench.scale_inside import listed
from bench.scale_routes import ASKED, NOT_ASKED, unlisted


def test_every_route_that_reads_is_measured_or_says_why_not() -> None:
    assert unlisted(listed()) == set()
    assert not ASKED.keys() & NOT_ASKED.keys()


def test_a_new_route_is_missed() -> None:
    assert unlisted([*listed(), "/api/something-new"]) == {"/something-new"}
