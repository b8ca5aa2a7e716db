"""What the admin's search boxes say of a record: enough to tell it from others of a like name."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


def label_of(record) -> str:
    """The record's `full_label` where it has one, else its name."""
    return getattr(record, "full_label", None) or str(record)


class SearchBox(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": label_of(obj)}
