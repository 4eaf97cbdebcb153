"""Calls from outside: recorded ones by data contract, generated ones for a demo."""
