"""The language of an answer: one of the portal's, or every one at once."""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from clusterportal.core.languages import LANGUAGE_CODES, active_first, in_every_language

EVERY = "*"
CHOICES = [*LANGUAGE_CODES, EVERY]


@dataclass(frozen=True)
class AnswerLanguage:
    """`code` is a language, or `*`: then a text is an object with one entry per language."""

    code: str

    @property
    def is_every(self) -> bool:
        return self.code == EVERY

    @property
    def spoken(self) -> str:
        """The language of messages, labels and page addresses."""
        return LANGUAGE_CODES[0] if self.is_every else self.code

    @property
    def header(self) -> str:
        """The value of Content-Language."""
        return ", ".join(LANGUAGE_CODES) if self.is_every else self.code

    def text(self, instance, name: str) -> str | dict | None:
        """The translated field `name`: a string that falls back to another language, or an object of all."""
        if self.is_every:
            return {code: text or None for code, text in in_every_language(instance, name).items()}
        return next(
            (text for column in active_first(name, self.code) if (text := getattr(instance, column))), None
        )


def language_of(request) -> AnswerLanguage:
    """`?lang=`, else Accept-Language, else the first language; no cookie, since answers are cached."""
    try:
        given = request.GET.get("lang", "")
    except SuspiciousOperation:  # too many parameters; the view says so
        given = ""
    return AnswerLanguage(
        given if given in CHOICES else _accepted(request.headers.get("Accept-Language", ""))
    )


def _accepted(header: str) -> str:
    """The best language that the header accepts; the first one not refused (`q=0`) where it names none."""
    wanted = parse_accept_lang_header(header)
    refused = {code for code, quality in wanted if not quality}
    ours = [code for code in LANGUAGE_CODES if code not in refused] or LANGUAGE_CODES
    for code, quality in wanted:
        if code == EVERY or not quality:
            break  # they are sorted by quality
        try:
            if (found := get_supported_language_variant(code)) in ours:
                return found
        except LookupError:
            continue
    return ours[0]
