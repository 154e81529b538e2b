# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Kinds and links → the options of their modules, and what was given in those → what is declared or asked for."""

from __future__ import annotations

import itertools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Desired
from ansible_collections.community.auth0.plugins.module_utils._engine.links import DesiredLinks
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import holders_of
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import declaration_mistakes
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import Selection
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of, links_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import (
    SHORT,
    STATE,
    ArgumentSpec,
    Params,
    Spec,
    to_string,
)
from ansible_collections.community.auth0.plugins.module_utils._task.validation import accepted


def kind_spec(kind: Kind) -> ArgumentSpec:
    """The options of the module that keeps one object of a kind."""
    options: Spec = {}
    exclusive: list[tuple[str, ...]] = []
    one_of: list[tuple[str, ...]] = []
    if _has_id_option(kind):
        options[kind.id_field] = {"type": "str"}
    for name, field in kind.options.items():
        options[name] = option_of(field)
        if field.purge_option:
            options[field.purge_option] = {"type": "bool", "default": True}
        if field.members_of:
            options[field.members_of.option] = {"type": "bool", "default": True}
        if field.refers and field.refers.option:
            options[field.refers.option] = {"type": "str"}
        if field.file_option:
            options[field.file_option] = {"type": "path"}
            exclusive.append((name, field.file_option))
        if field.resend_option:
            choices = ["on_change" if kind.standing else "on_create", "always"]
            options[field.resend_option] = {"type": "str", "choices": choices, "default": choices[0]}
    nullable = sorted(name for name, field in kind.options.items() if field.nullable)
    if nullable:
        options["clear"] = {"type": "list", "elements": "str", "choices": nullable, "default": []}
    if kind.returned_secret:
        options["return_secret"] = {"type": "bool", "default": False}
    if holders_of(kind):
        options["validate_grants"] = {"type": "bool"}
    if kind.follow_up:
        options[kind.follow_up.option] = {"type": "bool", "default": kind.follow_up.by_default}
        options[kind.follow_up.timeout] = {"type": "int", "default": kind.follow_up.seconds}
    if dependants_of(kind) or kind.in_use:
        options["force"] = {"type": "bool", "default": False}
    if _has_id_option(kind):
        one_of.append((kind.id_field, *(name for name in kind.identity if kind.fields[name].required)))
    else:
        for name in kind.identity:
            names, required = _with_references(kind, [name]), kind.fields[name].required
            if required and len(names) > 1:
                one_of.append(names)
            else:
                options[name]["required"] = required
    for fields in _exclusive_fields(kind):
        names = _with_references(kind, fields)
        exclusive.append(names)
        if set(fields) <= set(kind.identity):
            one_of.append(names)
    for name in kind.options:
        names = _with_references(kind, [name])
        if len(names) > 1 and not any(set(names) <= set(others) for others in exclusive):
            exclusive.append(names)
    spec = ArgumentSpec(options, tuple(exclusive), tuple(one_of))
    return spec if kind.standing else STATE.merge(spec)


def info_spec(kind: Kind) -> ArgumentSpec:
    """The options of the module that reads the objects of a kind."""
    options: Spec = {name: option_of(kind.fields[name]) for name in kind.direct if name in kind.options}
    options = {name: options.get(name, {"type": "str"}) for name in kind.direct}
    options.update(_filter_options(kind))
    if kind.named:
        options.update({"name": {"type": "str"}, "name_pattern": {"type": "str"}})
    exclusive = _exclusive(kind, options)
    if kind.holds_secret:
        options["include_secrets"] = {"type": "bool", "default": False}
    options.update({links.include: {"type": "bool", "default": False} for links in links_of(kind)})
    return ArgumentSpec(options, exclusive)


def owner_spec(link: Link) -> ArgumentSpec:
    """The options that name the object whose links a module keeps or reads."""
    names = (link.owner_id, link.owner_name)
    return ArgumentSpec(
        {name: {"type": "str"} for name in names},
        mutually_exclusive=(names,),
        required_one_of=(names,),
    )


