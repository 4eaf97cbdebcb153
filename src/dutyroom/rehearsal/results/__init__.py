"""What a rehearsal says: records of calls and unit intervals, and the figures drawn from them."""
