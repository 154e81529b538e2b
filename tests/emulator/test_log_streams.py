# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Log streams, as the real servers answer: recorded, or documented where the test says so."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

HTTP = {"httpEndpoint": "https://example.com/logs", "httpAuthorization": "Bearer f2368bbe"}
MIXPANEL = {
    "mixpanelRegion": "us",
    "mixpanelProjectId": "123456789",
    "mixpanelServiceAccountUsername": "fake-account.123abc.mp-service-account",
}
PASSWORD = {"mixpanelServiceAccountPassword": "8iwyKSzwV2brfakepassGGKhsZ3INozo"}
FILTERS = [{"name": "auth.login.fail", "type": "category"}]


@pytest.fixture
def tenant() -> InProcessTenant:
    return InProcessTenant()


def test_a_new_stream_is_active_has_no_priority_and_shows_its_secret(tenant: InProcessTenant) -> None:
    status, made = tenant.ask("POST", "/log-streams", {"name": "s", "type": "http", "sink": HTTP})
    rest = {"name": "s", "type": "http", "sink": HTTP, "status": "active", "isPriority": False}
    assert (status, made) == (200, {"id": made["id"], **rest})
    assert tenant.ask("GET", f"/log-streams/{made['id']}") == (200, made)
    assert tenant.ask("GET", "/log-streams") == (200, [made])


def test_the_password_of_mixpanel_is_masked_and_a_change_without_it_keeps_it(tenant: InProcessTenant) -> None:
    made = tenant.make("log-streams", name="s", type="mixpanel", sink={**MIXPANEL, **PASSWORD})
    masked = {**MIXPANEL, "mixpanelServiceAccountPassword": "********"}
    assert made["sink"] == masked
    change = {"sink": {**MIXPANEL, "mixpanelProjectId": "987654321"}}
    status, changed = tenant.ask("PATCH", f"/log-streams/{made['id']}", change)
    assert (status, changed["sink"]) == (200, {**masked, "mixpanelProjectId": "987654321"})


def test_an_empty_list_of_filters_is_gone_and_one_of_headers_is_not(tenant: InProcessTenant) -> None:
    made = tenant.make("log-streams", name="s", type="http", sink=HTTP, filters=FILTERS)
    path = f"/log-streams/{made['id']}"
    assert tenant.ask("PATCH", path, {"name": "t"})[1]["filters"] == FILTERS
    status, changed = tenant.ask("PATCH", path, {"filters": [], "sink": {**HTTP, "httpCustomHeaders": []}})
    assert status == 200
    assert "filters" not in changed
    assert changed["sink"]["httpCustomHeaders"] == []


@pytest.mark.parametrize("form", ["http", "mixpanel"])
def test_a_stream_with_priority_has_a_filter_of_its_own_and_ignores_others(tenant: InProcessTenant, form: str) -> None:
    security = [{"type": "category", "name": "security"}]
    sink = HTTP if form == "http" else {**MIXPANEL, **PASSWORD}
    made = tenant.make("log-streams", name="s", type=form, sink=sink, isPriority=True)
    assert (made["isPriority"], made["filters"]) == (True, security)
    path = f"/log-streams/{made['id']}"
    for filters in (FILTERS, []):
        assert tenant.ask("PATCH", path, {"filters": filters}) == (200, made)
    assert tenant.ask("GET", path) == (200, made)


def test_the_filter_of_a_stream_with_priority_is_none_that_can_be_sent(tenant: InProcessTenant) -> None:
    """Documented: it is not among the categories that a request can have."""
    body = {"name": "s", "type": "http", "sink": HTTP, "filters": [{"type": "category", "name": "security"}]}
    assert tenant.ask("POST", "/log-streams", body)[0] == 400


def test_a_stream_is_deleted_as_often_as_one_asks_and_is_missing_to_all_else(tenant: InProcessTenant) -> None:
    path = f"/log-streams/{tenant.make('log-streams', name='s', type='http', sink=HTTP)['id']}"
    assert [tenant.ask("DELETE", path)[0] for dummy in range(2)] == [204, 204]
    status, refusal = tenant.ask("GET", path)
    assert (status, refusal["message"]) == (404, "The log stream does not exist.")


