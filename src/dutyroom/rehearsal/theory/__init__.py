"""What queueing theory says: quick answers to start from, and a check on the simulation."""
