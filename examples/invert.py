"""Inverts the colors of a PNG, with the standard library alone."""

import struct
import tempfile
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by color type
GRAY_ALPHA, RGB_ALPHA, PALETTE = 4, 6, 3


def invert(image):
    if image is None:
        raise ValueError("Choose an image first.")
    with open(image, "rb") as file:
        chunks = read_chunks(file.read())
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != 8 or interlaced:
        raise ValueError("Only PNG images of 8 bits per channel that are not interlaced can be inverted.")

    pixels = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    rows = unfilter(pixels, width, height, CHANNELS[color])
    if color == PALETTE:
        chunks = [(name, flip(data) if name == b"PLTE" else data) for name, data in chunks]
    else:
        rows = [flip_row(row, color) for row in rows]
    packed = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))

    head = [(name, data) for name, data in chunks if name in (b"IHDR", b"PLTE", b"tRNS")]
    with tempfile.NamedTemporaryFile(suffix=".png", delete=False) as file:
        file.write(SIGNATURE)
        for name, data in [*head, (b"IDAT", packed), (b"IEND", b"")]:
            file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
    return file.name, f"{width} × {height} pixels, {CHANNELS[color]} × {depth} bits"


def read_chunks(data):
    if not data.startswith(SIGNATURE):
        raise ValueError("This is not a PNG image.")
    chunks, at = [], len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += length + 12
    return chunks


def unfilter(data, width, height, channels):
    """Undoes the five row filters of PNG (section 9 of the specification)."""
    size = width * channels
    rows, above = [], bytearray(size)
    for y in range(height):
        start = y * (size + 1)
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + size])
        for x in range(size):
            left = row[x - channels] if x >= channels else 0
            corner = above[x - channels] if x >= channels else 0
            if kind == 1:
                row[x] = (row[x] + left) & 255
            elif kind == 2:
                row[x] = (row[x] + above[x]) & 255
            elif kind == 3:
                row[x] = (row[x] + (left + above[x]) // 2) & 255
            elif kind == 4:
                row[x] = (row[x] + paeth(left, above[x], corner)) & 255
        rows.append(row)
        above = row
    return rows


def paeth(left, up, corner):
    estimate = left + up - corner
    distances = abs(estimate - left), abs(estimate - up), abs(estimate - corner)
    return (left, up, corner)[distances.index(min(distances))]


def flip(data):
    return bytes(255 - value for value in data)


def flip_row(row, color):
    if color not in (GRAY_ALPHA, RGB_ALPHA):
        return flip(row)
    channels = CHANNELS[color]
    return bytes(v if x % channels == channels - 1 else 255 - v for x, v in enumerate(row))
