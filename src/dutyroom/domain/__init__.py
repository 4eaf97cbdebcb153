"""Calls, incidents, assignments, units and the desk: what may happen, and what it changes. Pure."""
