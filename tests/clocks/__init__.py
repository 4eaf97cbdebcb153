"""Calendars, rules, deadlines and rulers."""
