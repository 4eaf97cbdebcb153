"""What if: replications of one scenario, paired comparison of several, sweeps of thousands."""
