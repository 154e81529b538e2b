# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The site of the documentation: the guides in docs/ as they are, and a page for each plugin beside them.

nox -s docs_site builds it into dist/site.
"""

from __future__ import annotations

project = "community.auth0"
copyright = "community.auth0 contributors"
title = html_short_title = "community.auth0"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
root_doc = "docs/docsite/index"
include_patterns = ["docs/**", "README.md", "CHANGELOG.rst", "roles/**.md", "examples/**.md", "emulator/README.md"]
myst_heading_anchors = 4

# Names of Ansible's own plugins and pages, which are on another site, lead nowhere here.
suppress_warnings = ["ref.ref"]
pygments_style = "ansible"
html_theme = "sphinx_ansible_theme"
html_show_sphinx = False
html_use_index = False
html_copy_source = False
