# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates as Ansible evaluates them, with the lookups of this collection as its loader finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ansible.template
import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import lookup_loader
from ansible.utils.display import Display

#: From ansible-core 2.19 on, only a text that says so is a template.
trusted = getattr(ansible.template, "trust_as_template", str)


class Templates:
    """What a host's templates are evaluated with. warnings: what the user is told beside the results."""

    def __init__(self, warnings: list[str]) -> None:
        self.warnings = warnings
        self.variables: dict[str, Any] = {}

    def _templar(self) -> Any:
        return ansible.template.Templar(loader=DataLoader(), variables=self.variables)

    def render(self, template: str, **variables: Any) -> Any:
        """The value of a template; variables: those of the task, beside the host's."""
        self.variables.update(variables)
        return self._templar().template(trusted(template))

    def run(self, plugin: str, *terms: Any, **options: Any) -> list[Any]:
        """What a lookup returns, or raises, as a template would call it."""
        templar = self._templar()
        lookup = lookup_loader.get(f"community.auth0.{plugin}", loader=DataLoader(), templar=templar)
        found: list[Any] = lookup.run(list(terms), variables=templar.available_variables, **options)
        return found

    def template(self, **variables: str) -> None:
        """Give the host variables that are templates."""
        self.variables.update({name: trusted(value) for name, value in variables.items()})

    def give(self, variables: Mapping[str, Any]) -> None:
        """Give the host variables."""
        self.variables.update(variables)


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> Templates:
    """Templates of a host without variables."""
    warnings: list[str] = []
    monkeypatch.setattr(Display, "warning", lambda self, msg, *dummy, **more: warnings.append(str(msg)))
    return Templates(warnings)
