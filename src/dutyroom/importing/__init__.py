"""Recorded calls by data contract: read, judge row by row, keep as a dataset."""
