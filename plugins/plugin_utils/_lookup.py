# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of a module in a template: terms, options and variables in, results or one error out.

The options are checked against the module's own argument spec, not by the plugin's documentation: so that the same
mistake gets the same answer in both, an unknown option is refused, and an empty environment variable is none.
"""

from __future__ import annotations

import os
import typing as t

from ansible.errors import AnsibleLookupError, AnsibleOptionsError
from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, connection_spec
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import given as without_nothing
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, TaskFailed, Work
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import private_keys

Options = t.Mapping[str, t.Any]

#: By which a client can prove who it is; the one from the nearest place counts.
_PROOFS = ("auth0_client_secret", "auth0_private_key")


def perform_each(
    lookup: LookupBase,
    work: Work,
    term: str,
    values: t.Sequence[t.Any],
    variables: Options | None,
    options: Options,
) -> list[Result]:
    """Perform a module's work once for each term, with the options of the lookup beside it.

    work: the module's. term: which of its options the terms are values of. values: the terms; None leaves the option
    out. variables: those of the host, of which the connection options are taken that were not given.
    Raises AnsibleOptionsError for what cannot be meant, and AnsibleLookupError for a failure, both without any secret.
    """
    if work.missing_library:
        raise AnsibleLookupError(missing_required_lib(work.missing_library[0]))
    whole = work.spec
    _refuse_unknown(options, set(whole.options) - {term}, term)
    options = without_nothing(plain(options))
    given = {**without_nothing(_from_variables(lookup, variables or {}, options)), **options}
    return [_perform(lookup, whole, work.perform, {**given, term: plain(value)}) for value in values]


def _refuse_unknown(options: Options, known: set[str], term: str) -> None:
    if term in options:
        raise AnsibleOptionsError("%s is no option of this lookup: give it as the term, the first argument." % term)
    unknown = sorted(options.keys() - known)
    if unknown:
        raise AnsibleOptionsError(
            "Unsupported options of this lookup: %s. There are: %s." % (", ".join(unknown), ", ".join(sorted(known)))
        )


def _from_variables(lookup: LookupBase, variables: Options, options: Options) -> dict[str, t.Any]:
    """The connection options that the host's variables hold, and that the call does not give."""
    names = [name for name in connection_spec().options if name in variables and name not in options]
    if any(name in options for name in _PROOFS):
        names = [name for name in names if name not in _PROOFS]
    return {name: plain(lookup._templar.template(variables[name])) for name in names}


def _perform(
    lookup: LookupBase, spec: ArgumentSpec, perform: t.Callable[[Task], Result], given: dict[str, t.Any]
) -> Result:
    validated = ArgumentSpecValidator(**spec.to_kwargs()).validate(
        {name: value for name, value in given.items() if value is not None}
    )
    params = validated.validated_parameters
    hidden = [str(params[name]) for name, option in spec.options.items() if option.get("no_log") and params.get(name)]
    hidden += private_keys(given)  # to whatever option they are given, as in the modules
    if validated.error_messages:
        raise AnsibleOptionsError(remove_values("; ".join(validated.error_messages), hidden))
    task = Task(params, environ=os.environ)
    problem: str | None = None
    result: Result = {}
    try:
        result = perform(task)
    except TaskFailed as failed:
        problem = failed.message
    for warning in [*task.warnings, *result.pop("warnings", ())]:
        lookup._display.warning(remove_values(warning, hidden))
    if problem is not None:
        raise AnsibleLookupError(remove_values(problem, hidden))
    return result


def plain(value: t.Any) -> t.Any:
    """A value as Python has it, whatever Ansible knows about it: where it comes from, whether it may be a template."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, t.Mapping):
        return {str.__str__(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return str.__str__(str(value))