def links_options(link: Link) -> Spec:
    """The options that say which links an object has."""
    named = {name: field.refers for name, field in link.naming.items() if field.refers and field.refers.option}
    # What only the server tells is taken as well, so that what the info module returns can be given as it is.
    fields: Spec = {
        name: {"type": field.type, "required": field.required and name not in named}
        for name, field in link.fields.items()
    }
    fields.update({str(refers.option): {"type": "str"} for refers in named.values()})
    fields.update({name: option_of(field) for name, field in link.carries.items()})
    pairs = [(name, str(refers.option)) for name, refers in named.items()]
    more = {"mutually_exclusive": pairs, "required_one_of": pairs} if pairs else {}
    options: Spec = {
        link.collection: {"type": "list", "elements": "dict", "options": fields, **more},
        link.purge_option: {"type": "bool", "default": True},
    }
    for field in link.naming.values():
        if field.members_of:
            options[field.members_of.option] = {"type": "bool", "default": True}
    return options


def link_spec(link: Link) -> ArgumentSpec:
    """The options of the module that keeps one link of an object."""
    options: Spec = {}
    pairs: list[tuple[str, ...]] = []
    for name, field in link.naming.items():
        names = (name, field.refers.option) if field.refers and field.refers.option else (name,)
        options.update({one: {"type": "str", "required": len(names) == 1} for one in names})
        pairs += [names] if len(names) > 1 else []
    options.update({name: option_of(field) for name, field in link.carries.items()})
    return STATE.merge(owner_spec(link)).merge(ArgumentSpec(options, tuple(pairs), tuple(pairs)))


def link_from(link: Link, params: Params) -> dict[str, t.Any]:
    """A link as a task or an item of a list declares it; a Reference where it names an object that has to be there."""
    given = {
        name: _given(field, params[name])
        for name, field in {**link.naming, **link.carries}.items()
        if params.get(name) is not None
    }
    for name, field in link.naming.items():
        refers = field.refers
        if refers and refers.option and name in given:
            given[name] = Reference(KINDS[refers.kind], {refers.field: given[name]}, refers.field)
    return {**given, **_references(link.naming, params)}


def links_from(link: Link, owner: Reference, params: Params, present: bool = True) -> DesiredLinks:
    """The links that the options declare. owner: the object that has them. present: False to have them removed."""
    checks = [params[field.members_of.option] for field in link.naming.values() if field.members_of]
    return DesiredLinks(
        link,
        owner,
        tuple(link_from(link, item) for item in params[link.collection]),
        present=present,
        purge=params[link.purge_option],
        checked=any(checks),
    )


def links_info_spec(link: Link) -> ArgumentSpec:
    """The options of the module that reads what an object is linked to."""
    options = _filter_options(link.kind) if link.kind else {}
    return owner_spec(link).merge(ArgumentSpec(options, _exclusive(link.kind, options) if link.kind else ()))


def _filter_options(kind: Kind) -> Spec:
    options: Spec = {}
    for name, declared in kind.filters.items():
        options[name] = option_of(declared.field)
        if declared.field.refers and declared.field.refers.option:
            options[declared.field.refers.option] = {"type": "str"}
    return options


