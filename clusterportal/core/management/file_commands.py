"""Commands whose argument is a file or folder: it is there, or can be written, or a sentence says that it is not."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

_STANDARD_INPUT = Path("-")


class FileCommand(BaseCommand):
    """`manage.py NAME FILE`: reads a file. Subclasses write `handle_file`, as Django's LabelCommand has its own.

    A command that `takes_input` reads it by `bytes_of`, also from a pipe, or as `-` from standard input.
    """

    file_help: str | None = None
    takes_input = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=self.file_help)

    def handle(self, *args, file: Path, **options):
        is_input = self.takes_input and (file == _STANDARD_INPUT or file.is_fifo())
        if not (is_input or file.is_file()):
            raise CommandError(_("There is no file “%(file)s”. Check the path.") % {"file": file})
        return self.handle_file(file, **options)

    def bytes_of(self, file: Path) -> bytes:
        try:
            return sys.stdin.buffer.read() if file == _STANDARD_INPUT else file.read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from error

    def handle_file(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError  # the command itself says what to do with it


class FolderCommand(BaseCommand):
    """`manage.py NAME FOLDER`: reads a folder. Subclasses write `handle_folder`."""

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder: Path, **options):
        if not folder.is_dir():
            raise CommandError(_("There is no folder “%(folder)s”. Check the path.") % {"folder": folder})
        return self.handle_folder(folder, **options)

    def handle_folder(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError  # the command itself says what to do with it


class OutputCommand(BaseCommand):
    """`manage.py NAME FILE`: writes a file. Subclasses write `handle_output`, which may raise OSError."""

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            return self.handle_output(file, **options)
        except OSError as error:
            raise CommandError(
                _("“%(file)s” cannot be written: %(why)s") % {"file": file, "why": error}
            ) from error

    def handle_output(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError  # the command itself says what to do with it
