"""Sound as ``(sample rate, samples)``, in and out, by the standard library's WAV files."""

import os
import wave
from typing import Any

from .errors import WorkerError
from .media import FileData, MediaFolder, file_data
from .packages import require


def read_sound(path: str) -> Any:
    """``(sample rate, samples)``; the samples are integers as wide as the file's, one column a channel when several."""
    numpy = require("numpy", 'Audio of type "numpy"')
    try:
        with wave.open(path, "rb") as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            content = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise WorkerError(
            f"{os.path.basename(path)} cannot be read as samples ({error}); only WAV files with integers can.",
            'Choose a WAV file, or give the audio component the type "filepath".',
        ) from None
    samples = _samples(numpy, content, width)
    return rate, samples if channels == 1 else samples.reshape(-1, channels)


def write_sound(value: Any, media: MediaFolder) -> FileData:
    """The file of ``(sample rate, samples)``; the rate is in hertz."""
    rate, samples = value
    if isinstance(rate, bool) or not hasattr(rate, "__index__"):
        raise WorkerError(f"{rate!r} is no sample rate.", "Return (sample rate, samples).")
    samples = _int16(require("numpy", "Writing samples"), samples)
    path = media.new_path("audio.wav")
    with wave.open(path, "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(int(rate))
        file.writeframes(samples.tobytes())
    return file_data(path)


def _samples(numpy: Any, content: bytes, width: int) -> Any:
    """Signed samples: 8 bits are unsigned in WAV files; 24 bits have no type of their own and fill 32 from above."""
    if width == 1:
        return (numpy.frombuffer(content, "u1") ^ 128).view("i1")
    if width == 3:
        columns = numpy.zeros((len(content) // 3, 4), "u1")
        columns[:, 1:] = numpy.frombuffer(content, "u1").reshape(-1, 3)
        return columns.view("<i4").reshape(-1)
    return numpy.frombuffer(content, "<i2" if width == 2 else "<i4").copy()


def _int16(numpy: Any, samples: Any) -> Any:
    """Samples as Gradio writes them (``processing_utils.convert_to_16_bit_wav``): floats are scaled to full volume."""
    array = numpy.asarray(samples)
    if array.ndim not in (1, 2) or array.dtype.kind not in "fiu":
        raise WorkerError(
            f"samples of shape {array.shape} and type {array.dtype} are no sound.",
            "Return numbers of shape (samples,) or (samples, channels).",
        )
    if array.dtype.kind == "f":
        peak = float(numpy.abs(array).max()) if array.size else 0.0
        return (array / peak * 32767 if peak > 0 else array).astype("<i2")
    if array.dtype == numpy.int32:
        return (array / 65536).astype("<i2")
    if array.dtype == numpy.uint16:
        return (array.astype("i4") - 32768).astype("<i2")
    if array.dtype == numpy.uint8:
        return (array.astype("i4") * 257 - 32768).astype("<i2")
    if array.dtype == numpy.int8:
        return array.astype("<i2") * 256
    return numpy.clip(array, -32768, 32767).astype("<i2")
