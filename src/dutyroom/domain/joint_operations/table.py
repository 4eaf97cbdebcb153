"""What may be done with a joint operation in which state."""

from typing import Final

from dutyroom.domain.kernel import table

_IN_IT = "UnknownJointOperation GO JointOperationIsOver"

JOINT_OPERATION: Final = table(
    "none open closed",
    {
        "joint_operation.begin": "GO JointOperationExists JointOperationExists",
        "joint_operation.join": _IN_IT,
        "joint_operation.leave": _IN_IT,
        "joint_operation.add_line": _IN_IT,
        "joint_operation.strike_line": _IN_IT,
        "joint_operation.tick_line": _IN_IT,
        "joint_operation.untick_line": _IN_IT,
        # What was written must not be lost because the operation is over meanwhile.
        "joint_operation.write_log": "UnknownJointOperation GO GO",
        "joint_operation.end": "UnknownJointOperation GO DONE",
        "joint_operation.reopen": "UnknownJointOperation DONE GO",
    },
)
