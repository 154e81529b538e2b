# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is always there: read and changed, never created nor deleted; the settings of a tenant, alone and declared with
the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.snapshot import Need, Snapshot
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.tenant_settings import TENANT_SETTINGS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import info_spec, kind_spec
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.tests.harness.in_process import DROPPED_AFTER, InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    InvalidTask,
    failed,
    run,
    warned,
)

Result = dict[str, Any]

KEEP, READ = work_of(TENANT_SETTINGS), info_work_of(TENANT_SETTINGS)
PATH = "/api/v2/tenants/settings"
LOOK, CHANGE = f"GET {PATH}", f"PATCH {PATH}"
QUOTA = {"clients": {"client_credentials": {"enforce": True, "per_hour": 10}}}

#: Objects under keys that the server has fixed.
FACTOR = Kind(
    name="factor",
    title="factor",
    path="factors/{}/settings",
    collection="factors",
    id_field="name",
    identity=("name",),
    lookups=(),
    checkpoint=False,
    unique=True,
    standing=True,
    fields={"name": Field(required=True, choices=("sms", "push one")), "enabled": Field("bool", initial=False)},
)


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcessTenant]:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def requests(tenant: InProcessTenant) -> list[str]:
    found = [one for one in tenant.requests if "oauth" not in one]
    tenant.forget()
    return found


# ---------------------------------------------------------------- one object of a tenant


def test_only_what_differs_is_sent_and_what_is_so_already_costs_one_request(tenant: InProcessTenant) -> None:
    declared = {"friendly_name": "Acme", "default_audience": "", "default_token_quota": QUOTA}
    foreseen = run(tenant, KEEP, True, **declared)
    assert requests(tenant) == [LOOK]
    done = run(tenant, KEEP, **declared)
    assert tenant.bodies("PATCH") == [{"friendly_name": "Acme", "default_token_quota": QUOTA}]
    assert requests(tenant) == [LOOK, CHANGE]
    assert foreseen == done
    assert (done["changed"], done["action"]) == (True, "update")
    assert done["diff"]["before_header"] == "tenant settings"
    again = run(tenant, KEEP, **declared)
    assert (again["changed"], again["action"], requests(tenant)) == (False, "none", [LOOK])


def test_a_declaration_of_nothing_changes_nothing(tenant: InProcessTenant) -> None:
    assert run(tenant, KEEP)["action"] == "none"


def test_neither_a_state_nor_a_name_nor_an_id_is_an_option() -> None:
    assert not kind_spec(TENANT_SETTINGS).options.keys() & {"state", "id", "name", ""}
    assert info_spec(TENANT_SETTINGS).options == {}


def test_a_merged_object_is_sent_in_part_and_what_is_not_seen_of_it_goes_along(tenant: InProcessTenant) -> None:
    unseen = {"enforce_client_authentication_on_passwordless_start": True}
    flags = {**unseen, "enable_sso": True, "remove_alg_from_jwks": True}
    done = run(tenant, KEEP, flags=flags)
    assert tenant.bodies("PATCH") == [{"flags": {**unseen, "remove_alg_from_jwks": True}}]
    assert not unseen.keys() & done["tenant_settings"]["flags"].keys()
    assert run(tenant, KEEP, flags=flags)["action"] == "none"


def test_a_flag_that_auth0_never_shows_is_sent_alone_where_that_is_asked_for_and_warned_of_otherwise(
    tenant: InProcessTenant,
) -> None:
    flag = "enforce_client_authentication_on_passwordless_start"
    done, warnings = warned(tenant, KEEP, flags={flag: False})
    assert (done["action"], tenant.writes) == ("none", [])
    assert warnings == [
        f"tenant settings: Auth0 does not show flags.{flag}, and it is not sent, since nothing else of flags differs. "
        "Declare update_flags: always to send it in each run, or leave it out."
    ]
    assert warned(tenant, CONFIG, tenant_settings={"flags": {flag: False}})[1] == warnings
    always = {"flags": {flag: False, "enable_sso": True}, "update_flags": "always"}
    for options in (always, always):
        done, warnings = warned(tenant, KEEP, **options)
        assert (done["action"], warnings) == ("update", [])
        before, after = (done["diff"][side]["flags"] for side in ("before", "after"))
        assert {**before, flag: False} == after
    assert tenant.bodies("PATCH") == [{"flags": {flag: False}}] * 2
    assert warned(tenant, KEEP, flags={"enable_sso": True}, update_flags="always")[0]["action"] == "none"


