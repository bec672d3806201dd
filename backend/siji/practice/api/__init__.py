"""Attempts and answers, a teacher's decisions about them, the marking desk, class results."""

from siji.practice.api.attempts import attempts
from siji.practice.api.deciding import deciding
from siji.practice.api.marking import marking
from siji.practice.api.results import results

__all__ = ["attempts", "deciding", "marking", "results"]
