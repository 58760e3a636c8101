"""Why a source could not be read, in the few words that the reader of a report sees."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "no such file or folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "a link that leads back to itself",
}


def over_limit(max_bytes: int) -> str:
    """The reason for leaving out what is longer than ``max_bytes``."""
    size = f"{max_bytes / 1_000_000:g} MB" if max_bytes >= 1_000_000 else f"{max_bytes} bytes"  # noqa: PLR2004 - 1 MB
    return f"over the size limit of {size}"


def why_unreadable(error: OSError) -> str:
    """The reason in an operating system's error, without the path, which is reported beside it."""
    return _REASONS.get(error.errno or 0) or f"not readable: {(error.strerror or str(error)).lower()}"
