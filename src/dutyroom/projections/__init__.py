"""Read models: what boards and lists show, made from the journal and from nothing else."""
