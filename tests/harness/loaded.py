"""What `forked` loads once: modules that know neither a room nor Django's settings, and machine code
that is there already (where it isn't, whoever needs it says that it compiles)."""

import gc
from importlib import import_module
from pathlib import Path

for name in (
    "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.auth.hashers",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.db.models",
    "dutyroom.citypack.demo_city",
    "dutyroom.cli.main",
    "dutyroom.dispatch",
    "dutyroom.domain",
    "dutyroom.planning.plans",
    "dutyroom.policy",
    "dutyroom.rehearsal.lookahead.differences",
    "dutyroom.rehearsal.lookahead.many",
    "dutyroom.rehearsal.results.figures",
    "pydantic",
    "tests.harness.forked",
    "uvicorn",
):
    import_module(name)

from dutyroom.dispatch import kernels, warm  # noqa: E402
from dutyroom.dispatch.jit import is_compiled  # noqa: E402
from dutyroom.rehearsal.simulation import warm as warm_rehearsal  # noqa: E402

if is_compiled(Path(kernels.__file__)):
    warm.warm_up()
if warm_rehearsal.is_warm():
    warm_rehearsal.warm_up()
gc.collect()
gc.freeze()
