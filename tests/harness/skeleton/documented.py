# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sketch → the files of its two modules and their integration target, with what a person has to write marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from .sketch import DESCRIBE, FIND_OUT, URI_PATTERNS, KindSketch, Sketch

_HEAD = """\
#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

"""
_END = """
from ansible_collections.community.auth0.plugins.module_utils._kinds.{name} import {constant}
from ansible_collections.community.auth0.plugins.module_utils._modules.{place} import {maker}
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = {maker}({constant})


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
"""
_TOKEN = """\
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true
"""
_ACTION = {
    "description": "What was done, or would be done in check mode.",
    "type": "str",
    "returned": "success",
    "choices": ["create", "update", "delete", "none"],
    "sample": "create",
}
_TARGET_HEAD = """\
---
# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""
_META = "dependencies:\n  - setup_tenant\n"
_ON_THE_TENANT = """\
  module_defaults:
    group/community.auth0.auth0:
      auth0_domain: "{{ auth0_domain }}"
      auth0_api_token: "{{ management.access_token }}\""""


def module(kind: KindSketch, version: str) -> str:
    """The module that keeps one object. version: in which it is new."""
    options: dict[str, Any] = {}
    if not kind.standing:
        options["state"] = _described(f"whether the {kind.title} exists", kind.title)
    if any(name == kind.id_field for name, dummy in kind.directs):
        options[kind.id_field] = _described(f"the id of the {kind.title}", kind.title)
    options.update({name: _option(name, field) for name, field in kind.options.items()})
    nullable = [name for name, field in kind.options.items() if field.attributes.get("nullable")]
    if nullable:
        options["clear"] = _described("which fields are removed", kind.title)
    documentation = {
        "module": f"auth0_{kind.name}",
        "short_description": f"Manage a {kind.title} of an Auth0 tenant",
        **_common(
            version, [f"{DESCRIBE}what a {kind.title} is for, and what it is not."], ["auth0", "attributes"], True
        ),
        "options": options,
        "seealso": [{"module": f"community.auth0.auth0_{kind.name}_info"}],
    }
    returns = {
        "action": _ACTION,
        kind.name: {
            "description": f"The {kind.title} as Auth0 returns it. In check mode, as it would be.",
            "type": "dict",
            "returned": "success" if kind.standing else "success and O(state=present)",
            "sample": dict.fromkeys(_smallest(kind) or kind.identity, f"{FIND_OUT}an example")
            if kind.standing
            else dict.fromkeys((kind.id_field, *kind.identity), f"{FIND_OUT}an example"),
        },
    }
    examples = f'''{_TOKEN}
- name: "{DESCRIBE}what this is an example of"
  community.auth0.auth0_{kind.name}:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{{{ management.access_token }}}}"
{_yaml(_smallest(kind), 4)}'''
    return _file(documentation, examples, returns) + _END.format(
        name=kind.name, constant=kind.constant, place="keeping", maker="work_of"
    )


def info_module(kind: KindSketch, version: str) -> str:
    """The module that reads the objects, or the one that is always there."""
    names = [name for name, dummy in kind.directs] or [kind.id_field]
    if "name" in kind.fields:
        names += ["name", "name_pattern"]
    names += list(kind.filters)
    if kind.standing:
        names = []
    options = {name: _described(f"which {kind.plural} are read by it", kind.title) for name in dict.fromkeys(names)}
    reads = f"one {kind.title}, those that fit all that is asked for, or every {kind.title} of the tenant"
    documentation = {
        "module": f"auth0_{kind.name}_info",
        "short_description": f"Read {kind.plural} of an Auth0 tenant",
        **_common(
            version,
            [f"Reads the {kind.title} of the tenant." if kind.standing else f"Reads {reads}."],
            ["auth0", "attributes", "read_only"],
            False,
        ),
        **({"options": options} if options else {}),
        "seealso": [{"module": f"community.auth0.auth0_{kind.name}"}],
    }
    several = f"The {kind.plural} as Auth0 returns them. Empty when there is none."
    returns = {
        kind.collection: {
            "description": f"The {kind.title} as Auth0 returns it." if kind.standing else several,
            **({"type": "dict"} if kind.standing else {"type": "list", "elements": "dict"}),
            "returned": "success",
            "contains": {name: _returned(name, field) for name, field in kind.fields.items()},
        }
    }
    examples = f"""{_TOKEN}
- name: Which {kind.plural} are there?
  community.auth0.auth0_{kind.name}_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{{{ management.access_token }}}}"
  register: all
"""
    return _file(documentation, examples, returns) + _END.format(
        name=kind.name, constant=kind.constant, place="reading", maker="info_work_of"
    )


