"""What may be done with a loop and with a clock in which state."""

from typing import Final

from dutyroom.domain.kernel import table

LOOP: Final = table(
    "none open concluded merged",
    {
        "loop.approve": "NothingToApprove GO DONE NothingToApprove",
        "loop.withdraw_approval": "DONE GO TooLateToWithdraw DONE",
    },
)
CLOCK: Final = table(
    "none running paused met ended",
    {
        "loop.pause_clock": "UnknownClock GO DONE ClockIsOver ClockIsOver",
        "loop.resume_clock": "UnknownClock DONE GO ClockIsOver ClockIsOver",
        "loop.extend_clock": "UnknownClock GO ClockIsPaused ClockIsOver ClockIsOver",
        # The keeper may come too late, or twice: there is nothing to do then.
        "loop.look_at_clocks": "DONE GO DONE DONE DONE",
    },
)
