"""Static files under hashed names, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites the addresses in style sheets only: source maps stay where they came from."""

    patterns = (("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:2]),)
    manifest_strict = False

    def hashed_name(self, name, content=None, filename=None):
        """A file that is not there keeps its plain name: a missing picture must not take the page down with it."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name

    def compress_files(self, paths):
        """Only the hashed names: no page links to the plain ones, and compressing is what takes the time."""
        hashed = set(self.hashed_files.values())
        return super().compress_files([path for path in paths if path in hashed])