def targets(kind: KindSketch) -> dict[str, str]:
    """The integration targets of the two modules: their files, by the paths among all targets."""
    common = {"aliases": "gather_facts/no\ndoor/controller\n", "meta/main.yml": f"{_TARGET_HEAD}{_META}"}
    tasks = {f"auth0_{kind.name}": _tasks(kind), f"auth0_{kind.name}_info": _info_tasks(kind)}
    return {
        f"{name}/{file}": text
        for name, own in tasks.items()
        for file, text in {**common, "tasks/main.yml": own}.items()
    }


def _tasks(kind: KindSketch) -> str:
    if kind.standing:
        return f"""{_TARGET_HEAD}- name: {kind.plural[0].upper()}{kind.plural[1:]}
{_ON_THE_TENANT}
  block:
    - name: Change it, foreseen and done, twice
      community.auth0.auth0_{kind.name}:
{_yaml(_smallest(kind), 8)}
      check_mode: "{{{{ foreseen }}}}"
      diff: true
      loop: [true, false, false]
      loop_control: {{loop_var: foreseen}}
      register: runs

    # {DESCRIBE}a change back, and which requests are sent (as in the target auth0_tenant_settings)
    - name: Expect one change
      ansible.builtin.assert:
        that:
          - runs.results | map(attribute='action') == ['update', 'update', 'none']
          - runs.results[2].{kind.name} == runs.results[1].{kind.name}
"""
    smallest = _yaml(_smallest(kind), 8)
    identity = {name: value for name, value in _smallest(kind).items() if name in kind.identity}
    known = _yaml(identity, 8)
    return f"""{_TARGET_HEAD}- name: {kind.plural[0].upper()}{kind.plural[1:]}
{_ON_THE_TENANT}
  block:
    - name: Create one, foreseen and done, twice
      community.auth0.auth0_{kind.name}:
{smallest}
      check_mode: "{{{{ foreseen }}}}"
      diff: true
      loop: [true, false, false]
      loop_control: {{loop_var: foreseen}}
      register: runs

    - name: Delete it, foreseen and done, twice
      community.auth0.auth0_{kind.name}:
{known}
        state: absent
      check_mode: "{{{{ foreseen }}}}"
      loop: [true, false, false]
      loop_control: {{loop_var: foreseen}}
      register: removed

    # {DESCRIBE}a change with its diff, and which requests are sent (as in the target auth0_role)
    - name: Expect the life of a {kind.title}
      ansible.builtin.assert:
        that:
          - runs.results | map(attribute='action') == ['create', 'create', 'none']
          - runs.results[2].{kind.name} == runs.results[1].{kind.name}
          - removed.results | map(attribute='action') == ['delete', 'delete', 'none']

{_removal(kind)}"""


def _info_tasks(kind: KindSketch) -> str:
    if kind.standing:
        return f"""{_TARGET_HEAD}- name: Reading {kind.plural}
{_ON_THE_TENANT}
  block:
    - name: Read it
      community.auth0.auth0_{kind.name}_info:
      register: found

    # {DESCRIBE}what a new tenant has, and which requests are sent (as in the target auth0_tenant_settings_info)
    - name: Expect it
      ansible.builtin.assert:
        that:
          - found.{kind.collection} is mapping
"""
    return f"""{_TARGET_HEAD}- name: Reading {kind.plural}
{_ON_THE_TENANT}
  block:
    - name: Create one
      community.auth0.auth0_{kind.name}:
{_yaml(_smallest(kind), 8)}
      register: made

    - name: Read it
      community.auth0.auth0_{kind.name}_info:
        {kind.id_field}: "{{{{ made.{kind.name}.{kind.id_field} }}}}"
      register: found

    # {DESCRIBE}the filters, and which requests are sent (as in the target auth0_role_info)
    - name: Expect it
      ansible.builtin.assert:
        that:
          - found.{kind.collection} == [made.{kind.name}]

{_removal(kind)}"""


def _removal(kind: KindSketch) -> str:
    absent = ", ".join(f"{name}: {_scalar(value)}" for name, value in _smallest(kind).items() if name in kind.identity)
    return f"""  always:
    - name: Remove it
      community.auth0.auth0_config:
        {kind.collection}: [{{{absent}, state: absent}}]
"""


