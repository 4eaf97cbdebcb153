"""Scenarios: a base, a call stream, a fleet with shifts, and rules, as small readable files."""
