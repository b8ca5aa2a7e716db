"""Files in an S3-compatible object storage, for portals on several machines. Only the portal itself hands them out."""

from functools import wraps

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

from clusterportal.core.stored_files import FilesUnreachable

_IN_MEMORY = 2 * 1024 * 1024  # bytes of a file that is read; larger ones wait on the disk
_NOT_THERE = {"404", "NoSuchKey", "NotFound"}


def _told(method):
    """What the client of the storage raises, in the words that Python has for files."""

    @wraps(method)
    def asked(self, *about, **options):
        try:
            return method(self, *about, **options)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _NOT_THERE:
                raise FileNotFoundError(str(error)) from error
            raise FilesUnreachable(str(error)) from error
        except (BotoCoreError, Boto3Error) as error:
            raise FilesUnreachable(str(error)) from error

    return asked


@deconstructible
class ObjectStorage(S3Storage):
    """One folder of a bucket. A file is never written over, and has no address but the portal's own.

    `is_public`: pictures, whose address is `MEDIA_URL`; who may see them is decided there (`pages/views/media.py`).
    """

    def __init__(self, *, is_public: bool = False, **options):
        quiet = "when_required"  # checksums of newer clients are unknown to many servers
        client = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            connect_timeout=3,
            read_timeout=30,
            retries={"max_attempts": 2, "mode": "standard"},
            request_checksum_calculation=quiet,
            response_checksum_validation=quiet,
        )
        super().__init__(
            file_overwrite=False,
            default_acl=None,
            max_memory_size=_IN_MEMORY,
            transfer_config=TransferConfig(use_threads=False),
            client_config=client,
            **options,
        )
        self.is_public = is_public

    def url(self, name, *about, **options):
        if not self.is_public:
            raise ValueError("Private files have no address.")
        return f"{settings.MEDIA_URL}{name}"

    @_told
    def _open(self, name, mode="rb"):
        file = super()._open(name, mode)
        if "r" in mode:
            file.open()  # fetched now, so that nobody meets the failure halfway through an answer
        return file

    _save = _told(S3Storage._save)
    delete = _told(S3Storage.delete)
    exists = _told(S3Storage.exists)
    listdir = _told(S3Storage.listdir)
    size = _told(S3Storage.size)
    get_modified_time = _told(S3Storage.get_modified_time)
