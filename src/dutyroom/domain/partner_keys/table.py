"""What may be done with a partner's API key in which state."""

from typing import Final

from dutyroom.domain.kernel import table

PARTNER_KEY: Final = table(
    "none active expired revoked",
    {
        "partner_key.add": "GO PartnerKeyExists PartnerKeyExists PartnerKeyExists",
        # One that has expired lets nobody in: the goal is reached.
        "partner_key.revoke": "UnknownPartnerKey GO DONE DONE",
    },
)
