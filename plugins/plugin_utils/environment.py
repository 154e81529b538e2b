# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The environment of a task, in the process that performs it."""

from __future__ import annotations

import contextlib
import os
import typing as t


@contextlib.contextmanager
def in_force(variables: t.Mapping[str, str]) -> t.Iterator[dict[str, str]]:
    """The environment of this process with these variables; afterwards it is what it was. Gives a copy of it."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield dict(os.environ)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
