"""Functions that reserve and settle a call's budgets. What runs without them goes on as before."""

from django.db import migrations

from siji.ai import budgets


class Migration(migrations.Migration):
    dependencies = [("ai", "0002_no_consent_is_an_ending")]
    operations = [migrations.RunSQL(budgets.FUNCTIONS, budgets.NO_FUNCTIONS)]
