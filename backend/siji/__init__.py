"""Siji (四级): a self-hosted training system for CET-4."""

__version__ = "0.1.0"
