"""Passwords that tests hash in their own process: by the product's algorithm, at hardly any cost."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hashers


class Quick(Argon2PasswordHasher):
    """What the product's own costs, a test of signing in says; its servers are asked for it."""

    time_cost, memory_cost, parallelism = 1, 1024, 1


def hash_quickly() -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.{Quick.__name__}"]
    get_hashers.cache_clear()
