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
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    Fault,
    InProcessTenant,
    Raw,
    replaced,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    failed,
    run,
    warned,
)

pytestmark = pytest.mark.usefixtures("short_waits")

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


def sent(tenant: InProcessTenant) -> list[str]:
    """What was written since the last call."""
    found = [f"{one.method} {one.path.split('/cd_')[0].removeprefix('/api/v2/')}" for one in tenant.writes]
    tenant.forget()
    return found


def not_found(domain: Result) -> Fault:
    """The answer where the record is not in the DNS."""
    return Fault("not found", False, lambda request, answer: Raw(201, {}, b"").with_json(domain))


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
    assert caught.message == (
        "custom domain login.acme.example must not go while something refers to it: domain of the default domain. "
        "Change or remove that first, or in the same configuration."
    )
    assert tenant.writes == []
    run(tenant, CHOOSE, domain=tenant.domain)
    assert run(tenant, KEEP, domain=DOMAIN["domain"], state="absent")["action"] == "delete"


def test_the_default_is_moved_and_the_old_one_removed_or_pruned_in_one_run(tenant: InProcessTenant) -> None:
    new: Options = {"domain": "id.acme.example", "type": "auth0_managed_certs"}
    default: Options = {"custom_domain_default": {"domain": new["domain"]}}
    for gone in ({"state": "absent"}, None):
        verified(tenant)
        run(tenant, CHOOSE, domain=DOMAIN["domain"])
        config: Options = {"custom_domains": [{**new, "verify": True}], **default}
        if gone is None:
            config["prune"] = {"max": 1, "custom_domains": {"domain_pattern": "login.*"}}
        else:
            config["custom_domains"].append({"domain": DOMAIN["domain"], **gone})
        foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
        rows = [(row["kind"], row["action"]) for row in done["changes"]]
        made = [("custom_domain", "create")] if gone else []
        assert rows == [*made, ("custom_domain_default", "update"), ("custom_domain", "delete")]
        assert rows == [(row["kind"], row["action"]) for row in foreseen["changes"]]
        assert run(tenant, READ_DEFAULT)["custom_domain_default"] == {"domain": new["domain"]}


def test_the_default_domain_is_kept_from_pruning_with_a_word(tenant: InProcessTenant) -> None:
    verified(tenant)
    run(tenant, CHOOSE, domain=DOMAIN["domain"])
    prune = {"max": 1, "custom_domains": {"domain_pattern": "*"}}
    done, warnings = warned(tenant, CONFIG, custom_domains=[], prune=prune)
    assert done["changes"] == []
    assert warnings == ["prune keeps custom domain login.acme.example, to which domain of the default domain refers"]


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


# ---------------------------------------------------------------- verifying


def test_a_domain_is_verified_only_where_a_task_says_so_and_once(tenant: InProcessTenant) -> None:
    managed = {**DOMAIN, "type": "auth0_managed_certs"}
    run(tenant, KEEP, **managed)
    assert run(tenant, KEEP, **managed)["custom_domain"]["status"] == "pending_verification"
    tenant.forget()
    foreseen = run(tenant, KEEP, True, **managed, verify=True)
    assert (foreseen["action"], foreseen["custom_domain"]["status"], tenant.writes) == ("update", "ready", [])
    done = run(tenant, KEEP, **managed, verify=True)
    assert (done["action"], done["custom_domain"]["status"]) == ("update", "ready")
    assert done["diff"]["before"]["status"] == "pending_verification"
    assert sent(tenant) == ["POST custom-domains"]
    assert run(tenant, KEEP, **managed, verify=True)["action"] == "none"
    assert run(tenant, KEEP, **managed, verify=True, domain_metadata={"a": "b"})["action"] == "update"
    assert sent(tenant) == ["PATCH custom-domains"]


def test_it_is_asked_for_again_until_it_is_ready(tenant: InProcessTenant) -> None:
    managed = {**DOMAIN, "type": "auth0_managed_certs"}
    pending = run(tenant, KEEP, **managed)["custom_domain"]
    tenant.forget()
    tenant.fail(not_found(pending), "POST", "/verify$", times=2)
    assert run(tenant, KEEP, **managed, verify=True)["custom_domain"]["status"] == "ready"
    assert sent(tenant) == ["POST custom-domains"] * 3


