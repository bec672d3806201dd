
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_audit_is_only_added_to'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='guardian_consent',
            field=models.CharField(db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='user',
            name='is_minor',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