def test_a_flag_that_is_not_shown_is_neither_on_nor_off(tenant: InProcessTenant) -> None:
    assert run(tenant, KEEP, flags={"enable_pipeline2": False})["changed"]
    assert not run(tenant, KEEP, flags={"enable_pipeline2": False})["changed"]


def test_what_is_cleared_is_sent_as_null_once(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, default_token_quota=QUOTA, acr_values_supported=[])
    tenant.forget()
    gone = {"clear": ["default_token_quota", "acr_values_supported"]}
    assert run(tenant, KEEP, **gone)["changed"]
    assert tenant.bodies("PATCH") == [{"acr_values_supported": None, "default_token_quota": None}]
    assert not run(tenant, KEEP, **gone)["changed"]


def test_minutes_are_compared_with_the_hours_that_the_server_shows(tenant: InProcessTenant) -> None:
    for minutes, hours in ((90, 1.5), (20, 20 / 60), (120, 2)):
        done = run(tenant, KEEP, session_lifetime_in_minutes=minutes)
        assert (done["changed"], done["tenant_settings"]["session_lifetime"]) == (True, hours)
        assert not run(tenant, KEEP, session_lifetime_in_minutes=minutes)["changed"]
    assert not run(tenant, KEEP, session_lifetime=2)["changed"]
    caught = failed(tenant, KEEP, session_lifetime=2, session_lifetime_in_minutes=120)
    assert "session_lifetime and session_lifetime_in_minutes are the same field under two names" in caught.message


def test_the_order_of_languages_means_something_and_there_is_at_least_one(tenant: InProcessTenant) -> None:
    assert run(tenant, KEEP, enabled_locales=["de", "en"])["changed"]
    assert run(tenant, KEEP, enabled_locales=["en", "de"])["changed"]
    assert "enabled_locales: 0 items, at least 1 are needed" in failed(tenant, KEEP, enabled_locales=[]).message


def test_items_of_an_ordered_list_are_declared_as_a_whole(tenant: InProcessTenant) -> None:
    def headers(*policies: Any) -> Result:
        return {"security_headers": {"content_security_policy": {"policies": list(policies)}}}

    one, two = {"mode": "enforcing", "flags": ["upgrade-insecure-requests"]}, {"mode": "enforcing"}
    for wanted in ((one, two), (two, one), (two,)):
        assert run(tenant, KEEP, **headers(*wanted))["changed"]
        assert not run(tenant, KEEP, **headers(*wanted))["changed"]
    assert tenant.bodies("PATCH")[-1] == headers(two)


def test_a_lost_answer_is_read_back(tenant: InProcessTenant) -> None:
    tenant.fail(DROPPED_AFTER, "PATCH", PATH)
    done = run(tenant, KEEP, friendly_name="Acme")
    assert (done["changed"], done["tenant_settings"]["friendly_name"]) == (True, "Acme")
    assert requests(tenant) == [LOOK, CHANGE, LOOK]


def test_what_the_answer_to_a_change_leaves_out_is_no_difference(tenant: InProcessTenant) -> None:
    done = run(tenant, KEEP, friendly_name="Acme")
    before, after = done["diff"]["before"], done["diff"]["after"]
    assert {**after, "friendly_name": None} == {**before, "friendly_name": None}
    assert "sandbox_versions_available" in after


def test_what_a_tenant_does_not_have_is_not_created(tenant: InProcessTenant) -> None:
    tenant.fail(answered(404, "Not in this tenant", "inexistent"), "GET", PATH)
    caught = failed(tenant, KEEP, friendly_name="Acme")
    assert isinstance(caught.error, Refused)
    assert caught.message == "This tenant does not have the tenant settings, which nobody can create."
    assert tenant.writes == []


def test_a_plan_without_a_setting_is_told_from_a_lack_of_scopes(tenant: InProcessTenant) -> None:
    words = "Please upgrade your subscription to use mtls."
    tenant.fail(answered(403, words, "feature_not_enabled"), "PATCH", PATH)
    message = failed(tenant, KEEP, mtls={"enable_endpoint_aliases": True}).message
    assert "Failed updating the tenant settings: the tenant's plan does not include this" in message


