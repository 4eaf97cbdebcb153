"""What the engine recommends, as it is answered."""

import msgspec
import pytest

from dutyroom.advice.answers import recommended
from dutyroom.dispatch.words import Candidate, NeedAnswer, Reason, Recommendation

pytestmark = pytest.mark.unit


def test_the_answer_reads_as_the_api_promises() -> None:
    found = Recommendation(
        needs=(NeedAnswer("patrol", 1, (), ("P1",), 0),),
        chosen=("P1",),
        candidates=(
            Candidate(
                unit="P1",
                kind="car",
                arrival_s=60.0,
                widened_s=5.0,
                capabilities=("patrol",),
                chosen=True,
                reasons=(Reason("chosen_nearest_for_need", {"capability": "patrol"}),),
            ),
        ),
        reasons=(),
        nearer_not_shown=2,
    )
    answer = recommended(found, at_ms=7, took_ms=0.5, advice="signed")
    assert msgspec.json.decode(msgspec.json.encode(answer)) == {
        "needs": [
            {"capability": "patrol", "count": 1, "assigned": [], "chosen": ["P1"], "shortfall": 0}
        ],
        "chosen": ["P1"],
        "candidates": [
            {
                "unit": "P1",
                "kind": "car",
                "arrival_s": 60.0,
                "widened_s": 5.0,
                "capabilities": ["patrol"],
                "chosen": True,
                "stale": True,
                "coverage_loss": None,
                "load_s": 0.0,
                "reasons": [
                    {"code": "chosen_nearest_for_need", "params": {"capability": "patrol"}}
                ],
            }
        ],
        "reasons": [],
        "nearer_not_shown": 2,
        "at_ms": 7,
        "took_ms": 0.5,
        "advice": "signed",
    }
