# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The lists of a configuration → entries with the options of the modules for one object, and all mistakes in them."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, Spec
from ansible_collections.community.auth0.plugins.module_utils._task.misread import misread
from ansible_collections.community.auth0.plugins.module_utils._task.unknown import unknown_options
from ansible_collections.community.auth0.plugins.module_utils._task.validation import accepted, mistakes

from ..file_options import with_files
from ..kind_options import accepted_mistakes, kind_spec
from .parts import PARTS

Problem = tuple[str, InvalidOptions]


@dataclasses.dataclass(frozen=True)
class Entry:
    """One declaration of a configuration. option: its list. params: its options, validated and with their defaults."""

    kind: Kind
    option: str
    position: int
    name: str
    params: t.Mapping[str, t.Any] = dataclasses.field(repr=False)

    @property
    def where(self) -> str:
        """Its place, for messages."""
        if self.kind.single:
            return self.option
        return "%s[%d]%s" % (self.option, self.position, " (%s)" % self.name if self.name else "")


def entry_spec(kind: Kind) -> ArgumentSpec:
    """The options of an entry: those of the module for one object, and what else belongs to such an object."""
    spec = kind_spec(kind)
    options: Spec = {name: option for name, option in spec.options.items() if name != "return_secret"}
    if kind.identity[:1] == ("name",) and not kind.standing:
        options["previous_name"] = {"type": "str"}
    for part in PARTS:
        if part.kind is kind:
            options.update(part.options())
    return dataclasses.replace(spec, options=options)


def read_lists(
    kinds: t.Iterable[Kind],
    options: Spec,
    given: t.Mapping[str, t.Any],
    problems: list[Problem],
    mistaken: list[Entry] | None = None,
) -> list[Entry]:
    """The entries of all lists of a task whose options Ansible refuses, also of those that have almost their name.

    kinds: of the lists. options: all of the module. given: as far as they are not misread.
    """
    lists = {kind.collection: kind for kind in kinds}
    meant = {name: name for name in lists}
    meant.update({one.path: one.near for one in unknown_options(options, given) if one.near in lists})
    entries = []
    for name, value in given.items():
        if name in meant and (lists[meant[name]].single or isinstance(value, (list, tuple))):
            entries += read_entries(lists[meant[name]], name, value, problems, mistaken=mistaken)
    return entries


def read_entries(
    kind: Kind,
    option: str,
    given: t.Any,
    problems: list[Problem],
    warnings: list[str] | None = None,
    mistaken: list[Entry] | None = None,
) -> list[Entry]:
    """The entries of one list, or the one of a kind of which there is a single object.

    What is wrong with them is added to the problems, what may be to the warnings, and the wrong ones, as far as they
    are right, to those that are mistaken.
    """
    if given is None or (kind.single and given == {}):
        return []
    if kind.single:
        given = [given]
    if not isinstance(given, (list, tuple)):
        problems.append((option, InvalidOptions("expected a list of dictionaries, not %s." % type(given).__name__)))
        return []
    spec = entry_spec(kind)
    validator = ArgumentSpecValidator(**spec.to_kwargs())
    entries = []
    for position, item in enumerate(given):
        if not isinstance(item, t.Mapping):
            where = option if kind.single else "%s[%d]" % (option, position)
            message = "expected a dictionary with the options of community.auth0.auth0_%s, not %s."
            problems.append((where, InvalidOptions(message % (kind.name, type(item).__name__))))
            continue
        entry = Entry(kind, option, position, _name_of(kind, item), {})
        unknown = list(unknown_options(spec.options, item))
        # What is null is not given, as in the arguments of a module.
        odd = misread(spec.options, {name: value for name, value in item.items() if value is not None})
        result = validator.validate(odd.options)
        said = mistakes(result.errors, unknown, odd.refusals)
        # Ansible says some things twice, at first without the option.
        said = [message for message in said if not any(message in other for other in said if other != message)]
        found = [*(one.sentence for one in unknown), *said]
        if found:
            found += accepted_mistakes(kind, spec, odd.options)
        params: t.Mapping[str, t.Any] = accepted(spec, odd.options) if found else result.validated_parameters
        try:
            params = with_files(kind, params)
        except InvalidOptions as error:
            found.append(error.message)
        if warnings is not None:
            warnings += ["%s: %s" % (entry.where, text) for text in odd.warnings]
        problems += [(entry.where, InvalidOptions(message)) for message in found]
        if not found:
            entries.append(dataclasses.replace(entry, params=params))
        elif mistaken is not None:
            mistaken.append(dataclasses.replace(entry, params=params))
    return entries


def _name_of(kind: Kind, item: t.Mapping[t.Any, t.Any]) -> str:
    """What the user calls the object of an entry, as far as that can be said of an entry that may be wrong."""
    parts = []
    for name in kind.identity:
        refers = kind.fields[name].refers
        options = (refers.option, name) if refers and refers.option else (name,)
        parts += [str(item[option]) for option in options if item.get(option) not in (None, "")][:1]
    return " / ".join(parts) or str(item.get(kind.id_field) or "")
