# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports what the work of tasks needs, once, before Ansible forks a process for each task and host.

Ansible compiles the files of collections in each process that imports them. The action of all modules but auth0_config
is known from meta/runtime.yml only, and loaded by none but the processes that it forks. It imports this package before,
to look for an action with the name of a module.
"""

from __future__ import annotations

import contextlib
import importlib

for _module in ("auth0_config", "auth0_access_info"):
    with contextlib.suppress(ImportError):  # where a library is missing, the task says so
        importlib.import_module("ansible_collections.community.auth0.plugins.modules.%s" % _module)
with contextlib.suppress(ImportError):
    importlib.import_module("ansible_collections.community.auth0.plugins.plugin_utils.direct")
