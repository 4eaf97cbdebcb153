"""The event-driven simulation: arrays in, one record per call and per unit interval out."""
