from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("practice", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE practice_answer ADD COLUMN IF NOT EXISTS drill_note text"),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY IF NOT EXISTS drill_note ON practice_answer (drill_note)"),
    ]
