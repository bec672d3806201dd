"""What is next: for a student all that is set, what is due first on top; for a teacher what waits for them today.

``rules`` (pure) says how one assignment stands for one student, ``work`` reads a student's, ``duties`` a teacher's.
"""
