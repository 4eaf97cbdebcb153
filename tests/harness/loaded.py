"""What `forked` loads once: modules that know neither a room nor Django's settings."""

import gc
from importlib import import_module

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
gc.collect()
gc.freeze()
