"""Where: courses, enrolment, rosters, assignments of papers, progress."""
