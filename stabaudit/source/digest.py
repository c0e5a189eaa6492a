"""BLAKE2 as `hashlib` has it, of bytes that only have to be told apart.

To import `hashlib` loads OpenSSL as well: 4 ms, a twentieth of a run on one file.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    # A Python that was built otherwise.
    from hashlib import blake2b

__all__ = ["blake2b"]
