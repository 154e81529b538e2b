# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The secrets among a task's options, before Ansible has looked at them.

Ansible gives up its list of secrets when any option has the wrong shape, and masks a short secret in the middle of
every word. So the secrets are collected here first, whatever the shape of what is beside them, and those that cannot be
masked are taken out: refused, or where short ones are allowed, put back once Ansible is done. Nothing in here raises.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import os
import re
import secrets
import typing as t

from ansible.module_utils.common.validation import check_type_dict
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._http.address import holds_more
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import private_keys

from .arguments import ENVIRONMENT, SHORT, SHORTEST_SECRET, tidied

Spec = t.Mapping[str, t.Any]

#: What Ansible shows in the place of a secret.
MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
#: Options that are nested more deeply than this are no options of any module.
_DEEPEST = 50
#: How much alike two names are, from 0 to 1, of which one is the other with a typing error.
_ALIKE = 0.8
_KEY_AND_VALUE = re.compile(r"([\w-]+)[\"']?\s*[:=]\s*[\"']?([^\s\"',}\]]+)")


@dataclasses.dataclass(frozen=True)
class Guarded:
    """The options of a task, safe to validate.

    params: as they were given, but for the secrets that were refused, in the place of which there is the mask.
    secrets: what must not be shown, wherever it is written. refusal: why the options cannot be used.
    short: the secrets that Ansible cannot mask, by what stands in their place.
    """

    params: dict[str, t.Any]
    secrets: frozenset[str] = dataclasses.field(repr=False)
    refusal: InvalidOptions | None = dataclasses.field(default=None, compare=False)
    short: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False, compare=False)


