"""The journal: append, hash, read, seal, verify. The truth; everything else can be rebuilt."""
