"""Forms of contributions: an address made from the headline, files told by their content, moments."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clusterportal.core.admin import NamedForm
from clusterportal.core.kept_files import BadFile, take_in
from clusterportal.core.languages import column_names
from clusterportal.newsroom.domain.readiness import lacks_of
from clusterportal.newsroom.models import File
from clusterportal.newsroom.validators import check_moment


class ContributionForm(NamedForm):
    """What everybody sees already stays complete: whatever would be missing afterwards is said at its field."""

    named_by = "title"

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # Django's own, of which the stubs do not know
        if self.instance.is_published and not self.errors:
            for lack in lacks_of(self.instance):
                self.add_error(lack.field if lack.field in self.fields else None, lack.sentence)


class FileForm(forms.ModelForm):
    class Meta:
        model = File
        fields = ("file", *column_names("label"), "language", "pages", "position")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            try:
                take_in(self.instance, upload)
            except BadFile as error:
                raise ValidationError(str(error)) from error
        return upload


class _MomentField(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options):
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(input_formats=formats, validators=[check_moment], **options)


class ScheduleForm(forms.Form):
    publish_at = _MomentField(label=_("Appears on"), required=False)
    expires_at = _MomentField(label=_("Disappears on"), required=False)


class MoveForm(forms.Form):
    starts_at = _MomentField(label=_("New begin"))
    ends_at = _MomentField(label=_("New end"), required=False)
    place = forms.CharField(label=_("New place"), max_length=300, required=False)
