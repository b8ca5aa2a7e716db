from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """What holds for new rows since the migration before; here every row is read, while people go on reading."""

    dependencies = [('review', '0006_consent_wording')]

    operations = [
        ValidateConstraint(model_name='proposal', name='proposal_kind_known'),
        ValidateConstraint(model_name='proposal', name='proposal_is_about_an_actor'),
    ]
