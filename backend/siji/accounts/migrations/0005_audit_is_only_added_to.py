"""The database refuses to change or delete an audit row, whoever asks; a chain of digests shows what was done to it elsewhere."""

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION accounts_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE ON accounts_auditentry
  FOR EACH ROW EXECUTE FUNCTION accounts_only_added();
CREATE TRIGGER seal_only_added BEFORE UPDATE OR DELETE ON accounts_auditseal
  FOR EACH ROW EXECUTE FUNCTION accounts_only_added();
"""
ALLOW = """
DROP TRIGGER seal_only_added ON accounts_auditseal;
DROP TRIGGER audit_only_added ON accounts_auditentry;
DROP FUNCTION accounts_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_trust_and_appeals")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="accounts.auditentry"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
