"""Static files under hashed names, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # A page that names a file which is not there must fail in a test, not before a visitor: see the storage test.
    manifest_strict = False
