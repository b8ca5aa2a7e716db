"""Files from outside are read by a virus scanner, where the operator names one: clamd, asked by INSTREAM."""

import logging
import socket
import struct

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

_PIECE = 64 * 1024
_SECONDS = 60
logger = logging.getLogger(__name__)


class NotClean(Exception):
    """The file is not kept: harmful, or not to be scanned now. The message says which."""


def check_clean(file: File) -> None:
    """Have VIRUS_SCANNER read the file, which afterwards stands at its beginning. Raises NotClean."""
    if not settings.VIRUS_SCANNER:
        return
    try:
        said = _asked(file)
    except OSError as error:
        said = str(error)
    finally:
        file.seek(0)
    if said.endswith(" FOUND"):
        logger.warning("The virus scanner refused a file: %s", said)
        raise NotClean(_("The virus scanner takes this file for harmful. It was not kept."))
    if not said.endswith(" OK"):
        logger.error("The virus scanner did not read a file: %s", said)
        raise NotClean(_("No file can be scanned for viruses at the moment. Please try again later."))


def _asked(file: File) -> str:
    """What clamd says: `stream: OK`, `stream: <name> FOUND`, or an error. Raises OSError."""
    file.seek(0)
    with _connection() as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for piece in file.chunks(_PIECE):
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        with clamd.makefile("rb") as answer:
            return answer.read(4096).rstrip(b"\0\n").decode(errors="replace")


def _connection() -> socket.socket:
    """To the path of a socket, or to host:port."""
    if settings.VIRUS_SCANNER.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(_SECONDS)
        clamd.connect(settings.VIRUS_SCANNER)
        return clamd
    host, _colon, port = settings.VIRUS_SCANNER.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