def test_a_record_that_is_not_found_in_time_is_a_failure_that_tells_so(tenant: InProcessTenant) -> None:
    managed = {**DOMAIN, "type": "auth0_managed_certs"}
    pending = run(tenant, KEEP, **managed)["custom_domain"]
    tenant.fail(not_found(pending), "POST", "/verify$", times=1000)
    caught = failed(tenant, KEEP, **managed, verify=True, verify_timeout=20)
    assert (caught.error.code, caught.error.retryable) == ("timeout", True)
    assert "Its status is pending_verification. Run the task again, or give a larger verify_timeout." in caught.message


def test_a_key_that_is_shown_once_is_not_lost(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DOMAIN)
    tenant.forget()
    for check_mode in (True, False):
        with pytest.raises(TaskFailed) as caught:
            run(tenant, KEEP, check_mode, **DOMAIN, verify=True)
        assert isinstance(caught.value.error, Refused)
        assert "Auth0 shows the cname_api_key, once and never again" in caught.value.message
    other = {**DOMAIN, "domain": "other.acme.example"}
    assert failed(tenant, KEEP, **other, verify=True).error.code == "lost_secret"
    in_config = failed(tenant, CONFIG, custom_domains=[{**DOMAIN, "verify": True}])
    assert "custom_domains[0] (login.acme.example)" in in_config.message
    assert tenant.writes == []
    assert run(tenant, KEEP, True, **DOMAIN, verify=True, return_secret=True)["cname_api_key"] is None
    done = run(tenant, KEEP, **DOMAIN, verify=True, return_secret=True)
    key = done.pop("cname_api_key")
    assert len(key) == 128
    assert key not in str(done)
    assert run(tenant, KEEP, **DOMAIN, verify=True, return_secret=True)["cname_api_key"] is None
    assert run(tenant, KEEP, **DOMAIN, verify=True)["action"] == "none"


def test_a_key_that_was_shown_is_returned_although_reads_lag_behind(tenant: InProcessTenant) -> None:
    pending = run(tenant, KEEP, **DOMAIN)["custom_domain"]
    tenant.fail(replaced(pending), "GET", "/custom-domains/cd_", times=1000)
    assert run(tenant, KEEP, **DOMAIN, verify=True, return_secret=True)["cname_api_key"]


def test_a_key_that_was_lost_with_an_answer_is_told(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DOMAIN)
    tenant.fail(DROPPED_AFTER, "POST", "/verify$")
    done = run(tenant, KEEP, **DOMAIN, verify=True, return_secret=True)
    assert done["cname_api_key"] is None
    (warning,) = done["warnings"]
    assert "Auth0 did not show the cname_api_key, or its answer was lost. It shows it only once." in warning


def test_a_lost_answer_to_verifying_is_read_back(tenant: InProcessTenant) -> None:
    managed = {**DOMAIN, "type": "auth0_managed_certs"}
    run(tenant, KEEP, **managed)
    tenant.forget()
    tenant.fail(DROPPED_AFTER, "POST", "/verify$")
    assert run(tenant, KEEP, **managed, verify=True)["custom_domain"]["status"] == "ready"
    assert sent(tenant) == ["POST custom-domains"]


def test_one_configuration_makes_verifies_and_chooses_a_domain(tenant: InProcessTenant) -> None:
    config: Options = {
        "custom_domains": [{**DOMAIN, "type": "auth0_managed_certs", "verify": True}],
        "custom_domain_default": {"domain": DOMAIN["domain"]},
    }
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    for result in (foreseen, done):
        assert [(row["kind"], row["action"]) for row in result["changes"]] == [
            ("custom_domain", "create"),
            ("custom_domain_default", "update"),
        ]
    assert not run(tenant, CONFIG, **config)["changed"]
    read = run(tenant, CONFIG_INFO, kinds=["custom_domains"])["config"]["custom_domains"]
    assert read == [{**DOMAIN, "type": "auth0_managed_certs"}]
