"""The index of the search, built while people work."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from siji.storage.indexes import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("courses", "0004_search")]

    operations = [
        BuildIndex("course", GinIndex(fields=["search"], name="course_search")),
    ]
