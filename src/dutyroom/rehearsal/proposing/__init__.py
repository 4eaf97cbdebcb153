"""From a scenario to a proposal: what could be better, as a scenario, rehearsed beside today's."""
