"""Rehearsal: the same dispatch decisions, fed with calls of the past or of a possible tomorrow."""
