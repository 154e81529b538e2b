# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom domains, and which of them is the default one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, Work
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

Options = dict[str, Any]
Result = dict[str, Any]

KEEP, READ = work_of(KINDS["custom_domain"]), info_work_of(KINDS["custom_domain"])
CHOOSE = work_of(KINDS["custom_domain_default"])
READ_DEFAULT = info_work_of(KINDS["custom_domain_default"])
DOMAIN: Options = {"domain": "login.acme.example", "type": "self_managed_certs"}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def run(tenant: InProcessTenant, work: Work, check_mode: bool = False, **options: Any) -> Result:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return work.perform(Task(params_of(work.spec, {**access, **options}), check_mode, diff=True))


def failed(tenant: InProcessTenant, work: Work, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(tenant, work, **options)
    return caught.value


def verified(tenant: InProcessTenant) -> None:
    made = run(tenant, KEEP, **DOMAIN)["custom_domain"]
    tenant.call("POST", f"/custom-domains/{made['custom_domain_id']}/verify")
    tenant.forget()


@pytest.mark.parametrize("domain", ["login_acme.example", "-a.example", "a b", "a..b", "ab", "x" * 64 + ".example", ""])
def test_what_is_no_domain_is_refused_before_anything_is_sent(tenant: InProcessTenant, domain: str) -> None:
    caught = failed(tenant, KEEP, domain=domain, type="self_managed_certs")
    assert isinstance(caught.error, InvalidOptions)
    assert "domain: " in caught.message
    assert tenant.sent == []


def test_a_new_domain_says_what_the_dns_needs(tenant: InProcessTenant) -> None:
    made = run(tenant, KEEP, **DOMAIN)["custom_domain"]
    assert made["status"] == "pending_verification"
    (method,) = made["verification"]["methods"]
    assert method["domain"] == "_cf-custom-hostname.login.acme.example"
    assert run(tenant, READ)["custom_domains"] == [made]


def test_all_domains_are_read_in_pages(tenant: InProcessTenant) -> None:
    """Without a size of pages, Auth0 answers with an array."""
    for number in range(3):
        run(tenant, KEEP, **{**DOMAIN, "domain": f"d{number}.acme.example"})
    tenant.page_size = 2
    assert len(run(tenant, READ)["custom_domains"]) == 3
    assert run(tenant, KEEP, **{**DOMAIN, "domain": "d2.acme.example"})["action"] == "none"


def test_its_type_stays(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DOMAIN)
    caught = failed(tenant, KEEP, **{**DOMAIN, "type": "auth0_managed_certs"})
    assert isinstance(caught.error, Refused)
    assert "type cannot be changed after creation" in caught.message


def test_metadata_that_are_not_declared_are_kept_and_null_removes_one(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DOMAIN, domain_metadata={"a": "1", "b": "2"})
    changed = run(tenant, KEEP, **DOMAIN, domain_metadata={"a": None, "c": 3})
    assert changed["custom_domain"]["domain_metadata"] == {"b": "2", "c": "3"}
    assert run(tenant, KEEP, **DOMAIN, domain_metadata={"a": None, "c": 3})["action"] == "none"


def test_the_default_domain_is_chosen_read_and_never_deleted(tenant: InProcessTenant) -> None:
    assert run(tenant, READ_DEFAULT)["custom_domain_default"] == {"domain": tenant.domain}
    verified(tenant)
    foreseen = run(tenant, CHOOSE, True, domain=DOMAIN["domain"])
    assert tenant.writes == []
    done = run(tenant, CHOOSE, domain=DOMAIN["domain"])
    assert (foreseen["action"], done["action"]) == ("update", "update")
    assert foreseen["custom_domain_default"] == done["custom_domain_default"] == {"domain": DOMAIN["domain"]}
    assert [one.body for one in tenant.writes] == [{"domain": DOMAIN["domain"]}]
    assert run(tenant, CHOOSE, domain=DOMAIN["domain"])["action"] == "none"
    tenant.forget()
    caught = failed(tenant, KEEP, domain=DOMAIN["domain"], state="absent")
    assert isinstance(caught.error, Refused)
    assert "it is the tenant's default domain" in caught.message
    assert tenant.writes == []
    run(tenant, CHOOSE, domain=tenant.domain)
    assert run(tenant, KEEP, domain=DOMAIN["domain"], state="absent")["action"] == "delete"


def test_a_domain_that_is_not_verified_is_not_the_default(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DOMAIN)
    caught = failed(tenant, CHOOSE, domain=DOMAIN["domain"])
    assert isinstance(caught.error, ApiError)
    assert "must be verified before it can be set as default" in caught.message
    assert caught.changed is False


def test_a_configuration_holds_domains_and_leaves_out_which_is_the_default(tenant: InProcessTenant) -> None:
    verified(tenant)
    config: Options = {"custom_domains": [DOMAIN], "custom_domain_default": {"domain": DOMAIN["domain"]}}
    done = run(tenant, CONFIG, **config)
    assert [(row["kind"], row["action"]) for row in done["changes"]] == [("custom_domain_default", "update")]
    assert not run(tenant, CONFIG, **config)["changed"]
    read = run(tenant, CONFIG_INFO, kinds=["custom_domains", "custom_domain_default"])
    assert read["config"]["custom_domains"] == [DOMAIN]
    assert [row["kind"] for row in read["left_out"]] == ["custom_domain_default"]
    assert not run(tenant, CONFIG, **read["config"])["changed"]