def restored(value: t.Any, short: t.Mapping[str, str]) -> t.Any:
    """The same with the short secrets in their places."""
    if not short:
        return value
    if isinstance(value, t.Mapping):
        return {key: restored(item, short) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [restored(item, short) for item in value]
    return short.get(value, value) if isinstance(value, str) else value


def guarded(spec: Spec, params: t.Mapping[str, t.Any]) -> Guarded:
    """Find the secrets among the options that were given.

    spec: the options, in the words of AnsibleModule. params: as Ansible hands them over, before it has validated them.
    A secret is what is given to an option with ``no_log``, also by one of its other names, in a structure of the wrong
    shape, where the option does not belong, by the environment, or in a string that is taken apart; and a private key,
    wherever it is. So is a domain that holds more than a host name, as it may be a password.
    """
    guard = _Guard(_names_of_secrets(spec))
    cleaned = guard.mapping(params, spec, "")
    guard.environment(spec, params)
    guard.hide(private_keys(list(_strings(params))))
    guard.hide(one for one in _domains(params) if holds_more(one))
    refusal = InvalidOptions(" ".join(guard.refusals), guard.code) if guard.refusals else None
    return Guarded(cleaned, frozenset(guard.secrets), refusal, guard.short)


def _names_of_secrets(spec: Spec) -> frozenset[str]:
    """The names of all secret options, at every depth."""
    found: set[str] = set()
    for name, option in spec.items():
        if option.get("no_log"):
            found.update((name, *(option.get("aliases") or ())))
        found.update(_names_of_secrets(option.get("options") or {}))
    return frozenset(found)


class _Guard:
    """Goes through the options. names: of the secret ones."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.secrets: set[str] = set()
        self.refusals: list[str] = []
        self.short: dict[str, str] = {}
        self.code = "invalid_options"

    def mapping(
        self, given: t.Mapping[t.Any, t.Any], options: Spec | None, path: str, depth: int = 0
    ) -> dict[str, t.Any]:
        """The same with the mask in the place of what is refused. options: None where anything may be given."""
        known = {
            name: option for own, option in (options or {}).items() for name in (own, *(option.get("aliases") or ()))
        }
        cleaned = {}
        for key, value in given.items():
            place = "%s.%s" % (path, key) if path else str(key)
            option = known.get(key)
            if option is None and self._means_secret(key, options is not None):
                cleaned[key] = self._misplaced(value, fails=options is not None)
            elif option is not None and option.get("no_log"):
                cleaned[key] = self._secret(value, place, short=bool(option.get(SHORT)))
            else:
                cleaned[key] = self._other(value, (option or {}).get("options"), place, depth + 1)
        return cleaned

    def _means_secret(self, key: t.Any, misspelt: bool) -> bool:
        """Whether what is given by an unknown name is meant as a secret. misspelt: where Ansible knows all names."""
        return key in self.names or (misspelt and bool(difflib.get_close_matches(str(key), self.names, 1, _ALIKE)))

    def _other(self, value: t.Any, options: Spec | None, path: str, depth: int) -> t.Any:
        """What is no secret itself, but may hold some."""
        if depth > _DEEPEST:
            self.hide(_strings(value))
            self.refusals.append("%s is nested too deeply." % re.split(r"[.[]", path, maxsplit=1)[0])
            return MASK
        if isinstance(value, t.Mapping):
            return self.mapping(value, options, path, depth)
        if isinstance(value, (list, tuple)):
            return [self._other(item, options, "%s[%d]" % (path, index), depth + 1) for index, item in enumerate(value)]
        if isinstance(value, str) and options:
            return self._written(value, options, path, depth)
        return value

    def _written(self, value: str, options: Spec, path: str, depth: int) -> t.Any:
        """Options in a string, as Ansible takes them: JSON, or names with values; in a list, separated by commas."""
        self.hide(secret for name, secret in _KEY_AND_VALUE.findall(value) if name in self.names)
        read = _read(value)
        if not isinstance(read, (dict, list)):
            return value
        cleaned = self._other(read, options, path, depth + 1)
        return value if cleaned == read else cleaned

    def _secret(self, value: t.Any, path: str, source: str = "", short: bool = False) -> t.Any:
        """What was given to a secret option. short: it may be too short for Ansible to mask."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return value
        if isinstance(value, (t.Mapping, list, tuple, set)):
            self.hide(_strings(value))
            self.refusals.append("%s is no string." % path)
            return MASK
        text = str(value)
        if text == MASK or len(text.strip()) >= SHORTEST_SECRET:
            self.hide([text])
            return value
        if short:
            place = "short-secret-%s" % secrets.token_hex(16)
            self.short[place] = text
            self.hide([place])
            return place
        self.code = "short_secret"
        self.refusals.append(
            "%s%s is too short for a secret: it has fewer than %d characters, which Ansible would mask in the middle "
            "of every word that it shows. %s"
            % (
                path,
                source,
                SHORTEST_SECRET,
                "Give the path of that file from the root." if _is_file(text) else "Give the whole secret.",
            )
        )
        return MASK

    def _misplaced(self, value: t.Any, fails: bool) -> t.Any:
        """What was given by the name of a secret option where there is none. fails: Ansible will refuse it there."""
        self.hide(_strings(value))
        return MASK if fails and any(len(text) < SHORTEST_SECRET for text in _strings(value)) else value

    def environment(self, spec: Spec, params: t.Mapping[str, t.Any]) -> None:
        """Go through the secrets that only the environment gives; none of them counts where the task gives another."""
        options = {name: option for name, option in spec.items() if option.get("no_log") and option.get("fallback")}
        given = any(params.get(one) for name, option in options.items() for one in (name, *option.get("aliases", ())))
        for name, option in options.items():
            for variable in next((part for part in option["fallback"][1:] if isinstance(part, (list, tuple))), ()):
                value = tidied(os.environ.get(variable, ""))
                if len(value) >= SHORTEST_SECRET:
                    self.hide([value])
                elif not given:
                    self._secret(value, name, " (%s in the environment)" % variable)

    def hide(self, secrets: t.Iterable[str]) -> None:
        """Never show these, nor as they are written in another string."""
        for secret in secrets:
            for text in (secret, secret.strip(), tidied(secret), repr(secret)[1:-1], json.dumps(secret)[1:-1]):
                if len(text) >= SHORTEST_SECRET and text != MASK:
                    self.secrets.add(text)


def _read(value: str) -> t.Any:
    """What Ansible makes of a string in the place of a dictionary, or what it holds in JSON; None for other strings."""
    for read in (check_type_dict, json.loads):
        try:
            return read(value)
        except Exception:  # of whatever kind: then it is something else
            continue
    return None


def _strings(value: t.Any) -> t.Iterator[str]:
    """All strings and numbers in a value, names of members included, as strings."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, t.Mapping):
            pending.extend(item.keys())
            pending.extend(item.values())
        elif isinstance(item, (list, tuple, set)):
            pending.extend(item)
        elif item is not None and not isinstance(item, bool):
            yield str(item)


def _domains(params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """The tenant's domain, from the task and from the environment, also where it is in a structure."""
    given = params.get("auth0_domain")
    yield from (*_strings(given), *([] if given is None else [str(given)]))
    yield tidied(os.environ.get(ENVIRONMENT["auth0_domain"], ""))


def _is_file(text: str) -> bool:
    try:
        return os.path.isfile(text)
    except ValueError:
        return False