def test_reading_returns_the_one_object(tenant: InProcessTenant) -> None:
    found = run(tenant, READ)
    assert found["tenant_settings"]["resource_parameter_profile"] == "audience"
    assert "universal_login" not in found["tenant_settings"]["flags"]
    assert requests(tenant) == [LOOK]


# ---------------------------------------------------------------- in a configuration


def test_a_configuration_holds_one_dictionary_and_reads_it_once(tenant: InProcessTenant) -> None:
    config = {"tenant_settings": {"friendly_name": "Acme"}, "roles": [{"name": "viewer"}]}
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    (row,) = (one for one in done["changes"] if one["kind"] == "tenant_settings")
    assert row == {
        "kind": "tenant_settings",
        "name": "tenant settings",
        "action": "update",
        "id": None,
        "fields": ["friendly_name"],
    }
    assert row in foreseen["changes"]
    assert "tenant_settings" not in done["ids"]
    tenant.forget()
    again = run(tenant, CONFIG, show_undeclared=True, **config)
    assert (again["changed"], again["unchanged"]["tenant_settings"]) == (False, 1)
    assert "tenant_settings" not in again["undeclared"]
    assert requests(tenant).count(LOOK) == 1


def test_nothing_is_read_for_what_declares_nothing(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, tenant_settings={}, roles=[])
    assert requests(tenant) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "expected a dictionary with the options of community.auth0.auth0_tenant_settings, not list."),
        ("Acme", "expected a dictionary with the options of community.auth0.auth0_tenant_settings, not str."),
        ({"freindly_name": "Acme"}, "there is no option freindly_name; did you mean friendly_name?"),
        ({"state": "absent"}, "there is no option state; "),
        ({"enabled_locales": ["xx"]}, "value of enabled_locales must be one or more of"),
        ({"session_lifetime": 0}, "session_lifetime: 0 is less than 1"),
    ],
)
def test_a_mistake_is_told_by_the_name_of_the_object(tenant: InProcessTenant, given: Any, says: str) -> None:
    message = failed(tenant, CONFIG, tenant_settings=given, roles=[{"name": "viewer"}]).message
    assert "tenant_settings: " in message
    assert says in message
    assert tenant.writes == []


def test_an_api_comes_before_the_settings_that_name_it_and_its_failure_stops_them(tenant: InProcessTenant) -> None:
    config = {"tenant_settings": {"default_audience": "urn:api"}, "resource_servers": [{"identifier": "urn:api"}]}
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/resource-servers")
    failed(tenant, CONFIG, **config)
    assert tenant.written == ["POST /api/v2/resource-servers"]
    assert [row["kind"] for row in run(tenant, CONFIG, **config)["changes"]] == ["resource_server", "tenant_settings"]


def test_settings_that_name_an_api_which_is_not_there_are_refused_beforehand(tenant: InProcessTenant) -> None:
    config = {"tenant_settings": {"default_audience": "urn:none"}, "roles": [{"name": "viewer"}]}
    message = failed(tenant, CONFIG, **config).message
    assert "tenant_settings: tenant settings refers to the API urn:none, which is not in this tenant." in message
    assert tenant.writes == []


def test_an_api_that_the_settings_name_is_not_pruned(tenant: InProcessTenant) -> None:
    for identifier in ("urn:a", "urn:b"):
        tenant.make("resource-servers", identifier=identifier)
    prune = {"max": 5, "resource_servers": {"identifier_pattern": "urn:*"}}
    done = run(tenant, CONFIG, tenant_settings={"default_audience": "urn:a"}, prune=prune)
    assert [(row["name"], row["action"]) for row in done["changes"]] == [
        ("tenant settings", "update"),
        ("urn:b", "delete"),
    ]


def test_there_is_nothing_to_prune_of_what_is_always_there(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match="tenant_settings"):
        run(tenant, CONFIG, prune={"max": 1, "tenant_settings": {"name_pattern": "*"}})


