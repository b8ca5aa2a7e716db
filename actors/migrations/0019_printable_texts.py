from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0018_clean_texts'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('short_name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('summary_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('summary_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('street__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('postcode__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('city__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('state_name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('phone__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('email__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('website__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('source__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='actor_printable'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), name='alias_printable'),
        ),
        migrations.AddConstraint(
            model_name='contactperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('role_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('role_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('phone__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('email__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='contact_printable'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('title_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='service_printable'),
        ),
    ]
