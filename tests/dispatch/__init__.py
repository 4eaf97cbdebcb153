"""Tests of the dispatch engine."""
