"""The paths of the console's pages behind the sign-in.

Made by tools/console_pages.py from console/src/pages.ts.
"""

PAGES = (
    "agreements",
    "audit",
    "bulletin",
    "callbacks",
    "calls",
    "clocks",
    "desk",
    "desks",
    "dispatch",
    "field",
    "handover",
    "joint",
    "loop",
    "matters",
    "notices",
    "orders",
    "partner",
    "places",
    "plan",
    "practice",
    "ratings",
    "referrals",
    "stages",
    "station",
    "supervise",
    "tasks",
    "watch",
)
