"""The script that other sites embed: one file made of readable parts, under an address that never changes.

A snippet on somebody's page names the file with its hash (`integrity`): a browser runs this text or none. So each text
that was ever served stays: `EmbedScript` keeps it from the `migrate` on that comes with it, and backups take it along.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha384

from django.apps import apps as today
from django.conf import settings

PARTS = (
    "words",
    "style",
    "drawing",
    "colours",
    "element",
    "directory",
    "matrix",
    "actor",
)  # imported before used
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@dataclass(frozen=True)
class Script:
    text: str

    @cached_property
    def _digest(self) -> bytes:
        return sha384(self.text.encode()).digest()

    @property
    def name(self) -> str:
        """The name in its address, which follows from the text."""
        return self._digest.hex()[:16]

    @property
    def integrity(self) -> str:
        """As the attribute of that name wants it (W3C Subresource Integrity)."""
        return f"sha384-{b64encode(self._digest).decode()}"


def _joined() -> Script:
    """The parts as one module: their imports of each other go, and so do the exports for them."""
    texts = [(settings.BASE_DIR / "static" / "embed" / f"{part}.js").read_text() for part in PARTS]
    return Script("\n".join(_EXPORT.sub("", _IMPORT.sub("", text)).strip() + "\n" for text in texts))


CURRENT = _joined()


def keep_current(sender, using, apps=today, **kwargs) -> None:
    """Stores the script of this version after each `migrate`."""
    try:
        model = apps.get_model("pages", "EmbedScript")
    except LookupError:  # migrated back to before it
        return
    model.objects.using(using).get_or_create(name=CURRENT.name, defaults={"text": CURRENT.text})
