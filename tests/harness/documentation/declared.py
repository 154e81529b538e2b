# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is declared for a module: its options, and the fields that they take."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, LINKS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import connection_spec

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "plugins" / "modules"
COLLECTION = "ansible_collections.community.auth0"

#: The uses of credentials that auth0_client_credentials keeps beside the authentication.
_USES = ("signed_request_object", "token_vault_privileged_access")


@dataclasses.dataclass(frozen=True)
class Declared:
    """What is declared for a module.

    options: its options in the words of an argument spec, without those that a documentation fragment describes.
    fields: those of the options that take a field of a kind, and the field.
    kind: the kind whose objects it keeps; None for every other module.
    """

    options: Mapping[str, Mapping[str, Any]]
    fields: Mapping[str, Field]
    kind: Kind | None = None


def module_names() -> list[str]:
    """The names of the modules."""
    return sorted(path.stem for path in MODULES.glob("*.py"))


def declared(module: str, fragments: list[str]) -> Declared:
    """What is declared for a module. fragments: the documentation fragments that it names."""
    work = importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, module)).WORK
    described = connection_spec().options.keys() | _options_of(fragments)
    options = {name: option for name, option in work.spec.options.items() if name not in described}
    return Declared(options, _fields(module), KINDS.get(module.removeprefix("auth0_")))


def _options_of(fragments: list[str]) -> set[str]:
    """The options that documentation fragments of the collection describe."""
    found: set[str] = set()
    for fragment in fragments:
        name = fragment.removeprefix("community.auth0.")
        described = importlib.import_module("%s.plugins.doc_fragments.%s" % (COLLECTION, name))
        found |= (yaml.safe_load(described.ModuleDocFragment.DOCUMENTATION).get("options") or {}).keys()
    return found


def _fields(module: str) -> Mapping[str, Field]:
    """The fields that a module's options take."""
    name = module.removeprefix("auth0_")
    if name in KINDS:
        return KINDS[name].options
    if name.removesuffix("_info") in KINDS:
        # A filter takes the values of a field; what the field is to a new object does not matter to it.
        filters = KINDS[name.removesuffix("_info")].filters
        return {
            option: dataclasses.replace(found.field, required=False, create_only=False, initial=None)
            for option, found in filters.items()
        }
    if name == "client_credentials":
        return _credential_fields()
    return {link.collection: _list_of(link.fields) for link in LINKS if link.name == name}


def _credential_fields() -> Mapping[str, Field]:
    # What differs from a credential that there is, is another credential: the module's own words say so.
    parts = {
        name: dataclasses.replace(field, create_only=False, required=False)
        for name, field in CLIENT_CREDENTIAL.options.items()
    }
    uses = {use: {**(CLIENT.fields[use].fields or {}), "credentials": _list_of(parts)} for use in _USES}
    return {"credentials": _list_of(parts), **{use: Field("dict", fields=fields) for use, fields in uses.items()}}


def _list_of(fields: Mapping[str, Field]) -> Field:
    return Field("list", elements=Field("dict", fields=fields))
