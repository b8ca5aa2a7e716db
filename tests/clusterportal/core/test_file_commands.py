"""Every command that takes a file or folder says in one sentence when it is not there."""

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from clusterportal.core.management.file_commands import FileCommand, FolderCommand, OutputCommand

OURS = ("clusterportal", "actors", "layers", "applications")
COMMANDS = {
    name: load_command_class(app, name) for name, app in get_commands().items() if str(app).startswith(OURS)
}
READING_FILES = [
    "check_newsletter_mail",
    "import_actors",
    "load_outlines",
    "load_postcodes",
    "restore",
    "restore_drill",
]
READING_FOLDERS = ["load_registry", "load_texts"]
WRITING = ["backup", "export_actors"]
DRAWING = ["atlas"]  # has tests of its own: it asks first whom to draw
MAILS = ["read_newsletter_mail"]  # a folder, or one mail from standard input


def taking(kind: type) -> list[str]:
    return sorted(name for name, command in COMMANDS.items() if isinstance(command, kind))


def test_commands_with_a_file_are_of_one_family():
    assert [taking(kind) for kind in (FileCommand, FolderCommand, OutputCommand)] == [
        READING_FILES,
        READING_FOLDERS,
        [*DRAWING, *WRITING],
    ]
    with_path = {
        name
        for name, command in COMMANDS.items()
        for action in command.create_parser("manage.py", name)._actions
        if not action.option_strings and action.dest in ("file", "folder", "path")
    }
    assert with_path == {*READING_FILES, *READING_FOLDERS, *WRITING, *DRAWING, *MAILS}


@pytest.mark.parametrize("name", READING_FILES)
def test_a_file_that_is_not_there(tmp_path, name):
    for path in (tmp_path / "none.csv", tmp_path):  # a folder is no file
        with pytest.raises(CommandError) as refused:
            call_command(name, path)
        assert str(refused.value) == f"Es gibt keine Datei „{path}“. Prüfen Sie den Pfad."


@pytest.mark.parametrize("name", READING_FOLDERS)
def test_a_folder_that_is_not_there(tmp_path, name):
    (tmp_path / "file.csv").touch()
    for path in (tmp_path / "none", tmp_path / "file.csv"):
        with pytest.raises(CommandError) as refused:
            call_command(name, path)
        assert str(refused.value) == f"Es gibt keinen Ordner „{path}“. Prüfen Sie den Pfad."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", WRITING)
def test_a_place_that_cannot_be_written(tmp_path, name):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "a.csv"
    with pytest.raises(CommandError) as refused:
        call_command(name, path)
    assert str(refused.value).startswith(f"„{path}“ lässt sich nicht schreiben: ")
