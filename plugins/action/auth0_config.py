# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a task of this collection runs: in the controller's own process where that is the same, else as any module.

A task is HTTP against a service, so that there is nothing to copy to a host. Every module of the collection has this
action (meta/runtime.yml). It is named like a module because ansible-test wants that of each action plugin.
"""

from __future__ import annotations

import typing as t

from ansible import constants as C
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as ModuleAction
from ansible.utils import color
from ansible_collections.community.auth0.plugins.module_utils._task.reports import Reports, unreported
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Work
from ansible_collections.community.auth0.plugins.plugin_utils.direct import foreign_interpreter, module_work, performed

#: Seconds between two lines about long work; on a terminal, where the line is drawn again in its place.
LINE_SECONDS, BAR_SECONDS = 15.0, 0.5


class ActionModule(ModuleAction):  # type: ignore[misc]
    """Every module of community.auth0."""

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """The result of the module, wherever it runs."""
        variables = task_vars or {}
        work = module_work(self._task.action)
        why = self._why_as_a_module(work, variables)
        if why:
            self._tell("in a process of its own, because %s" % why, variables)
            result: dict[str, t.Any] = super().run(tmp, task_vars)
            return result
        self._tell("in the controller's process", variables)
        environment: dict[str, t.Any] = {}
        self._compute_environment_string(environment)
        reports = self._reports(variables)
        try:
            result = performed(
                work,
                self._task.action,
                self._task.args,
                {str(name): str(value) for name, value in environment.items()},
                bool(self._task.check_mode),
                bool(self._task.diff),
                reports or unreported,
            )
        finally:
            if reports:
                reports.end()
        if not self._shows_invocation(variables):
            del result["invocation"]
        return result

    def _tell(self, words: str, variables: dict[str, t.Any]) -> None:
        self._display.vvv("%s runs %s" % (self._task.action, words), host=self._host(variables))

    def _why_as_a_module(self, work: Work, variables: dict[str, t.Any]) -> str | None:
        """Why the module needs a process of its own, in words; None where it does not."""
        if not boolean(self._templar.template(variables.get("auth0_direct", True)), strict=False):
            return "auth0_direct is false"
        if getattr(self._connection, "ansible_name", None) != "ansible.builtin.local":
            return "the connection is not local"
        if getattr(self._connection, "become", None):
            return "it becomes another user"
        if self._task.async_val:
            return "it is asynchronous"
        if work.missing_library:
            return "the controller's Python has no %s" % work.missing_library[0]
        interpreter = self._interpreter(variables)
        if foreign_interpreter(interpreter):
            return "its interpreter is %s" % interpreter
        return None

    def _interpreter(self, variables: dict[str, t.Any]) -> t.Any:
        """The Python with which a module would run on the host that the task is for."""
        if self._task.delegate_to:
            variables = variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        return self._templar.template(C.config.get_config_value("INTERPRETER_PYTHON", variables=variables))

    def _shows_invocation(self, variables: dict[str, t.Any]) -> bool:
        """Whether the result holds the options; from ansible-core 2.21 on, only where that is configured."""
        try:
            return bool(C.config.get_config_value("INJECT_INVOCATION", variables=variables))
        except Exception:  # an older release, which has no such setting and another error for that in each
            return True

    def _host(self, variables: dict[str, t.Any]) -> str | None:
        name = variables.get("inventory_hostname")
        return None if name is None else str(name)

    def _reports(self, variables: dict[str, t.Any]) -> Reports | None:
        """What tells how far the task is; None where programs read the output, or where nobody may see it."""
        callback = str(C.DEFAULT_STDOUT_CALLBACK).rpartition(".")[2]
        if self._task.no_log or "json" in callback:
            return None
        host = "[%s]" % self._host(variables)
        # What Ansible has found out about its terminal, to which a worker has no access.
        # ansible-runner has one of its own, and keeps all that is displayed there as events.
        if color.ANSIBLE_COLOR and not C.ANSIBLE_FORCE_COLOR and callback != "awx_display":
            return Reports(lambda line: self._draw("%s %s" % (host, line) if line else ""), True, BAR_SECONDS)
        return Reports(lambda line: self._display.display("%s %s" % (host, line)), False, LINE_SECONDS)

    def _draw(self, line: str) -> None:
        """A line in the place of the one that was drawn before."""
        self._display.display("\033[2K%s\r" % line[: self._display.columns], screen_only=True, newline=False)
