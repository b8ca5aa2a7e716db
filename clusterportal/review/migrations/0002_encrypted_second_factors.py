from django.db import migrations


def encrypt(apps, schema_editor):
    from clusterportal.review.second_factor import encrypt_stored

    encrypt_stored(apps.get_model("mfa", "Authenticator").objects.all())


class Migration(migrations.Migration):

    dependencies = [
        ("review", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
