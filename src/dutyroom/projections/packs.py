"""Which city pack is in force: the last one adopted in the journal, read from the room's folder."""

import json
import shutil
import threading
from pathlib import Path

from django.conf import settings

from dutyroom.citypack import CityPack, PackRefused, read_pack
from dutyroom.journal.models import JournalEntry
from dutyroom.machine.files import whole_folder

_loaded: dict[str, CityPack] = {}
_guard = threading.Lock()


class NoPack(Exception):
    """No city pack was adopted yet, or its folder is gone or altered."""


def keep(folder: Path) -> CityPack:
    """Read and check a pack, and copy it into the room, under its hash. Raises `PackRefused`."""
    pack = read_pack(folder)
    kept = settings.HOME.packs / pack.hash
    if not kept.is_dir():
        with whole_folder(kept) as half:
            shutil.copytree(folder, half, dirs_exist_ok=True)
    return load(pack.hash)


def load(hash_: str) -> CityPack:
    """The kept pack of a hash. Raises `NoPack` if it is missing or not what its hash says."""
    with _guard:
        if hash_ not in _loaded:
            folder = settings.HOME.packs / hash_
            if not folder.is_dir():
                raise NoPack(f"the city pack {hash_[:12]} is missing from {settings.HOME.packs}")
            altered = NoPack(f"the city pack in {folder} was altered: restore it from a backup")
            try:
                pack = read_pack(folder)
            except PackRefused:
                raise altered from None
            if pack.hash != hash_:
                raise altered
            _loaded[hash_] = pack
        return _loaded[hash_]


def adopted_hash() -> str | None:
    """The hash of the pack in force, None before the first."""
    last = (
        JournalEntry.objects.filter(stream="centre", type="centre.pack_adopted.v1")
        .order_by("-version")
        .values_list("body", flat=True)
        .first()
    )
    return None if last is None else str(json.loads(bytes(last))["hash"])


def pack_in_force() -> CityPack:
    """The adopted pack. Raises `NoPack`."""
    hash_ = adopted_hash()
    if hash_ is None:
        raise NoPack("no city pack was adopted yet: run `dutyroom pack adopt FOLDER`")
    return load(hash_)
