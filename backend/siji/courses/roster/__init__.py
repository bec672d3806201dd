"""Bringing a class into a course from a file: read, check row by row, import all or nothing."""
