"""What an officer's telephone offers next is what the room takes."""

from dutyroom.domain.incidents.table import ASSIGNMENT
from dutyroom.readings.records import NEXT_STEPS


def test_no_step_is_offered_that_the_room_refuses() -> None:
    for state, verbs in NEXT_STEPS.items():
        assert {ASSIGNMENT[state, verb] for verb in verbs} == {"GO"}, state