def test_personal_data_are_hashed_where_nothing_is_said_and_in_the_clear_after_a_change_that_does_not_name_them(
    tenant: InProcessTenant,
) -> None:
    fields = {"log_fields": ["first_name"]}
    made = tenant.make("log-streams", name="s", type="http", sink=HTTP, pii_config=fields)
    assert made["pii_config"] == {**fields, "method": "hash", "algorithm": "xxhash"}
    path = f"/log-streams/{made['id']}"
    assert "pii_config" not in tenant.ask("PATCH", path, {"filters": FILTERS})[1]
    assert "pii_config" not in tenant.ask("GET", path)[1]
    masked = {"log_fields": ["last_name"], "method": "mask"}
    assert tenant.ask("PATCH", path, {"pii_config": masked})[1]["pii_config"] == {**masked, "algorithm": "xxhash"}
    assert "pii_config" not in tenant.ask("PATCH", path, {"pii_config": None})[1]


@pytest.mark.parametrize("sink", [{}, {"segmentWriteKey": "new"}])
def test_the_key_of_segment_stays_where_a_change_does_not_name_it(
    tenant: InProcessTenant, sink: dict[str, str]
) -> None:
    made = tenant.make("log-streams", name="s", type="segment", sink={"segmentWriteKey": "old"})
    path = f"/log-streams/{made['id']}"
    kept = {"segmentWriteKey": "old", **sink}
    assert tenant.call("PATCH", path, {"sink": sink})["sink"] == kept
    assert tenant.call("GET", path)["sink"] == kept


def test_a_filter_and_a_header_may_say_more_than_is_known(tenant: InProcessTenant) -> None:
    filters = [{**FILTERS[0], "note": "ours"}]
    sink = {**HTTP, "httpCustomHeaders": [{"header": "X-Token", "value": "v", "note": "ours"}]}
    made = tenant.make("log-streams", name="s", type="http", sink=sink, filters=filters)  # documented
    assert (made["filters"], made["sink"]) == (filters, sink)
    assert tenant.ask("PATCH", f"/log-streams/{made['id']}", {"filters": [{"name": "nothing"}]})[0] == 400


@pytest.mark.parametrize(
    ("form", "sink", "made_up"),
    [
        ("eventbridge", {"awsAccountId": "999999999999", "awsRegion": "us-west-2"}, "awsPartnerEventSource"),
        (
            "eventgrid",
            {
                "azureSubscriptionId": "b69a6835-57c7-4d53-b0d5-1c6ae580b6d5",
                "azureRegion": "northeurope",
                "azureResourceGroup": "azure-logs-rg",
            },
            "azurePartnerTopic",
        ),
    ],
)
def test_what_another_cloud_knows_a_stream_by_is_made_up_and_its_sink_cannot_be_changed(
    tenant: InProcessTenant, form: str, sink: dict[str, Any], made_up: str
) -> None:
    made = tenant.make("log-streams", name="s", type=form, sink=sink)
    assert made["sink"].keys() - sink.keys() == {made_up}
    assert "partner/auth0.com/" in made["sink"][made_up]
    path = f"/log-streams/{made['id']}"
    assert tenant.ask("PATCH", path, {"sink": sink})[0] == 400  # documented
    assert tenant.ask("PATCH", path, {"name": "t"})[1]["sink"] == made["sink"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "s", "type": "http", "sink": PASSWORD},
        {"name": "s", "type": "datadog", "sink": {"datadogApiKey": "key", "datadogRegion": "US"}},
        {"name": "s", "type": "splunk", "sink": HTTP},
        {"name": "s", "type": "segment", "sink": {}},
    ],
)
def test_a_sink_that_is_not_that_of_the_type_is_refused(tenant: InProcessTenant, body: dict[str, Any]) -> None:
    status, refused = tenant.ask("POST", "/log-streams", body)
    assert (status, refused["errorCode"]) == (400, "invalid_body")
    assert "Data does not match any schemas from 'oneOf'" in refused["message"]  # reported


def test_a_status_is_for_changes_and_a_type_for_creations(tenant: InProcessTenant) -> None:
    new = {"name": "s", "type": "http", "sink": HTTP}
    assert tenant.ask("POST", "/log-streams", {**new, "status": "paused"})[0] == 400
    path = f"/log-streams/{tenant.make('log-streams', **new)['id']}"
    assert tenant.ask("PATCH", path, {"status": "paused"})[1]["status"] == "paused"
    assert tenant.ask("PATCH", path, {"type": "http"})[0] == 400
    assert tenant.ask("DELETE", path) == (204, None)
    assert tenant.ask("GET", path)[0] == 404  # documented
