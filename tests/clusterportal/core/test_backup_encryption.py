"""Encrypted backups: only the right secret opens them, and whatever was changed is noticed."""

import io
import os
import tarfile

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.core.management import CommandError, call_command

from actors.models import Actor
from clusterportal.core.backup_encryption import (
    Secret,
    decrypting,
    encrypting,
    passphrase_in,
    private_key_in,
    public_key_in,
)
from clusterportal.core.backup_files import BackupError
from clusterportal.core.backup_notes import last_made_at
from tests.factories import make_actor, make_chain

BLOCK = 1 << 16
PASSPHRASE = Secret(passphrase=b"correct horse battery")
PAIR = X25519PrivateKey.generate()


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr("clusterportal.core.backup_encryption._COST", 16)


def written(path, content: bytes, secret=PASSPHRASE) -> bytes:
    with open(path, "wb") as file, encrypting(file, secret) as room:
        for start in range(0, len(content), 50_000):
            room.write(content[start : start + 50_000])
    return path.read_bytes()


def read(path, secret=PASSPHRASE) -> bytes:
    with decrypting(path, secret) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 200_000])
@pytest.mark.parametrize(
    "halves", [(PASSPHRASE, PASSPHRASE), (Secret(public_key=PAIR.public_key()), Secret(private_key=PAIR))]
)
def test_what_was_written_is_read(tmp_path, size, halves):
    content = os.urandom(size)
    raw = written(tmp_path / "b", content, halves[0])
    assert read(tmp_path / "b", halves[1]) == content
    assert size < 100 or content[:100] not in raw
    with decrypting(tmp_path / "b", halves[1]) as file:  # back and forth, as archives are read
        file.seek(size // 2)
        assert file.read(10) == content[size // 2 : size // 2 + 10]
        assert (file.seek(-size, io.SEEK_END), file.read(3)) == (0, content[:3])


def test_the_same_content_is_another_file_each_time(tmp_path):
    assert written(tmp_path / "a", b"x" * 100) != written(tmp_path / "b", b"x" * 100)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        (Secret(passphrase=b"correct horse batterx"), "This passphrase does not open"),
        (None, "encrypted with a passphrase: say --passphrase-file"),
        (Secret(private_key=PAIR), "encrypted with a passphrase: say --passphrase-file"),
    ],
)
def test_a_wrong_passphrase_is_refused_with_a_sentence(tmp_path, secret, why):
    written(tmp_path / "b", b"x")
    with pytest.raises(BackupError, match=why):
        read(tmp_path / "b", secret)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        (Secret(private_key=X25519PrivateKey.generate()), "This key does not open"),
        (None, "for the holder of a private key: say --key"),
        (PASSPHRASE, "for the holder of a private key: say --key"),
    ],
)
def test_a_wrong_key_is_refused_with_a_sentence(tmp_path, secret, why):
    written(tmp_path / "b", b"x", Secret(public_key=PAIR.public_key()))
    with pytest.raises(BackupError, match=why):
        read(tmp_path / "b", secret)


def changes(raw: bytes) -> dict[str, bytes]:
    """Ways to hurt a file of three blocks and a bit."""
    begins, whole = raw.index(b"}\n") + 2 + 32, BLOCK + 16
    first, second, rest = (
        raw[begins : begins + whole],
        raw[begins + whole : begins + 2 * whole],
        raw[begins + 2 * whole :],
    )
    head = raw[:begins]
    flipped = bytearray(raw)
    flipped[begins + 100] ^= 1
    return {
        "a bit": bytes(flipped),
        "the end": raw[:-1],
        "the last block": head + first + second + rest[:whole],
        "all blocks": head,
        "the order": head + second + first + rest,
        "twice": head + first + first + second + rest,
        "something behind": raw + b"x",
        "the cost": raw.replace(b'"cost": 16', b'"cost": 17'),
        "too much to compute": raw.replace(b'"cost": 16', b'"cost": 99999999'),
        "the beginning": raw.replace(b'{"by"', b'{"no"'),
        "no object": raw.replace(b'{"by"', b"[[by"),
    }


def test_whatever_was_changed_is_noticed(tmp_path):
    raw = written(tmp_path / "b", os.urandom(3 * BLOCK + 9))
    assert len(set(changes(raw).values()) - {raw}) == 11
    for what, changed in changes(raw).items():
        (tmp_path / "c").write_bytes(changed)
        with pytest.raises(BackupError):
            read(tmp_path / "c")
            pytest.fail(what)


def pem(tmp_path, pair=PAIR):
    private, public = tmp_path / "key.pem", tmp_path / "key.pub"
    private.write_bytes(pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(pair.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_secrets_that_are_none_are_named(tmp_path):
    private, public = pem(tmp_path)
    assert public_key_in(public).public_key == PAIR.public_key()
    with pytest.raises(BackupError, match="no public key of X25519"):
        public_key_in(private)
    with pytest.raises(BackupError, match="no private key of X25519"):
        private_key_in(public)
    private, _public = pem(tmp_path, ed25519.Ed25519PrivateKey.generate())
    with pytest.raises(BackupError, match="no private key of X25519"):
        private_key_in(private)
    with pytest.raises(BackupError, match="cannot be read: No such file"):
        private_key_in(tmp_path / "none")
    with pytest.raises(BackupError, match="PASS has fewer than 12 characters"):
        passphrase_in("0123456789 \n", of="PASS")


# ---------- the commands ----------
@pytest.mark.django_db(transaction=True)
def test_a_registry_goes_out_encrypted_and_comes_in_with_the_right_secret_only(
    tmp_path, settings, monkeypatch, capsys
):
    settings.BACKED_UP = {"media": tmp_path / "media"}
    make_chain()
    make_actor("Geheim")
    private, public = pem(tmp_path)
    (tmp_path / "words").write_text("correct horse battery\n")
    by_key, by_words = tmp_path / "key.backup", tmp_path / "words.backup"
    assert last_made_at() is None
    call_command("backup", by_key, recipient=public)
    assert last_made_at() is not None
    monkeypatch.setenv("BACKUP_PASSPHRASE", "correct horse battery")
    call_command("backup", by_words)
    assert capsys.readouterr().out.count("encrypted.") == 2
    assert not tarfile.is_tarfile(by_key) and not tarfile.is_tarfile(by_words)
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    (tmp_path / "wrong").write_text("another passphrase\n")
    for file, secret in ((by_key, {}), (by_words, {}), (by_words, {"passphrase_file": tmp_path / "wrong"})):
        with pytest.raises(CommandError, match=r"encrypted|does not open"):
            call_command("restore", file, replace=True, **secret)
    Actor.objects.update(name="Neu")
    call_command("restore", by_key, replace=True, key=private)
    assert Actor.objects.get().name == "Geheim"
    Actor.objects.update(name="Neu")
    call_command("restore", by_words, replace=True, passphrase_file=tmp_path / "words")
    assert Actor.objects.get().name == "Geheim"
    with pytest.raises(CommandError, match="not both"):
        call_command("backup", by_key, recipient=public, passphrase_file=tmp_path / "words")


def test_no_command_takes_a_secret_itself():
    """Whoever lists processes would read it."""
    from clusterportal.core.management.commands import backup, restore

    for command in (backup.Command(), restore.Command()):
        options = [
            option
            for action in command.create_parser("manage.py", "x")._actions
            for option in action.option_strings
        ]
        assert {"--passphrase", "--password", "--secret"} & set(options) == set()
