# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Actions: code that Auth0 runs when something happens, as when a client asks for a token.

Fields, the filters, and how a bound action is deleted: Auth0's Management API description. The length of a secret's
name: a refusal that users have reported. The rest is in recorded exchanges of Auth0's servers: Auth0 builds an action
after each write, which takes a while with dependencies and may fail; only a built one can be deployed, and deploying it
makes a version; secrets are replaced as a whole and come back without their values; code comes back as it was sent; the
registry of a dependency is gone as soon as the action is built.

That the triggers of an action do not change is what its Dashboard allows. That a build which failed begins again when
the code is sent once more is not recorded, but follows from each write leading to a build.
"""

from __future__ import annotations

from .declaration import Action, Direct, Filter, FollowUp, Kind, Listed, Stage
from .field import Field

TRIGGERS = (
    "post-login",
    "credentials-exchange",
    "pre-user-registration",
    "post-user-registration",
    "post-change-password",
    "send-phone-message",
    "custom-phone-provider",
    "custom-email-provider",
    "password-reset-post-challenge",
    "custom-token-exchange",
    "event-stream",
    "password-hash-migration",
    "login-post-identifier",
    "signup-post-identifier",
)


def _as_it_is(value: str | None) -> str | None:
    return value


_BUILD_ADVICE = "Look at its code, and at the names and versions of its dependencies."

ACTION = Kind(
    name="action",
    title="action",
    path="actions/actions",
    collection="actions",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Listed(match=("name",), query={"name": "actionName"})),
    checkpoint=False,
    numbered=True,
    # The description knows no refusal of a second action of the same name.
    unique=False,
    in_use="force",
    # Results say under action what was done.
    result="auth0_action",
    filters={
        "trigger_id": Filter(Field(choices=TRIGGERS), parameter="triggerId"),
        "deployed": Filter(Field("bool")),
        "installed": Filter(Field("bool")),
    },
    follow_up=FollowUp(
        Action("POST", "deploy", "deploying"),
        done={"all_changes_deployed": True},
        undone={"all_changes_deployed": False},
        option="deploy",
        timeout="deploy_timeout",
        seconds=120,
        before=Stage("status", "built", "failed", advice=_BUILD_ADVICE),
        after=Stage("deployed_version.status", "built", "failed", "deployed_version.errors", _BUILD_ADVICE),
        too_early="must be in the 'built' state",
        again="code",
    ),
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True, min_length=1),
        "supported_triggers": Field(
            "list",
            required=True,
            create_only=True,
            max_length=1,
            key="id",
            elements=Field(
                "dict", fields={"id": Field(required=True, choices=TRIGGERS), "version": Field(min_length=1)}
            ),
        ),
        "code": Field(lines=True, file_option="code_file"),
        "runtime": Field(min_length=1, initial="node22"),
        "dependencies": Field(
            "list",
            key="name",
            resend_option="update_dependencies",
            elements=Field(
                "dict",
                fields={
                    "name": Field(required=True, min_length=1),
                    "version": Field(min_length=1),
                    # Shown until the action is built: so one that is wrong can be told from another one.
                    "registry_url": Field(write_only=True, fingerprint=("registry_url", _as_it_is)),
                },
            ),
        ),
        "secrets": Field(
            "list",
            key="name",
            resend_option="update_secrets",
            elements=Field(
                "dict",
                fields={
                    "name": Field(required=True, min_length=1, max_length=128),
                    "value": Field(required=True, secret=True, short=True, write_only=True),
                    "changed_at": Field(time=True, dates="updated_at"),
                    "updated_at": Field(read_only=True, volatile=True),
                },
            ),
        ),
        "modules": Field(
            "list",
            key="module_id",
            elements=Field(
                "dict",
                fields={
                    "module_id": Field(required=True, min_length=1, local=True),
                    "module_version_id": Field(min_length=1, local=True),
                    "module_name": Field(read_only=True),
                    "module_version_number": Field("int", read_only=True),
                },
            ),
        ),
        "status": Field(read_only=True, volatile=True),
        "all_changes_deployed": Field("bool", read_only=True, initial=False),
        "deployed_version": Field(
            "dict",
            read_only=True,
            volatile=True,
            fields={
                "id": Field(read_only=True),
                "number": Field("int", read_only=True),
                "status": Field(read_only=True),
                "built_at": Field(read_only=True),
            },
        ),
        "installed_integration_id": Field(read_only=True),
    },
)
