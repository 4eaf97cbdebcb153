"""What may be done with a referral in which state."""

from typing import Final

from dutyroom.domain.kernel import table

REFERRAL: Final = table(
    "none sent expired accepted in_progress done refused recalled closed",
    {
        "referral.send": (
            "GO ReferralExists ReferralExists ReferralExists ReferralExists ReferralExists"
            " ReferralExists ReferralExists ReferralExists"
        ),
        "referral.accept": (
            "UnknownReferral GO GO DONE ReferralHasMovedOn ReferralHasMovedOn ReferralHasMovedOn"
            " ReferralIsOver ReferralIsOver"
        ),
        "referral.refuse": (
            "UnknownReferral GO GO ReferralHasMovedOn ReferralHasMovedOn ReferralHasMovedOn DONE"
            " ReferralIsOver ReferralIsOver"
        ),
        # Not once it was begun: then it is with the partner.
        "referral.undo_answer": (
            "UnknownReferral DONE DONE GO ReferralHasMovedOn ReferralHasMovedOn GO"
            " ReferralIsOver ReferralIsOver"
        ),
        "referral.start": (
            "UnknownReferral ReferralNotReady ReferralNotReady GO DONE GO ReferralHasMovedOn"
            " ReferralIsOver ReferralIsOver"
        ),
        "referral.finish": (
            "UnknownReferral ReferralNotReady ReferralNotReady GO GO DONE ReferralHasMovedOn"
            " ReferralIsOver ReferralIsOver"
        ),
        # Also from a partner who accepted and then falls silent: else the incident never ends.
        "referral.recall": (
            "UnknownReferral GO GO GO GO ReferralHasMovedOn ReferralHasMovedOn DONE ReferralIsOver"
        ),
        "referral.remind": (
            "UnknownReferral GO GO GO GO ReferralHasMovedOn ReferralHasMovedOn"
            " ReferralIsOver ReferralIsOver"
        ),
        "referral.close": (
            "UnknownReferral ReferralNotReady ReferralNotReady ReferralNotReady ReferralNotReady GO"
            " GO DONE DONE"
        ),
        "referral.reopen": ("UnknownReferral DONE DONE DONE DONE DONE DONE ReferralIsOver GO"),
        "referral.look_at": "UnknownReferral GO GO DONE DONE DONE DONE DONE DONE",
    },
)
