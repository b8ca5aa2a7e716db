"""Where Django keeps files that only the portal's account may read, and that no address leads to."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from clusterportal.core.private_files import FOLDER_OF_OWNER, ONLY_OWNER


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files under `PORTAL_DATA_DIR/folder`."""

    def __init__(self, folder: str):
        super().__init__(file_permissions_mode=ONLY_OWNER, directory_permissions_mode=FOLDER_OF_OWNER)
        self.folder = folder

    @property
    def base_location(self):
        return settings.PORTAL_DATA_DIR / self.folder

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError("Private files have no address.")
