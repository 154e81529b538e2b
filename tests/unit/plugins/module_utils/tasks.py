# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks as Ansible hands them to a module: parameters with defaults, checked against the options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import info_spec, kind_spec
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, connection_spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, Work
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import DOMAIN, TOKEN

Result = dict[str, Any]


class InvalidTask(Exception):
    """What Ansible would say about the options."""


def params_of(spec: ArgumentSpec, options: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a module with these options gets, on the tenant of the tests."""
    kwargs = connection_spec().merge(spec).to_kwargs()
    result = ArgumentSpecValidator(**kwargs).validate({"auth0_domain": DOMAIN, **options})
    if result.error_messages:
        raise InvalidTask("; ".join(result.error_messages))
    return dict(result.validated_parameters)


def task_of(kind: Kind, check_mode: bool = False, diff: bool = False, **options: Any) -> Task:
    """A task that keeps one object, with a token unless it gives other credentials."""
    credentials = {} if "auth0_client_id" in options else {"auth0_api_token": TOKEN}
    return Task(params_of(kind_spec(kind), {**credentials, **options}), check_mode, diff)


def info_task_of(kind: Kind, check_mode: bool = False, **options: Any) -> Task:
    """A task that reads objects, with a token unless it gives other credentials."""
    credentials = {} if "auth0_client_id" in options else {"auth0_api_token": TOKEN}
    return Task(params_of(info_spec(kind), {**credentials, **options}), check_mode)


def run(tenant: InProcessTenant, work: Work, check_mode: bool = False, **options: Any) -> Result:
    """The result of a module's work on a tenant, with a diff."""
    return work.perform(task_on(tenant, work, check_mode, **options))


def task_on(tenant: InProcessTenant, work: Work, check_mode: bool = False, **options: Any) -> Task:
    """A task of a module on a tenant, with a diff."""
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return Task(params_of(work.spec, {**access, **options}), check_mode, diff=True)


def warned(tenant: InProcessTenant, work: Work, **options: Any) -> tuple[Result, list[str]]:
    """The result of a module's work on a tenant, and what it warns of."""
    task = task_on(tenant, work, **options)
    return work.perform(task), task.warnings


def failed(tenant: InProcessTenant, work: Work, check_mode: bool = False, **options: Any) -> TaskFailed:
    """The failure of a module's work."""
    tenant.forget()
    with pytest.raises(TaskFailed) as caught:
        run(tenant, work, check_mode, **options)
    return caught.value


def refused(tenant: InProcessTenant, work: Work, **options: Any) -> TaskFailed:
    """The failure of a module's work before anything was written."""
    failure = failed(tenant, work, **options)
    assert tenant.writes == []
    return failure


def rows(result: Result) -> list[tuple[str, str, str]]:
    """The changes that auth0_config tells."""
    return [(row["kind"], row["name"], row["action"]) for row in result["changes"]]
