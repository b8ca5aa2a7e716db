from django.db import migrations, models
from django.db.models.functions import Repeat

# Vectors leave their rows as they are; names, which are compared with the question, stay.
STORAGE = """
ALTER TABLE actors_searchdocument SET (toast_tuple_target = 128);
ALTER TABLE actors_searchdocument ALTER vector SET STORAGE EXTERNAL, ALTER names SET STORAGE MAIN;
"""
USUAL = """
ALTER TABLE actors_searchdocument RESET (toast_tuple_target);
ALTER TABLE actors_searchdocument ALTER vector SET STORAGE EXTENDED, ALTER names SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0008_public_documents")]

    operations = [
        migrations.RunSQL(STORAGE, USUAL),
        migrations.AddField(
            model_name="searchdocument",
            name="padding",
            field=models.GeneratedField(
                expression=Repeat(models.Value(" "), 2048), output_field=models.TextField(), db_persist=True
            ),
        ),
    ]
