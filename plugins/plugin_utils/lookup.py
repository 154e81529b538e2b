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
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import connection_spec, tidied_connection
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    missing_library,
    perform,
)
from ansible_collections.community.auth0.plugins.module_utils._task.unknown import unknown_options
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated

from .plain import plain

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
    missing = missing_library(work)
    if missing:
        raise AnsibleLookupError(missing.message)
    _refuse_unknown(options, set(work.spec.options) - {term}, term)
    options = tidied_connection(plain(options))
    given = {**tidied_connection(_from_variables(lookup, variables or {}, options)), **options}
    return [_perform(lookup, work, {**given, term: plain(value)}) for value in values]


def _refuse_unknown(options: Options, known: set[str], term: str) -> None:
    if term in options:
        raise AnsibleOptionsError("%s is no option of this lookup: give it as the term, the first argument." % term)
    unknown = list(unknown_options({name: {} for name in [*known, term]}, options))
    if unknown:
        raise AnsibleOptionsError(
            "Unsupported options of this lookup: %s. There are: %s."
            % (", ".join(sorted(one.words for one in unknown)), ", ".join(sorted(known)))
        )


def _from_variables(lookup: LookupBase, variables: Options, options: Options) -> dict[str, t.Any]:
    """The connection options that the host's variables hold, and that the call does not give."""
    names = [name for name in connection_spec().options if name in variables and name not in options]
    if any(name in options for name in _PROOFS):
        names = [name for name in names if name not in _PROOFS]
    return {name: plain(lookup._templar.template(variables[name])) for name in names}


def _perform(lookup: LookupBase, work: Work, given: dict[str, t.Any]) -> Result:
    options = validated(work.spec, {name: value for name, value in given.items() if value is not None}, "lookup")
    if options.problem:
        raise AnsibleOptionsError(options.masked(options.problem))
    outcome = perform(work, Task(options.params, environ=os.environ), options.refusal)
    for warning in outcome.warnings:
        lookup._display.warning(options.masked(warning))
    if outcome.message is not None:
        raise AnsibleLookupError(options.masked(outcome.message))
    return outcome.result
