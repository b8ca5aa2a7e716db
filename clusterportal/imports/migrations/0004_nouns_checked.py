from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """What holds for new rows since the migration before; here every row is read, while people go on reading."""

    dependencies = [('imports', '0003_cooperation_projects')]

    operations = [
        ValidateConstraint(model_name='importprofile', name='importprofile_noun_known'),
        ValidateConstraint(model_name='importrun', name='importrun_noun_known'),
    ]
