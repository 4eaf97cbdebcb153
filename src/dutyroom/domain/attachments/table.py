"""What may be done with an attachment in which state."""

from typing import Final

from dutyroom.domain.kernel import table

ATTACHMENT: Final = table(
    "none kept struck",
    {
        "attachment.add": "GO AttachmentExists AttachmentExists",
        "attachment.strike": "UnknownAttachment GO DONE",
        "attachment.restore": "UnknownAttachment DONE GO",
    },
)
