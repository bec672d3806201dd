from django.db import migrations

# Of what is completed, courses 0002 cannot tell whether a retake is open: only attempts say so.
RETAKES = """
UPDATE courses_progress AS progress SET writing_since = attempt.created_at
FROM practice_attempt AS attempt
WHERE attempt.closed_at IS NULL AND progress.writing_since IS NULL
    AND progress.assignment_id = attempt.assignment_id AND progress.student_id = attempt.student_id
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial"), ("courses", "0006_progress_writing_since")]

    operations = [migrations.RunSQL(RETAKES, migrations.RunSQL.noop)]
