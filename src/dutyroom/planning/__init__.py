"""The planners' desk: plans kept as scenario files, rehearsed in a process of their own."""
