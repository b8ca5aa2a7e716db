"""Names in quotation marks stand at their first letter: the stored sort key is written anew, with its indexes."""

import django.db.models.functions.comparison as comparison
from django.db import migrations, models
from django.db.models import F, Q, Value

import clusterportal.core.functions as functions


class Migration(migrations.Migration):
    dependencies = [("actors", "0013_frequent_words")]
    operations = [
        migrations.RemoveIndex("actor", "actor_public_by_name"),
        migrations.RemoveIndex("actor", "actor_by_state"),
        migrations.RemoveField("actor", "sort_key"),
        migrations.AddField(
            "actor",
            "sort_key",
            models.GeneratedField(
                db_persist=True,
                expression=functions.SortKey(
                    comparison.Coalesce(comparison.NullIf(F("short_name"), Value("")), F("name"))
                ),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            "actor", models.Index("sort_key", "id", condition=Q(state="published"), name="actor_public_by_name")
        ),
        migrations.AddIndex("actor", models.Index("state", "sort_key", name="actor_by_state")),
    ]
