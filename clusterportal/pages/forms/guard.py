"""Protection of public forms against bots without a third party: a hidden field, and a signed time of opening."""

import time

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

AT_LEAST, AT_MOST = 3, 24 * 60 * 60  # seconds between opening a form and sending it
_SALT = "pages.forms.opened"
FAST = "fast"  # code of the error for forms sent too fast
TRAP = "homepage_2"  # the name of the hidden field, which bots like to fill


class GuardForm(forms.Form):
    """Accompanies a form: the signed field `opened` says when it was opened and which record it showed."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, base: dict | None = None):
        super().__init__(data)
        self.base = base or {}
        self.fields[TRAP] = forms.CharField(
            label=_("Leave this empty"),
            required=False,
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )
        if data is None:
            self.token = self._sealed()
        else:
            self._open(data.get("opened", ""))

    @property
    def is_trapped(self) -> bool:
        """Whether the hidden field, which no person sees, was filled."""
        return bool(self.data.get(TRAP))

    def clean(self):
        if self.problem:
            raise forms.ValidationError(self.problem, code=FAST if self.is_fast else None)
        return super().clean()

    def _open(self, token: str) -> None:
        self.token, self.is_fast = token, False
        self.problem = ""
        try:
            opened = signing.loads(token, salt=_SALT)
        except signing.BadSignature:
            self.token = self._sealed()
            self.problem = _("This form was not opened here. Please look through it and send it again.")
            return
        self.base = opened["base"]
        age = time.time() - opened["at"]
        if age < AT_LEAST:
            self.is_fast = True
            self.problem = _(
                "Please send the form once more: this step keeps machines out. Nothing you typed is lost."
            )
        elif age > AT_MOST:
            self.token = self._sealed()
            self.problem = _(
                "This form was open for more than a day. Please look through it and send it again."
            )

    def _sealed(self) -> str:
        return signing.dumps({"at": time.time(), "base": self.base}, salt=_SALT, compress=True)
