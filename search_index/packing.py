"""Many small numbers as a short string: a continuation carries one for each term of a query, most of them 0."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator

MAX_NUMBERS = 16_384
_MAX_BYTES = 9 * MAX_NUMBERS
_LARGEST = 2**63


def pack(numbers: Iterable[int]) -> str:
    """Whole numbers from 0 to 2^63 - 1 as letters and digits that a URL takes."""
    raw = b"".join(map(_written, numbers))
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode("ascii").rstrip("=")


def unpack(packed: str) -> tuple[int, ...]:
    """The reverse. Raises ValueError for what ``pack`` cannot have made of MAX_NUMBERS numbers or fewer."""
    try:
        squeezed = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        opened = zlib.decompressobj()
        raw = opened.decompress(squeezed, _MAX_BYTES)
    except (zlib.error, ValueError) as error:
        raise ValueError("these are no packed numbers") from error
    if not opened.eof or opened.unused_data:
        raise ValueError("these are no packed numbers, or too many")
    return tuple(_numbers(raw))


def _written(number: int) -> bytes:
    """Seven bits a byte, the lowest first; all but the last byte have their highest bit set (LEB128)."""
    if not 0 <= number < _LARGEST:
        raise ValueError("this number cannot be packed")
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _numbers(raw: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in raw:
        number |= (byte & 0x7F) << shift
        shift += 7
        if number >= _LARGEST or shift > 63:
            raise ValueError("this number is too large")
        if byte < 0x80:
            yield number
            number = shift = 0
    if shift:
        raise ValueError("the last number is cut")
