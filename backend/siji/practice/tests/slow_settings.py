"""The product's settings with one more address, whose answer takes as long as it is asked to: for a real API process."""

from siji.settings import *  # noqa: F403

ROOT_URLCONF = "siji.practice.tests.slow_urls"
