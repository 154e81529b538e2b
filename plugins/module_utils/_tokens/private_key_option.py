# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A private key as an option gives it: a PEM, or the path of a file. Only imported where one is given."""

from __future__ import annotations

import os
import re
import stat
import traceback

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .pem import with_line_breaks
from .public_key import FEWEST_BITS

try:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    CRYPTOGRAPHY_IMPORT_ERROR = None
except ImportError:
    CRYPTOGRAPHY_IMPORT_ERROR = traceback.format_exc()

_PRIVATE_KEY = re.compile(r"-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?-----END \1PRIVATE KEY-----", re.DOTALL)


def read_private_key(given: str, option: str) -> RSAPrivateKey:
    """The key that an option gives. Raises InvalidOptions that says what is wrong with it and shows nothing of it."""
    return _loaded(with_line_breaks(given if is_pem(given) else _content(given, option)), option)


def is_pem(given: str) -> bool:
    """Whether the option holds the key itself; otherwise it is the path of a file."""
    return "-----BEGIN" in given


def warning_about(path: str, option: str) -> str | None:
    """The warning to give when others can read the file of a private key."""
    try:
        mode = os.stat(os.path.expanduser(path)).st_mode
    except (OSError, ValueError):
        return None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        # Without the path, which Ansible would mask as the value of the option.
        return "%s: others can read this file (its mode is %s). Take that right from them: chmod 600." % (
            option,
            oct(stat.S_IMODE(mode)),
        )
    return None


def _content(path: str, option: str) -> str:
    try:
        with open(os.path.expanduser(path), encoding="ascii") as file:
            return file.read(65536)
    except (OSError, ValueError) as error:
        # Not what was given: it may be a key that lost its first line.
        raise InvalidOptions(
            "%s is neither a private key in PEM format nor the path of a file with one that can be read (%s)."
            % (option, (isinstance(error, OSError) and error.strerror) or "not a string")
        ) from None


def _loaded(pem: str, option: str) -> RSAPrivateKey:
    block = _PRIVATE_KEY.search(pem)  # beside it there may be its certificate
    if block is None or "ENCRYPTED" in block[0]:
        raise InvalidOptions("%s %s." % (option, _no_private_key(pem)))
    try:
        key = load_pem_private_key(block[0].encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InvalidOptions("%s is not a private key in PEM format; it may be cut short." % option) from None
    if not isinstance(key, RSAPrivateKey):
        raise InvalidOptions("%s is not an RSA key, and Auth0 takes no other kind for private_key_jwt." % option)
    if key.key_size < FEWEST_BITS:
        raise InvalidOptions(
            "%s has %d bits, and Auth0 takes no key with fewer than %d." % (option, key.key_size, FEWEST_BITS)
        )
    return key


def _no_private_key(pem: str) -> str:
    for sign, problem in (
        ("ENCRYPTED", "is encrypted. Give it without a passphrase, from a vault"),
        ("PUBLIC KEY-----", "is a public key. Auth0 has that one; the private key signs"),
        ("CERTIFICATE-----", "is a certificate. The private key that belongs to it signs"),
    ):
        if sign in pem:
            return problem
    return "is not a private key in PEM format; it may be cut short"
