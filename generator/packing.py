"""Values of our own classes as bytes that are kept, and back; whatever else the bytes hold, nothing in it is called."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from typing import Any, Final, Protocol

_CLASSES: Final = (
    "generator.records.",
    "generator.account",
    "generator.amending",
    "generator.analysis.brief",
    "generator.analysis.control",
    "generator.analysis.held",
    "generator.analysis.posting",
    "generator.analysis.propagation",
    "generator.analysis.reuse",
    "generator.archive",
    "generator.documents",
    "generator.exports.extract",
    "generator.exports.feeds",
    "generator.pieces",
    "generator.problems",
    "generator.settings",
    "generator.shells",
)
_PLAIN: Final = frozenset(
    {
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
    }
)


class Written(Protocol):
    """What can be written to."""

    def write(self, part: bytes, /) -> int:
        """Write a part."""


def packed(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def pack_into(file: Written, value: object) -> None:
    """Write a value as bytes, part by part, so that the bytes of a large one are not in memory."""
    pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)


def pack_in_turn(file: Written, values: Iterable[object]) -> None:
    """Write values one behind the other: what is noted of one while it is packed is let go before the next."""
    for value in values:
        pack_into(file, value)


def unpacked_in_turn(blob: bytes | None) -> list[Any]:
    """What was packed one behind the other; nothing where this is something else."""
    file, found = io.BytesIO(blob or b""), []
    try:
        while file.tell() < len(file.getbuffer()):
            found.append(_Values(file).load())
    except (pickle.UnpicklingError, EOFError):
        return []
    return found


def unpacked(blob: bytes | None) -> Any:
    """What was packed, or None where this is something else."""
    try:
        return _Values(io.BytesIO(blob or b"")).load()
    except (pickle.UnpicklingError, EOFError):
        return None


class _Values(pickle.Unpickler):
    """Restores values of our own classes and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of ours, or a refusal."""
        # No dots: a module of ours imports others, and through a dotted name everything in them could be had.
        if "." not in name and ((module, name) in _PLAIN or module.startswith(_CLASSES)):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
