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

    params: with defaults and values from the environment. secrets: what must not be shown. short: see ``Guarded``.
    problem: why they cannot be used, in Ansible's words. refusal: the same, in ours. warnings, deprecations: what to
    tell the user.
    """

    params: dict[str, t.Any]
    secrets: frozenset[str] = dataclasses.field(repr=False)
    short: t.Mapping[str, str] = dataclasses.field(repr=False)
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


#: What is wrong with options beside what Ansible looks for, as far as it can be said where Ansible refuses them.
Mistakes = t.Callable[[t.Mapping[str, t.Any]], t.Sequence[str]]


def no_mistakes(given: t.Mapping[str, t.Any]) -> t.Sequence[str]:
    """Of a module that has nothing to say before Ansible is content."""
    return ()


def validated(
    spec: ArgumentSpec,
    options: t.Mapping[str, t.Any],
    name: str,
    watched: t.Mapping[str, t.Any] | None = None,
    own: Mistakes = no_mistakes,
) -> Validated:
    """Validate the options of a task.

    options: as they were given, plain values. name: the module's, for its words about unknown options. watched: the
    options in which secrets are looked for, where the spec does not say all of them. own: the module's own mistakes.
    """
    guard = guarded(watched or spec.options, tidied_connection(options))
    odd = misread(spec.options, guard.params)
    found = ArgumentSpecValidator(**spec.to_kwargs()).validate(odd.options)
    complaint = Complaint(spec, name, guard.refusal, odd, own)
    return Validated(
        found.validated_parameters,
        guard.secrets,
        guard.short,
        complaint.problem(found.errors),
        complaint.refusal,
        (
            *("Both option %s and its alias %s are set." % (one["option"], one["alias"]) for one in found._warnings),
            *odd.warnings,
        ),
        tuple(found._deprecations),
    )


@dataclasses.dataclass(frozen=True)
class Complaint:
    """All that is wrong with the options of a task, in one message, whoever has found it.

    spec, name: the module's. secrets: why secrets among the options cannot be used. odd: the options that are
    validated, and what was misread in them. own: the module's own mistakes.
    """

    spec: ArgumentSpec
    name: str
    secrets: InvalidOptions | None
    odd: Misread
    own: Mistakes = no_mistakes

    @property
    def refusal(self) -> InvalidOptions | None:
        """Why options cannot be used in which Ansible has found nothing; None where they can."""
        if not self.secrets and not self.odd.refusals:
            return None
        words = [*([self.secrets.message] if self.secrets else []), *self.odd.refusals]
        code = self.secrets.code if self.secrets else "invalid_options"
        return InvalidOptions(" ".join(words) + self._and_own(), code)

    def problem(self, errors: t.Iterable[AnsibleValidationError]) -> str | None:
        """All that is wrong, once Ansible has found something; None for nothing. errors: what Ansible found."""
        errors = list(errors)
        if not errors:
            return None
        options = self.odd.options
        unknown = list(unknown_options(self.spec.options, options))
        words = []
        if unknown:
            strangers = next((one for one in unknown if one.near is None), None)
            words = [
                "Unsupported parameters for (%s) module: %s%s"
                % (
                    self.name,
                    ", ".join(one.words for one in unknown),
                    ". Supported parameters include: %s" % ", ".join(strangers.known) if strangers else "",
                )
            ]
        words += [self.secrets.message.rstrip(".")] if self.secrets else []
        words += [text.rstrip(".") for text in mistakes(errors, unknown, self.odd.refusals, self.name)]
        foreign = [
            "%s comes from the environment variable %s" % (option, variable)
            for option, variable in ENVIRONMENT.items()
            if option not in options and any(text.startswith("value of %s must" % option) for text in words)
        ]
        return "; ".join(dict.fromkeys([*words, *foreign])) + self._and_own()

    def _and_own(self) -> str:
        found = self.own(self.odd.options)
        lines = ["  - %s" % text.replace("\n", "\n    ") for text in dict.fromkeys(found)]
        return "\n".join(["", "This is not valid either:", *lines]) if lines else ""


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


def accepted(spec: ArgumentSpec, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What Ansible would take of options that it does not take together: each that is right in itself, as validated.

    given: without what Ansible could not even refuse (``misread``). Of options that exclude each other, the first one
    stays. All other options of the spec have their defaults.
    """
    names = {name: own for own, option in spec.options.items() for name in (own, *(option.get("aliases") or ()))}
    found = {own: option.get("default") for own, option in spec.options.items()}
    right = []
    for name, value in given.items():
        if name not in names or value is None:
            continue
        own = names[name]
        if not spec.options[own].get("options") and misread({own: spec.options[own]}, {own: value}).refusals:
            continue
        alone = {key: item for key, item in spec.options[own].items() if key not in ("required", "fallback")}
        result = ArgumentSpecValidator({own: alone}).validate({name: value})
        if not result.error_messages:
            found[own] = result.validated_parameters[own]
            right.append(own)
    for together in spec.mutually_exclusive:
        for own in [own for own in together if own in right][1:]:
            found[own] = None
    return found
