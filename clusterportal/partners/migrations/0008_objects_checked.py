from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """What holds for new rows since the migration before; here every row is read, while people go on reading."""

    dependencies = [('partners', '0007_contributions')]

    operations = [
        ValidateConstraint(model_name='feedentry', name='feedentry_object_known'),
        ValidateConstraint(model_name='toldactor', name='toldactor_object_known'),
    ]
