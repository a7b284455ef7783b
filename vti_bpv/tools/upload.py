"""What people may upload as a document: decided by what is in the file, not by its name."""

import io
import re
import zipfile
from pathlib import PurePath

from PIL import Image, UnidentifiedImageError, WebPImagePlugin  # noqa: F401 - Odoo stops Pillow from finding it

MAX_BYTES = 10 * 1024 * 1024
EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
ACCEPT = ".pdf,.docx,.jpg,.jpeg,.png"
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
MAX_PIXELS = 60_000_000


def sniff(content):
    """Tell what a file is.

    :param bytes content: all of it
    :return: a MIME type of `EXTENSIONS`; None for anything else, however it is called
    :rtype: str | None
    """
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _sniff_zip(content)
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_IMAGES)) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            kind = _IMAGES[image.format]
            image.verify()
            return kind
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _sniff_zip(content):
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return None
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return docx if {"[Content_Types].xml", "word/document.xml"} <= names and not macros else None


def safe_name(name, mimetype):
    """A harmless file name of at most 80 characters, with the extension of what the file is."""
    stem = PurePath((name or "").replace("\\", "/")).stem
    stem = re.sub(r"[^\w\- ]+", "", stem).strip()[:70] or "cv"
    return stem + EXTENSIONS[mimetype]
