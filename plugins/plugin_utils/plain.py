# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Values as Python has them, whatever Ansible knows about them."""

from __future__ import annotations

import datetime
import typing as t


def plain(value: t.Any) -> t.Any:
    """A value without what Ansible knows about it: where it comes from, whether it is a template, that it is vaulted.

    Dates become strings in ISO 8601, as they do on their way to a module. Raises what Ansible raises for a string that
    cannot be decrypted.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, t.Mapping):
        return {str.__str__(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return str.__str__(str(value))
