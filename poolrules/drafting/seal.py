"""The seal of a file we wrote: a digest inside the file, by which a later run knows that nobody has edited it.

A text carries its seal as the last line; a Word or Excel file as a custom property, because
both are kept when the file is copied or mailed, where a file beside it would be lost. The seal
guards against overwriting somebody's work by accident; it is no signature.
"""

import hashlib
import re
import zipfile
from io import BytesIO
from typing import Final

SEAL_PROPERTY: Final = "poolrules-seal"
"""The custom property that a package carries its seal in."""

BLANK: Final = "0" * 64
"""What the property holds before `seal_package` puts the digest in."""

_LAST_LINE: Final = re.compile(rb"(?:<!-- )?poolrules seal ([0-9a-f]{64})(?: -->)?\n\Z")
_PROPERTIES: Final = "docProps/custom.xml"
_IN_PROPERTIES: Final = re.compile(rb'(name="poolrules-seal"[^>]*>\s*<vt:lpwstr>)([0-9a-f]{64})(</vt:lpwstr>)')
_CONTENT_TYPES: Final = "[Content_Types].xml"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def seal_text(text: str, *, comment: bool = False) -> bytes:
    """Encode a text with its seal as the last line, in an HTML comment where the format needs one.

    >>> is_untouched(seal_text("paid\\n")), is_untouched(seal_text("paid\\n").replace(b"paid", b"owed"))
    (True, False)
    """
    body = (text if text.endswith("\n") else text + "\n").encode()
    line = f"poolrules seal {hashlib.sha256(body).hexdigest()}"
    return body + (f"<!-- {line} -->\n" if comment else f"{line}\n").encode()


def seal_package(package: bytes) -> bytes:
    """Put the seal into a Word or Excel file whose custom property `poolrules-seal` holds `BLANK`.

    The package is written anew with fixed times and stored, not compressed: compressors differ
    from machine to machine, and the same inputs must give the same bytes. Raises `ValueError` when
    there is no blank property.
    """
    with zipfile.ZipFile(BytesIO(package)) as read:
        parts = {name: read.read(name) for name in read.namelist()}
    found = _IN_PROPERTIES.search(parts.get(_PROPERTIES, b""))
    if found is None or found[2] != BLANK.encode():
        raise ValueError(f"the package has no blank property `{SEAL_PROPERTY}`")
    digest = _package_digest(parts)
    parts[_PROPERTIES] = _IN_PROPERTIES.sub(rb"\g<1>" + digest.encode() + rb"\g<3>", parts[_PROPERTIES])
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package_file:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            package_file.writestr(entry, parts[name])
    return written.getvalue()


def is_untouched(data: bytes) -> bool:
    """Whether a file carries our seal and is still what it was when it was sealed."""
    if data.startswith(b"PK"):
        return _is_untouched_package(data)
    found = _LAST_LINE.search(data)
    return found is not None and hashlib.sha256(data[: found.start()]).hexdigest().encode() == found[1]


def _is_untouched_package(data: bytes) -> bool:
    """Check the seal of a package; one that is compressed was saved by another program."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in package.infolist()):
                return False
            parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    found = _IN_PROPERTIES.search(parts.get(_PROPERTIES, b""))
    return found is not None and _package_digest(parts).encode() == found[2]


def _package_digest(parts: dict[str, bytes]) -> str:
    """Digest the names and contents of all parts, the seal itself taken as blank."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        content = parts[name]
        if name == _PROPERTIES:
            content = _IN_PROPERTIES.sub(rb"\g<1>" + BLANK.encode() + rb"\g<3>", content)
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()