def _file(documentation: Mapping[str, Any], examples: str, returns: Mapping[str, Any]) -> str:
    blocks = (("DOCUMENTATION", _yaml(documentation, 0)), ("EXAMPLES", examples), ("RETURN", _yaml(returns, 0)))
    return _HEAD + "\n".join(f'{name} = r"""\n{text.strip()}\n"""\n' for name, text in blocks)


def _common(version: str, description: list[str], fragments: list[str], keeps: bool) -> dict[str, Any]:
    supported = ("check_mode", "diff_mode", "idempotent", "action_group") if keeps else ("action_group",)
    return {
        "version_added": version,
        "description": description,
        "author": ["community.auth0 contributors (@ansible-collections)"],
        "extends_documentation_fragment": [f"community.auth0.{name}" for name in fragments],
        "attributes": {name: {"support": "full"} for name in supported},
    }


def _described(what: str, of: str) -> dict[str, Any]:
    return {"description": f"{DESCRIBE}{what} ({of})."}


def _option(name: str, field: Sketch) -> dict[str, Any]:
    """An option with its sub-options; the rest is written by the session `documentation`."""
    found: dict[str, Any] = {"description": f"{DESCRIBE}what {name} is for."}
    inner = field.attributes.get("fields") or getattr(field.attributes.get("elements"), "attributes", {}).get("fields")
    for form in field.attributes.get("variants", {}).values():
        inner = {**(inner or {}), **form}
    if inner and "values" not in field.attributes:
        found["suboptions"] = {
            key: _option(key, part) for key, part in inner.items() if not part.attributes.get("read_only")
        }
    return found


def _returned(name: str, field: Sketch) -> dict[str, Any]:
    kind = field.attributes.get("type", "str")
    found: dict[str, Any] = {"description": f"{DESCRIBE}what {name} is.", "type": kind, "returned": "success"}
    elements = field.attributes.get("elements")
    if kind == "list":
        found["elements"] = elements.attributes.get("type", "str") if elements else "raw"
    return found


def _smallest(kind: KindSketch) -> dict[str, Any]:
    """What a creation needs at least, with values that its limits let through."""
    if kind.standing:  # there is nothing that it needs: one field is changed
        simple = (name for name, field in kind.options.items() if field.schema.type in ("str", "bool", "int"))
        return {name: example(kind.options[name], name) for name in list(simple)[:1]}
    needed = (name for name, field in kind.options.items() if field.attributes.get("required"))
    names = [name for name in dict.fromkeys((*kind.identity, *needed)) if name in kind.options]
    found: dict[str, Any] = {}
    for name in names:
        field = kind.options[name]
        form = found.get(str(field.attributes.get("chosen_by")))
        inner = field.attributes["variants"].get(form, {}) if form is not None else None
        found[name] = example(field, name) if inner is None else dict(_examples(inner))
    return found


def example(field: Sketch, name: str) -> Any:
    """A value that the limits of a field let through, but for patterns and formats."""
    given = field.attributes
    if given.get("choices"):
        return given["choices"][0]
    kind = given.get("type", "str")
    if kind == "bool":
        return True
    if kind == "int":
        return given.get("minimum", 1)
    if kind == "list":
        elements = given.get("elements")
        return [] if elements is None or not given.get("min_length") else [example(elements, name)]
    if kind == "dict":
        return dict(_examples(given.get("fields") or {}))
    if given.get("pattern") in URI_PATTERNS:
        return "https://acme.example"
    return name.replace("_", "-")[: given.get("max_length") or None].ljust(given.get("min_length", 0), "x")


def _examples(fields: Mapping[str, Sketch]) -> Iterator[tuple[str, Any]]:
    found: dict[str, Any] = {}
    for name, field in fields.items():
        if field.attributes.get("required") and not field.attributes.get("read_only"):
            other, values = field.attributes.get("goes_with", (None, ()))
            if other is None or found.get(other) in values:
                found[name] = example(field, name)
    yield from found.items()


def _scalar(value: Any) -> str:
    return str(yaml.safe_dump(value, default_flow_style=True)).removesuffix("\n").removesuffix("\n...")


def _yaml(value: Any, indent: int) -> str:
    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    text = yaml.dump(value, Dumper=Dumper, sort_keys=False, width=110, allow_unicode=True)
    return "\n".join(" " * indent + line for line in text.rstrip("\n").split("\n"))
