
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ai', '0001_calls_budgets_and_settings'),
    ]

    operations = [
        migrations.AlterField(
            model_name='modelcall',
            name='outcome',
            field=models.CharField(blank=True, choices=[('ok', 'OK'), ('rate_limited', 'RATE_LIMITED'), ('overloaded', 'OVERLOADED'), ('unreachable', 'UNREACHABLE'), ('cut_off', 'CUT_OFF'), ('timed_out', 'TIMED_OUT'), ('garbled', 'GARBLED'), ('no_place', 'NO_PLACE'), ('bad_key', 'BAD_KEY'), ('no_credit', 'NO_CREDIT'), ('refused', 'REFUSED'), ('empty', 'EMPTY'), ('reasoning_only', 'REASONING_ONLY'), ('not_json', 'NOT_JSON'), ('wrong_shape', 'WRONG_SHAPE'), ('too_long', 'TOO_LONG'), ('filtered', 'FILTERED'), ('broken_off', 'BROKEN_OFF'), ('no_endpoint', 'NO_ENDPOINT'), ('no_budget', 'NO_BUDGET'), ('breaker_open', 'BREAKER_OPEN'), ('lost', 'LOST'), ('no_consent', 'NO_CONSENT')], default='', max_length=20),
        ),
    ]
