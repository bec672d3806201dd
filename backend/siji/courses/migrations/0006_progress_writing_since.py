from django.db import migrations, models

from siji.storage.indexes import BuildIndex

WHO_WRITES_NOW = "UPDATE courses_progress SET writing_since = updated_at WHERE status = 'in_progress'"


class Migration(migrations.Migration):
    """Outside a transaction, so that nobody's saving waits while the index is built."""

    atomic = False

    dependencies = [("courses", "0005_search_index")]

    operations = [
        migrations.AddField("progress", "writing_since", models.DateTimeField(null=True)),
        migrations.RunSQL(WHO_WRITES_NOW, migrations.RunSQL.noop),
        BuildIndex(
            "progress",
            models.Index(fields=["assignment"], name="progress_writing", condition=models.Q(writing_since__isnull=False)),
        ),
    ]
