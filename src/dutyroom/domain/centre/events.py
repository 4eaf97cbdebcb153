"""Events of the centre. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.centre.commands import PackHash
from dutyroom.domain.kernel import Event


@dataclass(frozen=True, slots=True)
class PackAdopted(Event):
    TYPE: ClassVar[str] = "centre.pack_adopted.v1"
    name: str
    version: str
    hash: PackHash