def test_an_export_holds_only_what_a_new_tenant_has_not_by_itself(tenant: InProcessTenant) -> None:
    def exported() -> Result:
        config: Result = run(tenant, CONFIG_INFO, kinds=["tenant_settings"])["config"]
        return config

    assert exported() == {"tenant_settings": {}}
    declared = {"flags": {"enable_sso": False}, "session_lifetime_in_minutes": 90, "idle_session_lifetime": 3}
    run(tenant, KEEP, **declared)
    assert exported() == {"tenant_settings": declared}
    other = InProcessTenant("other", "other.eu.auth0.com")
    with other.installed():
        assert run(other, CONFIG, tenant_settings=declared)["changed"]
        assert not run(other, CONFIG, tenant_settings=declared)["changed"]


# ---------------------------------------------------------------- objects under fixed keys


class FakeTenant:
    """Answers for factors. read: the paths, in order."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def find(self, kind: Kind, identity: Any, whole: bool = True) -> Any:
        self.read.append(identity[kind.id_field])
        return {"name": identity["name"], "enabled": True} if identity["name"] == "sms" else None


def snapshot() -> tuple[FakeTenant, Snapshot]:
    fake = FakeTenant()
    return fake, Snapshot(fake, lambda work, doing="": [part(fake) for part in work])  # type: ignore[arg-type, misc]


def test_only_the_objects_that_are_needed_are_read_each_once() -> None:
    fake, held = snapshot()
    held.load([Need(FACTOR, ({"name": "sms"}, {"name": "sms"}))])
    assert held.find(FACTOR, {"name": "sms"}) == {"name": "sms", "enabled": True}
    assert fake.read == ["sms"]
    assert held.find(FACTOR, {"name": "push one"}) is None
    assert held.find(FACTOR, {"name": "push one"}) is None
    assert fake.read == ["sms", "push one"]


def test_all_objects_are_read_where_all_are_needed_and_one_that_is_missing_is_not_asked_for_again() -> None:
    fake, held = snapshot()
    assert held.all(FACTOR) == ({"name": "sms", "enabled": True},)
    assert held.find(FACTOR, {"name": "push one"}) is None
    assert list(held.list(FACTOR)) == [{"name": "sms", "enabled": True}]
    assert sorted(fake.read) == ["push one", "sms"]


def test_a_key_is_an_option_with_its_choices_and_must_be_given() -> None:
    spec = kind_spec(FACTOR).options
    assert spec["name"] == {"type": "str", "no_log": False, "choices": ["sms", "push one"], "required": True}
    assert "state" not in spec
    assert info_spec(FACTOR).options["name"]["choices"] == ["sms", "push one"]


def test_an_object_under_a_key_is_changed_and_never_created() -> None:
    here = Surroundings("https://acme.eu.auth0.com/api/v2/")
    desired = Desired(FACTOR, {"name": "sms", "enabled": True})
    change = reconcile(desired, {"name": "sms", "enabled": False}, here)
    assert (change.action, change.object_id, change.payloads) == ("update", "sms", ({"enabled": True},))
    with pytest.raises(Refused, match="This tenant does not have the factor sms, which nobody can create"):
        reconcile(desired, None, here)


# ---------------------------------------------------------------- what they refer to

API = work_of(KINDS["resource_server"])
AUDIENCE = "https://orders.example"


def with_default_audience(tenant: InProcessTenant, *others: str) -> None:
    for identifier in (AUDIENCE, *others):
        run(tenant, API, identifier=identifier)
    run(tenant, KEEP, default_audience=AUDIENCE)
    tenant.forget()


def test_the_default_audience_of_a_tenant_is_not_removed(tenant: InProcessTenant) -> None:
    with_default_audience(tenant)
    caught = failed(tenant, API, identifier=AUDIENCE, state="absent", force=True)
    assert (caught.error.code, caught.changed) == ("in_use", False)
    assert caught.message == (
        "API https://orders.example must not go while something refers to it: default_audience of the tenant "
        "settings. Change or remove that first, or in the same configuration."
    )
    foreseen = run(tenant, API, True, identifier=AUDIENCE, state="absent")
    assert foreseen["assumed"] == ["default_audience of the tenant settings no longer refers to API " + AUDIENCE]


def test_whether_it_is_the_default_audience_is_warned_of_where_the_token_may_not_look(tenant: InProcessTenant) -> None:
    with_default_audience(tenant)
    run(tenant, KEEP, default_audience="")
    tenant.lack("read:tenant_settings")
    done, warnings = warned(tenant, API, identifier=AUDIENCE, state="absent")
    assert done["action"] == "delete"
    (warning,) = warnings
    assert warning.startswith("Whether default_audience of the tenant settings refers to API https://orders.example is")
    assert "It needs read:tenant_settings" in warning


@pytest.mark.parametrize(
    "settings", [{"default_audience": "https://new.example"}, {"default_audience": ""}, {"default_audience": AUDIENCE}]
)
def test_the_default_audience_is_replaced_in_one_run(tenant: InProcessTenant, settings: Result) -> None:
    """The API goes last, and only where the settings let go of it."""
    with_default_audience(tenant)
    apis = [{"identifier": "https://new.example"}, {"identifier": AUDIENCE, "state": "absent"}]
    config = {"resource_servers": apis, "tenant_settings": settings}
    if settings["default_audience"] == AUDIENCE:
        assert "refers to" in failed(tenant, CONFIG, **config).message
        return
    done = run(tenant, CONFIG, **config)
    assert [row["action"] for row in done["changes"] if row["kind"] == "resource_server"].count("delete") == 1
    order = [row["kind"] + " " + row["action"] for row in done["changes"]]
    assert order.index("tenant_settings update") < order.index("resource_server delete")
    assert tenant.call("GET", "/tenants/settings")["default_audience"] == settings["default_audience"]


def test_a_mistake_in_the_settings_is_not_blamed_on_what_they_let_go_of(tenant: InProcessTenant) -> None:
    with_default_audience(tenant)
    gone = {"resource_servers": [{"identifier": AUDIENCE, "state": "absent"}]}
    caught = failed(tenant, CONFIG, **gone, tenant_settings={"default_audience": "", "friendly_name": ["Acme"]})
    assert "tenant_settings" in caught.message and "friendly_name" in caught.message
    assert "must not go" not in caught.message


def test_what_goes_with_the_default_audience_goes_as_late(tenant: InProcessTenant) -> None:
    """Where the API that takes its place cannot be made, its clients keep their access."""
    with_default_audience(tenant)
    client = tenant.make("clients", name="orders")["client_id"]
    tenant.make("client-grants", client_id=client, audience=AUDIENCE, scope=[])
    gone = {"identifier": AUDIENCE, "state": "absent"}
    config = {"resource_servers": [{"identifier": "https://new.example"}, {**gone, "force": True}]}
    settings = {"tenant_settings": {"default_audience": "https://new.example"}}
    tenant.forget()
    both = failed(tenant, CONFIG, resource_servers=[gone]).message
    assert "must not go while something refers to it" in both and "would leave behind: client grant" in both
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/resource-servers")
    failed(tenant, CONFIG, **config, **settings)
    assert len(tenant.call("GET", "/client-grants?audience=" + AUDIENCE)) == 1
    done = run(tenant, CONFIG, **config, **settings)
    assert [(row["kind"], row["action"]) for row in done["changes"]] == [
        ("resource_server", "create"),
        ("tenant_settings", "update"),
        ("client_grant", "delete"),
        ("resource_server", "delete"),
    ]


def test_the_default_audience_is_not_pruned_nor_are_its_grants(tenant: InProcessTenant) -> None:
    with_default_audience(tenant, "https://other.example")
    client = tenant.make("clients", name="orders")["client_id"]
    tenant.make("client-grants", client_id=client, audience=AUDIENCE, scope=[])
    prune = {"max": 5, "resource_servers": {"identifier_pattern": "https://*.example"}}
    done, warnings = warned(tenant, CONFIG, resource_servers=[], prune=prune)
    assert [(row["name"], row["action"]) for row in done["changes"]] == [("https://other.example", "delete")]
    assert warnings == [
        "prune keeps API https://orders.example, to which default_audience of the tenant settings refers"
    ]


def test_nothing_is_pruned_that_the_settings_may_refer_to(tenant: InProcessTenant) -> None:
    with_default_audience(tenant)
    tenant.lack("read:tenant_settings")
    prune = {"max": 5, "resource_servers": {"identifier_pattern": AUDIENCE}}
    done, warnings = warned(tenant, CONFIG, resource_servers=[], prune=prune)
    assert done["changes"] == []
    assert "it is not known whether default_audience of the tenant settings refers to it" in warnings[0]
