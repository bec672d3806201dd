from django.db import migrations


class Migration(migrations.Migration):
    """By itself: PostgreSQL does not change a table in the transaction that has just written rows which refer to it."""

    dependencies = [("practice", "0003_late_acceptances")]

    operations = [
        migrations.RemoveField(model_name="lateanswer", name="accepted_at"),
        migrations.RemoveField(model_name="lateanswer", name="accepted_by"),
    ]
