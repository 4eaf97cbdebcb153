"""The journal's tables. Written by `append` and `keys` only, by raw statements."""

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """One event. ``hash`` covers every other column and the hash of the entry before."""

    position = models.BigIntegerField(primary_key=True)
    stream = models.CharField(max_length=60)
    version = models.BigIntegerField()
    type = models.CharField(max_length=60)
    recorded_at_ms = models.BigIntegerField()
    occurred_at_ms = models.BigIntegerField()
    actor = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    action = models.CharField(max_length=36)
    body = models.BinaryField()
    sealed = models.BinaryField(null=True)
    seal_key = models.CharField(max_length=60, null=True)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stream", "version"], name="one_version_per_stream")
        ]


class JournalAction(models.Model):
    """What was answered to an action, so that asking twice happens once."""

    action = models.CharField(max_length=36, primary_key=True)
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    result = models.BinaryField()


class JournalKey(models.Model):
    """The key of a call or an incident, wrapped by the centre's key; empty once erased."""

    name = models.CharField(max_length=60, primary_key=True)
    wrapped = models.BinaryField(null=True)
    made_at_ms = models.BigIntegerField()
    erased_at_ms = models.BigIntegerField(null=True)


class JournalLease(models.Model):
    """Which process does what only one does at a time, and until when it holds."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=40)
    until_ms = models.BigIntegerField()
