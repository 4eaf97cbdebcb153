"""What may be done with a unit in which state, and with its emergency."""

from typing import Final

from dutyroom.domain.kernel import table

UNIT: Final = table(
    "none        off_duty    unavailable     available committed",
    {
        "unit.sign_on": "UnknownUnit GO GO GO GO",
        "unit.sign_off": "UnknownUnit DONE GO GO UnitAlreadyCommitted",
        "unit.mark_unavailable": "UnknownUnit UnitOffDuty GO GO GO",
        "unit.mark_available": "UnknownUnit UnitOffDuty GO DONE GO",
        "unit.hear_from": "UnknownUnit UnitOffDuty GO GO GO",
        # An emergency is never refused, whatever the unit's duty.
        "unit.raise_emergency": "UnknownUnit GO GO GO GO",
        "unit.acknowledge_emergency": "UnknownUnit GO GO GO GO",
        "unit.end_emergency": "UnknownUnit GO GO GO GO",
        "<dispatch>": "UnknownUnit UnitOffDuty UnitUnavailable GO UnitAlreadyCommitted",
    },
)

EMERGENCY: Final = table(
    "quiet       raised       acknowledged",
    {
        "unit.raise_emergency": "GO DONE GO",
        "unit.acknowledge_emergency": "NoEmergency GO DONE",
        "unit.end_emergency": "DONE EmergencyNotAcknowledged GO",
        "unit.sign_off": "GO EmergencyGoesOn EmergencyGoesOn",
        "<send>": "GO UnitInEmergency UnitInEmergency",
    },
)
