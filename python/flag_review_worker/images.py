"""Pictures between files, NumPy arrays and Pillow images, as gradio.image_utils converts them."""

import io
import os
import struct
import zlib
from typing import Any, Dict, Optional

from .errors import WorkerError
from .media import FileData, MediaFolder, is_path, returned_file
from .packages import has, is_array, is_pil, require


def read_image(payload: FileData, component: Dict[str, Any], media: MediaFolder) -> Any:
    """What the function receives for a chosen picture: a path, an array or a Pillow image."""
    wanted = component.get("type", "numpy")
    mode = component.get("image_mode", "RGB")
    path = payload["path"]
    name, extension = os.path.splitext(payload.get("orig_name") or os.path.basename(path))
    if wanted == "filepath":
        return _path_in_mode(path, name, extension, mode, media)
    if extension.lower() == ".svg":
        raise WorkerError("an SVG has no pixels.", 'Choose another image, or set "type": "filepath".')
    if wanted == "numpy":
        numpy = require("numpy", 'An image of type "numpy"')
        return numpy.array(_open(path, extension, mode, "An image of type \"numpy\""))
    return _open(path, extension, mode, 'An image of type "pil"')


def _path_in_mode(path: str, name: str, extension: str, mode: Optional[str], media: MediaFolder) -> str:
    """The path itself, or that of a copy in the asked mode where Pillow is there to make one."""
    if mode is None or extension.lower() == ".svg" or not has("PIL"):
        return path
    pil = require("PIL.Image", 'An image of another "image_mode"')
    try:
        with pil.open(path) as image:
            if image.mode == mode:
                return path
    except (OSError, ValueError, pil.DecompressionBombError):
        return path  # Not for Pillow: the function asked for a path and may know better.
    image = _open(path, extension, mode, "An image")
    written = media.new_path(f"{name or 'image'}{extension or '.webp'}")
    try:
        image.save(written)
    except (KeyError, ValueError, OSError):
        written = os.path.splitext(written)[0] + ".png"
        image.save(written)
    return written


def _open(path: str, extension: str, mode: Optional[str], reason: str) -> Any:
    pil = require("PIL.Image", reason)
    operations = require("PIL.ImageOps", reason)
    try:
        image = pil.open(path)
        if image.getexif().get(274, 1) != 1:
            image = operations.exif_transpose(image)
        if extension.lower() != ".gif" and mode is not None:
            image = image.convert(mode)
        image.load()
        return image
    except (OSError, ValueError, SyntaxError, pil.DecompressionBombError) as error:
        raise WorkerError(f"{os.path.basename(path)} cannot be read as an image: {error}.") from None


def write_image(value: Any, image_format: Optional[str], media: MediaFolder) -> FileData:
    """The payload for a picture that the function returned: a path, bytes, an array or a Pillow image."""
    if is_path(value):
        return returned_file(value, media)
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        return media.write(f"image{_extension_of(data)}", data)
    if is_array(value):
        array = to_uint8(value)
        if not has("PIL"):
            return media.write("image.png", encode_png(array))
        value = require("PIL.Image", "An image").fromarray(array)
    if not is_pil(value):
        raise WorkerError(
            f"the function returned {_kind(value)}; an image is a path, bytes, a NumPy array or a Pillow image."
        )
    return _save(value, image_format or "webp", media)


def _save(image: Any, image_format: str, media: MediaFolder) -> FileData:
    for attempt in (image_format, "png"):
        data = io.BytesIO()
        try:
            image.save(data, attempt)
        except (KeyError, ValueError, OSError) as error:
            failure = error
            continue
        return media.write(f"image.{attempt}", data.getvalue())
    raise WorkerError(f"the image cannot be saved as {image_format}: {failure}.")


def to_uint8(array: Any) -> Any:
    """Pixels of any type as bytes, by the rules of scikit-image that Gradio follows (``processing_utils._convert``)."""
    numpy = require("numpy", "An image")
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (2, 3, 4)) or array.size == 0:
        raise WorkerError(f"an array of shape {array.shape} is no image: (height, width) or (height, width, 3 or 4).")
    kind = array.dtype.kind
    if array.dtype == numpy.uint8:
        return numpy.ascontiguousarray(array)
    if kind == "b":
        return array.astype(numpy.uint8) * numpy.uint8(255)
    if kind == "f":
        if not (array.min() >= -1.0 and array.max() <= 1.0):
            raise WorkerError("an image of floats must lie between 0 and 1.", "Divide by 255, or return uint8.")
        return numpy.clip(numpy.rint(array * 255.0), 0, 255).astype(numpy.uint8)
    if kind in "ui":
        return _integers_to_uint8(numpy, array)
    raise WorkerError(f"an array of {array.dtype} is no image.")


def _integers_to_uint8(numpy: Any, array: Any) -> Any:
    bits = array.dtype.itemsize * 8 - (1 if array.dtype.kind == "i" else 0)
    positive = numpy.clip(array, 0, None) if array.dtype.kind == "i" else array
    if positive.max() < 256:
        return positive.astype(numpy.uint8)
    return (positive // (2 ** (bits - 8))).astype(numpy.uint8)


def encode_png(array: Any) -> bytes:
    """A PNG (W3C PNG, third edition) of bytes shaped (height, width[, channels]); for interpreters without Pillow."""
    height, width = array.shape[:2]
    channels = array.shape[2] if array.ndim == 3 else 1
    color_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = array.tobytes()
    stride = width * channels
    filtered = b"".join(b"\0" + rows[start : start + stride] for start in range(0, height * stride, stride))
    header = struct.pack(">IIBBBBB", width, height, 8, color_type, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(filtered, 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _extension_of(data: bytes) -> str:
    known = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"BM", ".bmp"))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    found = [extension for magic, extension in known if data.startswith(magic)]
    if not found:
        raise WorkerError("the function returned bytes that are no PNG, JPEG, GIF, WebP or BMP image.")
    return found[0]


def _kind(value: Any) -> str:
    return type(value).__name__
