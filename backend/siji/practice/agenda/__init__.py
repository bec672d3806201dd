"""What is next for a student: all that is set, what is due first on top.

``rules`` (pure) says how one assignment stands for one student, ``work`` reads a student's.
"""
