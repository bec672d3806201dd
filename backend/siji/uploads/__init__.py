"""Bytes on their way in: large files in pieces over bad networks, resumed and never begun again (tus 1.0).

A room of its own below the rooms that use it: what is done with a finished upload (a syllabus, a recording) is theirs.
"""
