"""Members of the centre: staff who sign in, and gateways that carry a token."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from dutyroom.policy import ROLES


class Members(BaseUserManager["Member"]):
    """Find and make members."""

    def enrol(
        self, name: str, role: str, password: str, *, title: str = "", unit: str = ""
    ) -> "Member":
        """Make a member, or bring an existing one up to date."""
        member, _ = self.update_or_create(
            name=name, defaults={"role": role, "title": title or name, "unit": unit}
        )
        if not member.check_password(password):
            member.set_password(password)
            member.save()
        return member


class Member(AbstractBaseUser):
    """Somebody who may sign in. ``name`` is the staff number; ``unit`` the officer's own unit."""

    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    unit = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)

    objects: ClassVar[Members] = Members()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name
