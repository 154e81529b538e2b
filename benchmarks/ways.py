# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant as it is declared, and three ways to bring it about: tasks for the same variables."""

from __future__ import annotations

from typing import Any

Tasks = list[dict[str, Any]]

PAGE = 100
"""As many objects as a page of a list can hold."""


def changed_of(number: int) -> int:
    """How many of so many objects are changed: one in a hundred, and at least one."""
    return max(1, number // 100)


def declared(number: int, changed: bool = False) -> dict[str, Any]:
    """Variables that declare so many APIs, clients and grants. changed: one in a hundred of them otherwise."""
    new = range(changed_of(number) if changed else 0)
    scopes = ["read:things", "write:things"]
    return {
        "apis": [
            {
                "identifier": f"https://api-{n}.example.com/",
                "name": f"API {n}, changed" if n in new else f"API {n}",
                "scopes": [{"value": scope, "description": scope} for scope in scopes],
            }
            for n in range(number)
        ],
        "clients": [
            {
                "name": f"client {n}",
                "app_type": "non_interactive",
                "description": f"Client {n}, changed" if n in new else f"Client {n}",
            }
            for n in range(number)
        ],
        "grants": [
            {
                "client_name": f"client {n}",
                "audience": f"https://api-{n}.example.com/",
                "scope": scopes if n in new else scopes[:1],
            }
            for n in range(number)
        ],
        "pages": number // PAGE + 1,  # one object of each kind is the tenant's own
    }


def one_task() -> Tasks:
    """The whole tenant in one task."""
    lists = {"resource_servers": "apis", "clients": "clients", "client_grants": "grants"}
    return [{"community.auth0.auth0_config": {option: "{{ %s }}" % name for option, name in lists.items()}}]


def loops() -> Tasks:
    """A task a kind, which loops over its objects."""
    fields = {
        "resource_server": ("apis", ["identifier", "name", "scopes"]),
        "client": ("clients", ["name", "app_type", "description"]),
        "client_grant": ("grants", ["client_name", "audience", "scope"]),
    }
    return [
        {
            f"community.auth0.auth0_{module}": {name: "{{ item.%s }}" % name for name in names},
            "loop": "{{ %s }}" % variable,
            "loop_control": {"label": "{{ item.%s }}" % names[0]},
        }
        for module, (variable, names) in fields.items()
    ]


def uri_tasks() -> Tasks:
    """What a person writes who has ansible.builtin.uri only: one look at each list, then a request per difference.

    They know how many pages there are to read, which spares them what a tenant of unknown size would need. Of an
    object that is there they compare the one field that may differ here.
    """
    return [
        {
            **_call("POST", "/oauth/token", _TOKEN_REQUEST),
            "register": "granted",
            "check_mode": False,
            "no_log": True,
        },
        {
            **_call("GET", "/api/v2/{{ item.0 }}?per_page=%d&page={{ item.1 }}&include_totals=true" % PAGE),
            "loop": "{{ ['resource-servers', 'clients', 'client-grants'] | product(range(pages)) | list }}",
            "register": "read",
            "check_mode": False,
        },
        {
            "ansible.builtin.set_fact": {
                name: "{{ read.results | map(attribute='json.%s', default=[]) | flatten }}" % collection
                for name, collection in (
                    ("found_apis", "resource_servers"),
                    ("found_clients", "clients"),
                    ("found_grants", "client_grants"),
                )
            }
        },
        {
            "ansible.builtin.set_fact": {
                "held_apis": "{{ dict(found_apis | map(attribute='identifier') | zip(found_apis)) }}",
                "held_clients": "{{ dict(found_clients | map(attribute='name') | zip(found_clients)) }}",
                "held_grants": "{{ dict(found_grants | map(attribute='client_id') "
                "| zip(found_grants | map(attribute='audience')) | map('join', ' ') | zip(found_grants)) }}",
            }
        },
        *_kept("apis", "resource-servers", "held_apis", "item.identifier", "name", "id"),
        *_kept("clients", "clients", "held_clients", "item.name", "description", "client_id"),
        {
            "ansible.builtin.set_fact": {
                "ids": "{{ dict(all | map(attribute='name') | zip(all | map(attribute='client_id'))) }}"
            },
            "vars": {
                "all": "{{ found_clients + (made.results | selectattr('json', 'defined') | map(attribute='json')) }}"
            },
        },
        *_kept("grants", "client-grants", "held_grants", "(%s ~ ' ' ~ item.audience)" % _CLIENT, "scope", "id", _GRANT),
    ]


_TOKEN_REQUEST = {
    "grant_type": "client_credentials",
    "client_id": "{{ auth0_client_id }}",
    "client_secret": "{{ auth0_client_secret }}",
    "audience": "https://{{ auth0_domain }}/api/v2/",
}
_CLIENT = "ids[item.client_name] | default('unknown')"  # of a client that a dry run does not create
_GRANT = {"client_id": "{{ %s }}" % _CLIENT, "audience": "{{ item.audience }}", "scope": "{{ item.scope }}"}


def _call(method: str, path: str, body: Any = None) -> dict[str, Any]:
    options: dict[str, Any] = {
        "url": "https://{{ auth0_domain }}" + path,
        "method": method,
        "ca_path": "{{ auth0_ca_path }}",
        "status_code": [200, 201],
        **({} if body is None else {"body_format": "json", "body": body}),
    }
    if path != "/oauth/token":
        options["headers"] = {"Authorization": "Bearer {{ granted.json.access_token }}"}
    return {"ansible.builtin.uri": options}


def _kept(variable: str, path: str, held: str, key: str, field: str, id_name: str, body: Any = "{{ item }}") -> Tasks:
    """Tasks that create those objects of a variable that are not held, and change one field of those that are."""
    loop = {"loop": "{{ %s }}" % variable, "loop_control": {"label": "{{ %s }}" % key}}
    target = f"/api/v2/{path}/" + "{{ %s[%s].%s }}" % (held, key, id_name)
    return [
        {**_call("POST", f"/api/v2/{path}", body), **loop, "when": f"{key} not in {held}", "register": "made"},
        {
            **_call("PATCH", target, {field: "{{ item.%s }}" % field}),
            **loop,
            "when": [f"{key} in {held}", f"{held}[{key}].{field} != item.{field}"],
        },
    ]


WAYS = {
    "auth0_config": one_task(),
    "loop of modules": loops(),
    "ansible.builtin.uri": uri_tasks(),
}
"""The tasks of each way; the first is what the others are compared with."""
SLOW = ("loop of modules", "ansible.builtin.uri")
