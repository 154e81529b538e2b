# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Options that name a file, on the machine where the work is done, in place of what another option takes."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Params

#: The largest file that is read, in bytes: far more than Auth0 takes of anything that is kept in files.
LARGEST = 4 * 1024 * 1024


def with_files(kind: Kind, params: Params) -> Params:
    """The same, with what the named files hold. Raises InvalidOptions for all those that cannot be read."""
    found: dict[str, t.Any] = {}
    problems: list[str] = []
    for name, field in kind.options.items():
        path = params.get(field.file_option) if field.file_option else None
        if path is None:
            continue
        try:
            found[name] = _text(str(path))
        except (OSError, ValueError) as error:
            problems.append("%s: %s cannot be read: %s." % (field.file_option, path or "an empty path", _reason(error)))
    if problems:
        raise InvalidOptions(" ".join(problems))
    return {**params, **found} if found else params


def _text(path: str) -> str:
    with open(path, "rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError("it is larger than %d bytes" % LARGEST)
    return content.decode("utf-8-sig")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
