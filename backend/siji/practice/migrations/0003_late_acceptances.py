import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Of several accepted values of an item the newest has counted: the others were overruled when it was accepted.
DECIDED = """
INSERT INTO practice_lateacceptance (attempt_id, slot, late_id, by_id, at, withdrawn_by_id, withdrawn_at)
SELECT attempt_id, slot, id, accepted_by_id, accepted_at,
    CASE WHEN place > 1 THEN newest_by END, CASE WHEN place > 1 THEN newest_at END
FROM (
    SELECT *, row_number() OVER newest_first AS place,
        first_value(accepted_by_id) OVER newest_first AS newest_by, first_value(accepted_at) OVER newest_first AS newest_at
    FROM practice_lateanswer WHERE accepted_at IS NOT NULL
    WINDOW newest_first AS (PARTITION BY attempt_id, slot ORDER BY seq DESC, id DESC)
) AS accepted
"""
STANDING = """
UPDATE practice_lateanswer AS late SET accepted_by_id = decided.by_id, accepted_at = decided.at
FROM practice_lateacceptance AS decided WHERE decided.late_id = late.id AND decided.withdrawn_at IS NULL
"""
PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [("practice", "0002_retakes_are_written")]

    operations = [
        migrations.CreateModel(
            name="LateAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.CharField(max_length=4)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="late_acceptances", to="practice.attempt"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=PERSON)),
                (
                    "late",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="acceptances", to="practice.lateanswer"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=PERSON),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("attempt", "slot"),
                        name="late_acceptance_stands_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(DECIDED, STANDING),
    ]
