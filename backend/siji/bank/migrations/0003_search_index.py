"""The index of the search, built while people work."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from siji.storage.indexes import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("bank", "0002_search")]

    operations = [
        BuildIndex("item", GinIndex(fields=["search"], name="item_search")),
        BuildIndex("paper", GinIndex(fields=["search"], name="paper_search")),
    ]
