"""Stored files and the list of releases that verification compares with."""

from foundation.documents.models.release import Release
from foundation.documents.models.stored_file import StoredFile

__all__ = ["Release", "StoredFile"]
