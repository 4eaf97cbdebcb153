"""The product's settings with one more route: a bare INSERT. For benchmarks only."""

from dutyroom.site.settings import *  # noqa: F403 (all of them, and then one is changed)

ROOT_URLCONF = "bench.bare_urls"
