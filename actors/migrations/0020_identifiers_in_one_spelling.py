"""Identifiers get the one spelling that their scheme has, so that "AG Leipzig, HRB 12" and "Leipzig HRB 12" are one."""

import sys

from django.core.exceptions import ValidationError
from django.db import migrations

from actors.validators import clean_identifier


def convert(apps, schema_editor):
    """Where the spelling is another actor's already, both stay as they are, and the terminal says so."""
    model = apps.get_model("actors", "Identifier")
    taken = {
        (scheme, value): (pk, actor)
        for pk, scheme, value, actor in model.objects.order_by("pk").values_list("pk", "scheme", "value", "actor")
    }
    for (scheme, value), (pk, actor) in list(taken.items()):
        try:
            canonical = clean_identifier(scheme, value)
        except (ValidationError, ValueError):
            continue  # a number that nobody could enter today stays for people to look at
        if canonical == value:
            continue
        holder = taken.get((scheme, canonical))
        if holder is None:
            model.objects.filter(pk=pk).update(value=canonical)
            taken[scheme, canonical] = (pk, actor)
        elif holder[1] == actor:
            model.objects.filter(pk=pk).delete()  # the same number of the same actor, spelt twice
        else:
            names = apps.get_model("actors", "Actor").objects.in_bulk([actor, holder[1]])
            sys.stdout.write(
                f"\n  {scheme} {value} of “{names[actor].name}” is {canonical} of “{names[holder[1]].name}”: "
                "kept as it is. Perhaps they are one organisation; find_duplicates lists them."
            )


class Migration(migrations.Migration):
    dependencies = [("actors", "0019_printable_texts")]
    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
