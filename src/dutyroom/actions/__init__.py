"""The only door through which anything changes: policy, load, decide, append, project."""
