"""What may be asked about the centre."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf

PackHash = Annotated[str, IdOf("pack")]


@dataclass(frozen=True, slots=True)
class AdoptPack(Command):
    """From now on this city pack gives codes, plans and places their meaning."""

    VERB: ClassVar[str] = "centre.adopt_pack"
    name: str
    version: str
    hash: PackHash
