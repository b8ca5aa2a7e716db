"""Backups that only the holder of a passphrase or of a private key can read.

The file is a line that says what it is, a line of JSON that says how the key is made, a checksum of both under that
key, and then the archive in blocks of 64 KiB, each encrypted and authenticated by ChaCha20-Poly1305 (RFC 8439) under
its number and whether it is the last: so that none can be changed, moved, left out or added (STREAM of Hoang,
Reyhanitabar, Rogaway and Vizár, CRYPTO 2015, as the program age uses it). The key comes from a passphrase by scrypt
(RFC 7914), or from a key pair of X25519 (RFC 7748): who makes backups then needs the public half alone.
"""

import io
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from clusterportal.core.backup_files import BackupError

_FIRST_LINE = b"clusterportal encrypted backup 1\n"
_BLOCK, _TAG, _CHECKSUM = 1 << 16, 16, 32  # bytes
_COST = 1 << 16  # of scrypt: 64 MiB, a fraction of a second
_MOST_COST = 1 << 20  # that a file may ask for
LEAST_PASSPHRASE = 12  # characters


@dataclass(frozen=True)
class Secret:
    """What encrypts or decrypts a backup: a passphrase, or one half of a key pair."""

    passphrase: bytes = b""
    public_key: X25519PublicKey | None = None
    private_key: X25519PrivateKey | None = None


# ---------- secrets, from files and the environment ----------
def passphrase_in(text: str, *, of: str) -> Secret:
    """A passphrase; `of`: where it stands. Raises BackupError when it is too short."""
    passphrase = text.strip("\r\n")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise BackupError(f"The passphrase in {of} has fewer than {LEAST_PASSPHRASE} characters.")
    return Secret(passphrase=passphrase.encode())


def public_key_in(path: Path) -> Secret:
    """The public half of an X25519 key pair in PEM. Raises BackupError."""
    key = _loaded(path, serialization.load_pem_public_key)
    if not isinstance(key, X25519PublicKey):
        raise BackupError(f"{path} is no public key of X25519. Make one: openssl pkey -in KEY -pubout")
    return Secret(public_key=key)


def private_key_in(path: Path) -> Secret:
    """The private half of an X25519 key pair in PEM. Raises BackupError."""
    key = _loaded(path, lambda data: serialization.load_pem_private_key(data, password=None))
    if not isinstance(key, X25519PrivateKey):
        raise BackupError(f"{path} is no private key of X25519: openssl genpkey -algorithm x25519 makes one.")
    return Secret(private_key=key)


def _loaded(path: Path, load: Callable[[bytes], Any]):
    try:
        return load(path.read_bytes())
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


# ---------- out ----------
@contextmanager
def encrypting(file: IO[bytes], secret: Secret | None) -> Iterator[IO[bytes]]:
    """What is written to the file of the block arrives in `file`, encrypted; without a secret as it is."""
    if secret is None:
        yield file
        return
    about, key = _for_writing(secret)
    line = json.dumps(about).encode() + b"\n"
    checksum, stream = _keys(key, line)
    file.write(_FIRST_LINE + line + checksum.finalize())
    writer = _Writer(file, ChaCha20Poly1305(stream))
    yield writer  # type: ignore[misc]  # of which GzipFile asks for write and flush
    writer.finish()


class _Writer(io.RawIOBase):
    """Gathers blocks; the last one is known when it is finished."""

    def __init__(self, file: IO[bytes], cipher: ChaCha20Poly1305):
        self._file, self._cipher, self._number, self._room = file, cipher, 0, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._room += data
        while len(self._room) > _BLOCK:
            self._put(bytes(self._room[:_BLOCK]), is_last=False)
            del self._room[:_BLOCK]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self._room), is_last=True)

    def _put(self, block: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), block, None))
        self._number += 1


# ---------- in ----------
def is_encrypted(path: Path) -> bool:
    """Whether a file says of itself that it is one of these. Raises OSError."""
    with open(path, "rb") as file:
        return file.read(len(_FIRST_LINE)) == _FIRST_LINE


