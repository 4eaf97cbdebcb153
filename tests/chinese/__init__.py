"""The Chinese of the project: one English term, one Chinese term."""