def _exclusive(kind: Kind, options: t.Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The pairs of options, among those that select objects, of which at most one can be meant."""
    return tuple(pair for pair in itertools.combinations(options, 2) if _exclude_each_other(kind, set(pair)))


def _exclude_each_other(kind: Kind, pair: set[str]) -> bool:
    """Whether at most one of two options that select objects can be meant."""
    alone = {name for name, declared in kind.filters.items() if declared.alone}
    one_of = [set(_with_references(kind, fields)) for fields in _exclusive_fields(kind)]
    one_of += [set(_with_references(kind, [name])) for name in kind.filters if name in kind.fields]
    return bool(
        pair & set(kind.direct)
        or (pair & alone and pair <= kind.filters.keys())
        or pair == {"name", "name_pattern"}
        or any(pair <= names for names in one_of)
    )


def _exclusive_fields(kind: Kind) -> list[tuple[str, ...]]:
    """Sets of fields of which at most one can be declared."""
    return [rule.exclusive for rule in kind.rules if rule.exclusive]


def _with_references(kind: Kind, names: t.Iterable[str]) -> tuple[str, ...]:
    """The fields, and the options by which those can be given that refer to another object."""
    found: list[str] = []
    for name in names:
        refers = kind.fields[name].refers
        found += [name, refers.option] if refers and refers.option else [name]
    return tuple(found)


def _has_id_option(kind: Kind) -> bool:
    return any(isinstance(way, Direct) and way.field == kind.id_field for way in kind.lookups)


def option_of(field: Field, whole: bool = False) -> Spec:
    """The option that takes a field. whole: it is given all at once, so what is required of it cannot be left out."""
    option: Spec = {"type": field.type, "no_log": field.no_log}
    if field.short:
        option[SHORT] = True
    if whole and field.required:
        option["required"] = True
    if field.choices:
        option["choices"] = list(field.choices)
    if field.aliases:
        option["aliases"] = list(field.aliases)
    if field.elements:
        element = option_of(field.elements, whole)
        option["elements"] = element["type"]
        for key in ("choices", "options", "mutually_exclusive"):
            if key in element:
                option[key] = element[key]
        if field.key and not (field.elements.fields or {})[field.key].refers:
            option["options"][field.key]["required"] = True
    if field.fields is not None and not field.free:
        option["options"] = {name: option_of(sub, whole) for name, sub in field.fields.items() if not sub.read_only}
        named = [(name, sub.refers.option) for name, sub in field.fields.items() if sub.refers and sub.refers.option]
        if named:
            option["options"].update({other: {"type": "str"} for dummy, other in named})
            option["mutually_exclusive"] = named
    return option


def desired_from(kind: Kind, params: Params) -> Desired:
    """What a task declares: the options that were given."""
    fields = {name: _given(field, params[name]) for name, field in kind.options.items() if params.get(name) is not None}
    references = _references(kind.options, params)
    return Desired(
        kind,
        {**fields, **references},
        object_id=params.get(kind.id_field) if _has_id_option(kind) else None,
        present=params.get("state", "present") == "present",
        clear=frozenset(params.get("clear") or ()),
        additive=frozenset(
            name for name, field in kind.options.items() if field.purge_option and not params[field.purge_option]
        ),
        unchecked=frozenset(
            name for name, field in kind.options.items() if field.members_of and not params[field.members_of.option]
        ),
        names={name: reference.name for name, reference in references.items()},
        with_dependants=bool(params.get("force")),
        resent=frozenset(
            name
            for name, field in kind.options.items()
            if field.resend_option and params.get(field.resend_option) == "always"
        ),
        follows_up=kind.follow_up is None or params.get(kind.follow_up.option, kind.follow_up.by_default),
        takes_secret=bool(params.get("return_secret")),
        patience=params.get(kind.follow_up.timeout, kind.follow_up.seconds) if kind.follow_up else 0,
        refuses_stale=params.get("validate_grants"),
    )


def accepted_mistakes(kind: Kind, spec: ArgumentSpec, given: Params) -> list[str]:
    """What is wrong in itself with that part of a declaration which Ansible accepts, where it does not accept all.

    spec: the options, those of ``kind_spec`` among them. given: as far as they are not misread.
    """
    found = declaration_mistakes(desired_from(kind, accepted(spec, given)))
    # In the place of an item that was misread stands null.
    return [text for text in found if not text.endswith(": is null")]


def selection_from(kind: Kind, params: Params) -> Selection:
    """Which objects a task asks for."""
    filters = {name: params[name] for name in kind.filters if params.get(name) is not None}
    references = _references({name: declared.field for name, declared in kind.filters.items()}, params)
    return Selection(
        kind,
        direct=next(((name, params[name]) for name in kind.direct if params.get(name) is not None), None),
        filters={**filters, **references},
        name=None if "name" in kind.direct else params.get("name"),
        name_pattern=params.get("name_pattern"),
    )


def _references(fields: t.Mapping[str, Field], params: Params) -> dict[str, Reference]:
    """The fields that refer to an object which a task calls by another of its fields, as by its name."""
    found = {}
    for name, field in fields.items():
        refers = field.refers
        if refers and refers.option and refers.by and params.get(refers.option) is not None:
            found[name] = Reference(KINDS[refers.kind], {refers.by: params[refers.option]}, refers.field, refers.prefix)
    return found


def _given(field: Field, value: t.Any) -> t.Any:
    """An option's value without the sub-options that were not given, and without what Ansible has taken from an alias.

    Free-form objects keep their nulls.
    """
    if isinstance(value, dict) and field.fields is not None and not field.free:
        aliases = {alias for sub in field.fields.values() for alias in sub.aliases}
        given = {key: item for key, item in value.items() if item is not None and key not in aliases}
        own = {key: _given(field.fields[key], item) for key, item in given.items() if key in field.fields}
        return {**own, **_references(field.fields, given)}
    if isinstance(value, dict) and field.values and field.values.type == "str":
        return {str(key): to_string(item) for key, item in value.items()}
    if isinstance(value, list) and field.elements:
        return [_given(field.elements, item) for item in value]
    return value
