"""The stages that clusters were given by hand become assessments of which nobody knows the day."""

from django.db import migrations


def assess(apps, schema_editor):
    assessment = apps.get_model("lifecycle", "Assessment")
    clusters = apps.get_model("clusters", "Cluster").objects.exclude(life_cycle="")
    assessment.objects.bulk_create(
        assessment(cluster=cluster, stage=cluster.life_cycle, assessed_on=None) for cluster in clusters
    )


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0001_initial")]
    operations = [migrations.RunPython(assess, migrations.RunPython.noop)]
