"""Images with labelled areas (gradio/components/annotated_image.py)."""

from typing import Any, Dict

from .errors import WorkerError
from .images import encode_png, write_image
from .media import FileData, MediaFolder, is_path
from .packages import is_array, is_pil, require


def write_annotated(value: Any, component: Dict[str, Any], media: MediaFolder) -> Dict[str, Any]:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise WorkerError("an annotated image is (image, [(mask or box, label), …]).")
    image, annotations = value
    numpy = require("numpy", "An annotated image")
    height, width = _size(image)
    base = write_image(image, component.get("format"), media)
    colors = component.get("color_map") or {}
    return {
        "image": base,
        "annotations": [
            {"image": _area(numpy, area, (height, width), colors.get(label, "#ff0000"), media), "label": str(label)}
            for area, label in annotations
        ],
    }


def _size(image: Any) -> Any:
    if is_array(image):
        return image.shape[:2]
    if is_path(image):
        with require("PIL.Image", "An annotated image that is a path").open(image) as opened:
            return opened.height, opened.width
    if is_pil(image):
        return image.height, image.width
    raise WorkerError(f"the function returned {type(image).__name__} as the image, not a path, an array or a Pillow image.")


def _area(numpy: Any, area: Any, shape: Any, color: str, media: MediaFolder) -> FileData:
    """A picture of the area's colour, as opaque as the mask says; a box has a border of three pixels."""
    if is_array(area):
        mask = area
    else:
        mask = numpy.zeros(shape)
        x1, y1, x2, y2 = (int(edge) for edge in area)
        mask[y1:y2, x1:x2] = 0.5
        mask[y1:y2, x1 : x1 + 3] = 1
        mask[y1:y2, x2 - 3 : x2] = 1
        mask[y1 : y1 + 3, x1:x2] = 1
        mask[y2 - 3 : y2, x1:x2] = 1
    if mask.shape != tuple(shape):
        raise WorkerError(f"a mask of shape {mask.shape} does not fit an image of {shape[0]} × {shape[1]} pixels.")
    pixels = numpy.zeros((*shape, 4), numpy.uint8)
    pixels[:, :, :3] = numpy.array(_rgb(color), numpy.uint8) * (mask > 0)[:, :, None]
    pixels[:, :, 3] = (mask * 255).astype(numpy.uint8)
    return media.write("annotation.png", encode_png(pixels))


def _rgb(color: str) -> Any:
    digits = color.lstrip("#")
    third = len(digits) // 3
    return [int(digits[start : start + third], 16) for start in range(0, 3 * third, third)]
