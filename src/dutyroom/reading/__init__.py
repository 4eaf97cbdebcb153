"""Checked files: CSV and JSON, and problems with file, line and remedy."""
