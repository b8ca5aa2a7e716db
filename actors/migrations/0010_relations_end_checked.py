from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """What holds for new rows since the migration before; here every row is read, while people go on reading."""

    dependencies = [('actors', '0009_relations_end')]

    operations = [
        ValidateConstraint(model_name='actorrelation', name='relation_until_plausible'),
        ValidateConstraint(model_name='actorrelation', name='relation_ends_after_it_began'),
    ]
