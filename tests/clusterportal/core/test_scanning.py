"""Files from outside go to the operator's virus scanner first, and stay out where it says so or nothing at all."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from clusterportal.core.kept_files import BadFile, checked
from clusterportal.core.pictures import check_picture
from clusterportal.core.scanning import NotClean, check_clean
from clusterportal.imports.domain.uploading import receive
from clusterportal.imports.models import ImportRun
from clusterportal.tables.formats import UnreadableTable
from tests.clusterportal.core.test_picture_files import packed
from tests.factories import make_person

FOUND = b"stream: Eicar-Test-Signature FOUND\0"


@contextmanager
def clamd(settings, reply: bytes):
    """A scanner that says `reply` to every file; yields what it was sent, without the protocol's lengths."""
    scanned: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line, _address = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as sent:
                assert sent.read(10) == b"zINSTREAM\0"
                pieces = []
                while size := struct.unpack("!L", sent.read(4))[0]:
                    pieces.append(sent.read(size))
                scanned.append(b"".join(pieces))
                line.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.VIRUS_SCANNER = f"127.0.0.1:{server.getsockname()[1]}"
    try:
        yield scanned
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


def test_a_clean_file_is_read_whole_and_then_stands_at_its_beginning(settings):
    content = b"%PDF-1.7 " + b"x" * 200_000
    file = SimpleUploadedFile("a.pdf", content)
    with clamd(settings, b"stream: OK\0") as scanned:
        assert checked(file) == ("a.pdf", "application/pdf", ".pdf")
    assert scanned == [content] and file.read() == content


@pytest.mark.django_db
def test_what_is_found_stays_out_wherever_files_come_in(settings):
    with clamd(settings, FOUND) as scanned:
        with pytest.raises(BadFile, match="schädlich"):
            checked(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
        with pytest.raises(ValidationError, match="schädlich"):
            check_picture(SimpleUploadedFile("a.png", packed()))
        with pytest.raises(UnreadableTable, match="schädlich"):
            table = SimpleUploadedFile("a.csv", b"name;kind\nA;company\n")
            receive(table, noun="actors", by=make_person("administrator"))
    assert len(scanned) == 3 and not ImportRun.objects.exists()


@pytest.mark.parametrize("reply", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_what_cannot_be_scanned_stays_out(settings, reply):
    with clamd(settings, reply), pytest.raises(NotClean, match="im Augenblick"):
        check_clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))


def test_a_scanner_that_is_not_there_and_none_at_all(settings, tmp_path):
    settings.VIRUS_SCANNER = str(tmp_path / "clamd.sock")
    with pytest.raises(NotClean):
        check_clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    settings.VIRUS_SCANNER = ""
    check_clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
