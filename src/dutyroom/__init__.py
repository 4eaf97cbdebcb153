"""Dutyroom: every call for help through its whole life, and the proof of it."""
