"""The files that the outputs of a function become."""

import mimetypes
import os
import shutil
import tempfile
from typing import Any, Dict, Optional
from urllib.parse import urlsplit

from .errors import WorkerError

FileData = Dict[str, Any]

# What the system's own table may lack.
_TYPES = {".webp": "image/webp", ".flac": "audio/flac", ".ogg": "audio/ogg", ".webm": "video/webm", ".m4a": "audio/mp4"}


class MediaFolder:
    """A folder where each new file gets a folder of its own, so that names stay as they are."""

    def __init__(self, directory: str) -> None:
        self._directory = directory

    def new_path(self, name: str) -> str:
        os.makedirs(self._directory, exist_ok=True)
        return os.path.join(tempfile.mkdtemp(prefix="", dir=self._directory), name)

    def write(self, name: str, content: bytes) -> FileData:
        path = self.new_path(name)
        with open(path, "wb") as file:
            file.write(content)
        return file_data(path)


def returned_file(value: Any, media: MediaFolder) -> FileData:
    """
    A file that the function names. It is copied, since functions like to write the same file again and a flag must
    record what was shown.
    """
    source = _existing(value)
    path = media.new_path(os.path.basename(source))
    shutil.copyfile(source, path)
    return file_data(path)


def _existing(value: Any) -> str:
    """The absolute path of a file that a function names, as text or path."""
    text = os.fspath(value)
    if isinstance(text, bytes):
        text = os.fsdecode(text)
    if urlsplit(text).scheme in ("http", "https"):
        raise WorkerError(f"{text} is an address, not a file.", "Download it in the function and return the path.")
    path = os.path.abspath(text)
    if os.path.isdir(path):
        raise WorkerError(f"{path} is a folder, not a file.", "Return the path of a file.")
    if not os.path.isfile(path):
        raise WorkerError(f"there is no file {path}.", "Return the path of a file that exists.")
    return path


def is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def _mime_type(path: str) -> Optional[str]:
    return mimetypes.guess_type(path)[0] or _TYPES.get(os.path.splitext(path)[1].lower())


def file_data(path: str) -> FileData:
    """``gradio.FileData``."""
    return {
        "path": path,
        "url": None,
        "size": os.path.getsize(path),
        "orig_name": os.path.basename(path),
        "mime_type": _mime_type(path),
        "is_stream": False,
        "meta": {"_type": "gradio.FileData"},
    }
