# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of a module in the process that runs a task's action: the task in, a result as the module's own out."""

from __future__ import annotations

import importlib
import multiprocessing.util
import os
import sys
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._task.reports import Report
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Outcome,
    Result,
    Task,
    Work,
    missing_library,
    perform,
)
from ansible_collections.community.auth0.plugins.module_utils._task.secrets import restored
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated
from ansible_collections.community.auth0.plugins.module_utils._tokens.kept import Kept

from .environment import in_force
from .plain import plain

#: What the tasks of this process share. All items of a loop run in one process, which ends with the loop.
KEPT = Kept()
multiprocessing.util.Finalize(None, KEPT.close, exitpriority=0)

#: What stands for an interpreter that Ansible is to find by itself.
_ANY_INTERPRETER = (None, "", "auto", "auto_legacy", "auto_silent", "auto_legacy_silent")


def module_work(action: str) -> Work:
    """The work of the module that a task names, with or without the name of this collection."""
    name = action.rpartition(".")[2]
    module = importlib.import_module("ansible_collections.community.auth0.plugins.modules.%s" % name)
    work: Work = module.WORK
    return work


def foreign_interpreter(given: t.Any) -> bool:
    """Whether the Python that a module is to run with is another one than that of this process.

    Links are followed by their name only within a directory: the Python of a virtual environment is a link to another
    one, which does not have its packages.
    """
    if given in _ANY_INTERPRETER:
        return False
    path, own = os.path.abspath(os.path.expanduser(str(given))), os.path.abspath(sys.executable)
    same_directory = os.path.realpath(os.path.dirname(path)) == os.path.realpath(os.path.dirname(own))
    return not (same_directory and os.path.realpath(path) == os.path.realpath(own))


def performed(
    work: Work,
    name: str,
    given: t.Mapping[str, t.Any],
    environment: t.Mapping[str, str],
    check_mode: bool,
    diff: bool,
    report: Report,
) -> Result:
    """Perform the work of a module; return what ``exit_json`` or ``fail_json`` would, with every secret masked.

    name: the module's. given: the task's options. environment: its variables.
    """
    with in_force(environment) as environ:
        options = validated(work.spec, plain(given), name, work.watched, work.mistakes)
        outcome = missing_library(work)
        if outcome is None and options.problem:
            outcome = Outcome({}, options.problem)
        if outcome is None:
            task = Task(restored(options.params, options.short), check_mode, diff, environ, report=report, kept=KEPT)
            outcome = perform(work, task, options.refusal)
    result: Result = {**outcome.result, "invocation": {"module_args": options.params}}
    if outcome.message is not None:
        result.update(failed=True, msg=outcome.message)
    warnings = [*options.warnings, *outcome.warnings]
    if warnings:
        result["warnings"] = warnings
    if options.deprecations:
        result["deprecations"] = list(options.deprecations)
    masked: Result = options.masked(plain(result))
    return masked
