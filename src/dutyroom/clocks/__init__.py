"""Clocks as arithmetic: calendars, rules, deadlines, and why a deadline is what it is. Pure."""
