"""The indexes of lists that grow, built while people work."""

from django.db import migrations, models

from siji.storage.indexes import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("courses", "0002_tallies")]

    operations = [
        BuildIndex("course", models.Index(fields=["status", "-created_at"], name="course_status_created")),
        BuildIndex("course", models.Index(fields=["category", "level"], name="course_category_level")),
        BuildIndex("course", models.Index(fields=["teacher", "status", "-created_at"], name="course_teacher_status")),
        BuildIndex("course", models.Index(fields=["-created_at", "-id"], name="course_created")),
        BuildIndex(
            "enrollment",
            models.Index(fields=["course", "student"], name="enrollment_active", condition=models.Q(is_active=True)),
        ),
        BuildIndex(
            "enrollment",
            models.Index(fields=["student", "course"], name="enrollment_active_student", condition=models.Q(is_active=True)),
        ),
        BuildIndex(
            "progress",
            models.Index(fields=["assignment"], name="progress_nearly_done", condition=models.Q(progress_percentage__gte=80)),
        ),
    ]
