"""What the admin's search boxes say of a record: enough to tell it from others of a like name."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


def label_of(record) -> str:
    """The record's `full_label` where it has one, else its name."""
    return getattr(record, "full_label", None) or str(record)


class SearchBox(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        """A record that was found by another word says so: KI → Künstliche Intelligenz."""
        word = getattr(obj, "found_by", "")
        label = f"{word} → {label_of(obj)}" if word else label_of(obj)
        return super().serialize_result(obj, to_field_name) | {"text": label}