@contextmanager
def decrypting(path: Path, secret: Secret | None) -> Iterator[IO[bytes]]:
    """The archive in `path`, decrypted while it is read where it is encrypted. Raises BackupError, OSError.

    A wrong secret is refused before anything is read; what was changed, when that place is read.
    """
    if not is_encrypted(path):
        with open(path, "rb") as plain:
            yield plain
        return
    with open(path, "rb") as file:
        file.seek(len(_FIRST_LINE))
        line = file.readline(1 << 16)
        try:
            about = json.loads(line)
            make_key = _by_passphrase if about["by"] == "passphrase" else _by_key_pair
            checksum, stream = _keys(make_key(about, secret), line)
        except (ValueError, LookupError, TypeError) as error:
            raise BackupError(f"{path} is damaged at its beginning.") from error
        try:
            checksum.verify(file.read(_CHECKSUM))
        except InvalidSignature as error:
            raise BackupError(
                f"This {'passphrase' if about['by'] == 'passphrase' else 'key'} does not open {path}, or its "
                "beginning is damaged. Nothing was changed."
            ) from error
        begins = file.tell()
        with io.BufferedReader(_Reader(file, ChaCha20Poly1305(stream), begins, path), _BLOCK) as reader:
            yield reader


class _Reader(io.RawIOBase):
    """Decrypts block by block, from any place: an archive is read twice, and back and forth."""

    def __init__(self, file: IO[bytes], cipher: ChaCha20Poly1305, begins: int, path: Path):
        self._file, self._cipher, self._begins, self._path = file, cipher, begins, path
        content = file.seek(0, io.SEEK_END) - begins
        self._blocks = max(-(-content // (_BLOCK + _TAG)), 1)
        self._size = content - self._blocks * _TAG
        self._place = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer) -> int:
        number, start = divmod(self._place, _BLOCK)
        if number >= self._blocks:
            return 0
        found = self._block(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _block(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(self._begins + number * (_BLOCK + _TAG))
            nonce = _nonce(number, is_last=number == self._blocks - 1)
            try:
                block = self._cipher.decrypt(nonce, self._file.read(_BLOCK + _TAG), None)
            except InvalidTag as error:
                raise BackupError(
                    f"{self._path} is damaged: it is not what was written. Nothing was changed."
                ) from error
            self._held = (number, block)
        return self._held[1]


# ---------- keys ----------
def _for_writing(secret: Secret) -> tuple[dict, bytes]:
    """What the file says of its key, and the key."""
    salt = os.urandom(16)
    if secret.public_key is None:
        about = {"by": "passphrase", "salt": _text(salt), "cost": _COST}
        return about, _by_passphrase(about, secret)
    once = X25519PrivateKey.generate()
    about = {
        "by": "key pair",
        "once": _text(once.public_key().public_bytes_raw()),
        "for": _text(secret.public_key.public_bytes_raw()),
    }
    return about, once.exchange(secret.public_key)


def _by_passphrase(about: dict, secret: Secret | None) -> bytes:
    if secret is None or not secret.passphrase:
        raise BackupError("This backup is encrypted with a passphrase: say --passphrase-file FILE.")
    if not 1 < about["cost"] <= _MOST_COST:
        raise ValueError("cost")
    return Scrypt(b64decode(about["salt"]), 32, about["cost"], 8, 1).derive(secret.passphrase)


def _by_key_pair(about: dict, secret: Secret | None) -> bytes:
    if secret is None or secret.private_key is None:
        raise BackupError("This backup is encrypted for the holder of a private key: say --key FILE.")
    return secret.private_key.exchange(X25519PublicKey.from_public_bytes(b64decode(about["once"])))


def _keys(key: bytes, line: bytes) -> tuple[HMAC, bytes]:
    """The checksum of the beginning of the file, and the key of its blocks."""
    made = HKDF(SHA256(), 64, None, _FIRST_LINE + line).derive(key)
    checksum = HMAC(made[:32], SHA256())
    checksum.update(_FIRST_LINE + line)
    return checksum, made[32:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _text(data: bytes) -> str:
    return b64encode(data).decode()
