"""Texts of the portal, and words explained."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.languages import in_every_language
from clusterportal.history.admin import RecordedAdmin
from clusterportal.pages.easy_language import Hint, hints
from clusterportal.pages.models import GlossaryEntry, TextPage


@admin.register(TextPage)
class TextPageAdmin(RecordedAdmin):
    """A text in easy language also says what its editor may want to look at again; it is saved all the same."""

    list_display = ["slug", *side_by_side("title"), "updated_at"]
    search_fields = ["slug", *side_by_side("title")]
    fieldsets = [
        fieldset(None, "slug", side_by_side("title"), side_by_side("body")),
    ]

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if obj and obj.is_easy:
            return [*found, (_("Easy language"), {"fields": ["easy_hints"]})]
        return found

    def get_readonly_fields(self, request, obj=None):
        # The portal links to a text by its name: it is chosen once.
        return ["slug", "easy_hints"] if obj else []

    @display(description=_("Hints"))
    def easy_hints(self, text):
        found = _hints_of(text)
        if not found:
            return _("The rules find nothing. Let people of the target group read the text, too.")
        lines = format_html_join(
            "",
            "<li>{} {}: <q>{}</q> {}</li>",
            ((language, hint.line, hint.found, hint.rule) for language, hint in found),
        )
        return format_html("<p>{}</p><ul>{}</ul>", _("Language, line, what was seen:"), lines)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.is_easy and (count := len(_hints_of(obj))):
            text = ngettext(
                "Saved. %(count)d hint on easy language stands under the text.",
                "Saved. %(count)d hints on easy language stand under the text.",
                count,
            )
            messages.info(request, text % {"count": count})


def _hints_of(text: TextPage) -> list[tuple[str, Hint]]:
    every = in_every_language(text, "body")
    return [(code, hint) for code, body in every.items() for hint in hints(body, code)]


@admin.register(GlossaryEntry)
class GlossaryEntryAdmin(RecordedAdmin):
    list_display = ["slug", *side_by_side("term"), "updated_at"]
    search_fields = ["slug", *side_by_side("term"), *side_by_side("definition")]
    fieldsets = [
        fieldset(None, "slug", side_by_side("term"), side_by_side("definition")),
    ]

    def get_readonly_fields(self, request, obj=None):
        # Pages link to a word by its anchor: it is chosen once.
        return ["slug"] if obj else []
