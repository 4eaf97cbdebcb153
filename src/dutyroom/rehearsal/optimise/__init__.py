"""Proposals for posts, staffing, rosters, districts and move-ups; each beside today's."""
