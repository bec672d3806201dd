"""A school to look at: people, courses, sat papers and marks, made through the product's own actions."""

from siji.embedded.demo.school import load_demo

__all__ = ["load_demo"]
