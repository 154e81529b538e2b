# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What Ansible gives → parameters that the work can rely on, as AnsibleModule makes them, without an AnsibleModule."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import AnsibleValidationError, DeprecationError, NoLogError, UnsupportedError
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .arguments import ENVIRONMENT, ArgumentSpec, tidied_connection
from .misread import Misread, misread
from .secrets import guarded
from .unknown import Unknown, unknown_options


@dataclasses.dataclass(frozen=True)
class Validated:
    """The options of a task, validated.

    params: with defaults and values from the environment. secrets: what must not be shown. problem: why they cannot be
    used, in Ansible's words. refusal: the same, in ours. warnings, deprecations: what to tell the user.
    """

    params: dict[str, t.Any]
    secrets: frozenset[str] = dataclasses.field(repr=False)
    problem: str | None = None
    refusal: InvalidOptions | None = None
    warnings: tuple[str, ...] = ()
    deprecations: tuple[dict[str, t.Any], ...] = ()

    def masked(self, value: t.Any) -> t.Any:
        """A value with the mask in the place of every secret; truths and nulls stay, also where they look like one."""
        hidden = remove_values(value, self.secrets)
        if isinstance(value, dict):
            hidden.update({name: item for name, item in value.items() if item is None or isinstance(item, bool)})
        return hidden


def validated(
    spec: ArgumentSpec, options: t.Mapping[str, t.Any], name: str, watched: t.Mapping[str, t.Any] | None = None
) -> Validated:
    """Validate the options of a task.

    options: as they were given, plain values. name: the module's, for its words about unknown options. watched: the
    options in which secrets are looked for, where the spec does not say all of them.
    """
    guard = guarded(watched or spec.options, tidied_connection(options))
    odd = misread(spec.options, guard.params)
    found = ArgumentSpecValidator(**spec.to_kwargs()).validate(odd.options)
    return Validated(
        found.validated_parameters,
        guard.secrets,
        problem_of(spec, odd, found.errors, name),
        both(guard.refusal, odd),
        (
            *("Both option %s and its alias %s are set." % (one["option"], one["alias"]) for one in found._warnings),
            *odd.warnings,
        ),
        tuple(found._deprecations),
    )


def both(refusal: InvalidOptions | None, odd: Misread) -> InvalidOptions | None:
    """The refusal for secrets that cannot be used and for strings that were misread; None for none of that."""
    if not odd.refusals:
        return refusal
    words = [*([refusal.message] if refusal else []), *odd.refusals]
    return InvalidOptions(" ".join(words), refusal.code if refusal else "invalid_options")


def problem_of(spec: ArgumentSpec, odd: Misread, errors: t.Iterable[AnsibleValidationError], name: str) -> str | None:
    """All that is wrong with the options of a task, once Ansible has found something; None for nothing.

    odd: the options that were validated. errors: what Ansible found. name: the module's.
    """
    errors = list(errors)
    if not errors:
        return None
    unknown = list(unknown_options(spec.options, odd.options))
    words = []
    if unknown:
        strangers = next((one for one in unknown if one.near is None), None)
        words = [
            "Unsupported parameters for (%s) module: %s%s"
            % (
                name,
                ", ".join(one.words for one in unknown),
                ". Supported parameters include: %s" % ", ".join(strangers.known) if strangers else "",
            )
        ]
    words += [text.rstrip(".") for text in mistakes(errors, unknown, odd.refusals, name)]
    foreign = [
        "%s comes from the environment variable %s" % (option, variable)
        for option, variable in ENVIRONMENT.items()
        if option not in odd.options and any(text.startswith("value of %s must" % option) for text in words)
    ]
    return "; ".join(dict.fromkeys([*words, *foreign]))


def mistakes(
    errors: t.Iterable[AnsibleValidationError],
    unknown: t.Sequence[Unknown],
    refusals: t.Iterable[str],
    name: str = "",
) -> list[str]:
    """What is wrong with options, but for the unknown ones: each in Ansible's words, or in ours.

    errors: what Ansible found. unknown: the unknown options that were found. refusals: what Ansible cannot find.
    name: the module's, for an unknown option that only Ansible has found.
    """
    found = [error for error in errors if not (unknown and isinstance(error, UnsupportedError))]
    # The same mistake, met on the way to something else: without the name of the option.
    telling = [error for error in found if not isinstance(error, (NoLogError, DeprecationError))] or found
    refused = list(refusals)
    words = [
        "Unsupported parameters for (%s) module: %s" % (name, error.msg)
        if isinstance(error, UnsupportedError)
        else str(error.msg)
        for error in telling
    ]
    # In the place of what is refused stands null.
    return [*(text for text in words if not (refused and "NoneType" in text)), *refused]
