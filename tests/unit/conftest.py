# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.plugins.loader import init_plugin_loader
from hypothesis import settings

# Before anything of the collection is imported, so that Ansible's own loader does that, and finds its plugins later.
init_plugin_loader()

# No deadline: how long an example takes says something about the machine, not about the code.
settings.register_profile("collection", deadline=None)
settings.load_profile("collection")
