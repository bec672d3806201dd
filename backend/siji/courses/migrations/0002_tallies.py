"""Stored numbers of courses, kept by triggers. Writers of courses wait while the numbers are counted once: about a second for
a million enrolments."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from siji.courses import tallies


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseTally",
            fields=[
                ("course", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="tally", serialize=False, to="courses.course")),
                ("student_count", models.IntegerField(default=0)),
                ("progress_sum", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("assignment_count", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CourseCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(choices=[("draft", "Draft"), ("active", "Active"), ("completed", "Completed"), ("archived", "Archived")], max_length=10)),
                ("number", models.IntegerField(default=0)),
                ("teacher", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name="coursecount",
            constraint=models.UniqueConstraint(fields=("teacher", "status"), name="course_count_once"),
        ),
        migrations.RunSQL(tallies.TRIGGERS, tallies.NO_TRIGGERS),
        migrations.RunSQL(tallies.FILL, migrations.RunSQL.noop),
    ]
