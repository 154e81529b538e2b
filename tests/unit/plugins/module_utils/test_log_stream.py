# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Log streams: what only they are like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._errors import Ambiguous, ApiError, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.export import exported
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    run,
)

Options = dict[str, Any]
Result = dict[str, Any]

LOG_STREAM = KINDS["log_stream"]
KEEP, READ = work_of(LOG_STREAM), info_work_of(LOG_STREAM)
SECRETS = {
    "http": {"httpEndpoint": "https://audit.example/", "httpAuthorization": "planted-authorization"},
    "splunk": {
        "splunkDomain": "splunk.example",
        "splunkPort": "8088",
        "splunkToken": "planted-token",
        "splunkSecure": True,
    },
    "datadog": {"datadogRegion": "eu", "datadogApiKey": "planted-api-key"},
    "sumo": {"sumoSourceAddress": "https://sumo.example/planted-address"},
    "segment": {"segmentWriteKey": "planted-write-key"},
    "mixpanel": {
        "mixpanelRegion": "eu",
        "mixpanelProjectId": "1",
        "mixpanelServiceAccountUsername": "service",
        "mixpanelServiceAccountPassword": "planted-password",
    },
}
ELSEWHERE = {
    "eventbridge": {"awsAccountId": "999999999999", "awsRegion": "us-west-2"},
    "eventgrid": {
        "azureSubscriptionId": "b69a6835-57c7-4d53-b0d5-1c6ae580b6d5",
        "azureRegion": "northeurope",
        "azureResourceGroup": "logs",
    },
}
SINKS = {**SECRETS, **ELSEWHERE}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


@pytest.mark.parametrize("form", SECRETS)
def test_no_result_holds_a_secret_and_only_the_one_that_asks_reads_it(tenant: InProcessTenant, form: str) -> None:
    options = {"name": "audit", "type": form, "sink": SINKS[form]}
    results = [run(tenant, KEEP, check_mode, **options) for check_mode in (True, False, False)]
    assert [result["action"] for result in results] == ["create", "create", "none"]
    paused = run(tenant, KEEP, name="audit", status="paused")
    exports = run(tenant, CONFIG_INFO, kinds=["log_streams"])
    everything = [*results, paused, run(tenant, READ), exports, run(tenant, CONFIG, log_streams=[options])]
    assert "planted" not in json.dumps(everything)
    assert [row["fields"] for row in exports["left_out"]] == [["sink"]]
    shown = run(tenant, READ, include_secrets=True)["log_streams"][0]["sink"]
    assert ("planted" in json.dumps(shown)) is (form != "mixpanel")
    assert "*" not in json.dumps(shown)


def test_the_values_of_headers_are_secrets_too(tenant: InProcessTenant) -> None:
    def sink(**headers: str | None) -> Options:
        rows = [{"header": name, **({"value": value} if value else {})} for name, value in headers.items()]
        return {"name": "events", "type": "http", "sink": {**SINKS["http"], "httpCustomHeaders": rows}}

    results = [run(tenant, KEEP, **sink(a="planted-one", b="planted-two", c="no"))]
    results.append(run(tenant, KEEP, **sink(a=None, b="planted-two", c="no")))
    assert [one["action"] for one in results] == ["create", "none"]
    results.append(run(tenant, KEEP, **sink(b="planted-three", c="no", d="planted-four")))
    rows = results[-1]["diff"]
    assert rows["before"]["sink"]["httpCustomHeaders"] == [
        {"header": "a", "value": "(secret)"},
        {"header": "b", "value": "(secret)"},
        {"header": "c"},
    ]
    assert rows["after"]["sink"]["httpCustomHeaders"] == [
        {"header": "b", "value": "(new secret)"},
        {"header": "c"},
        {"header": "d", "value": "(new secret)"},
    ]
    results += [run(tenant, READ), run(tenant, CONFIG_INFO, kinds=["log_streams"])]
    assert "httpCustomHeaders" not in results[-1]["config"]["log_streams"][0].get("sink", {})
    assert results[-1]["left_out"][0]["fields"] == ["sink"]
    assert "planted" not in json.dumps(results)
    (shown,) = run(tenant, READ, include_secrets=True)["log_streams"]
    assert [one["value"] for one in shown["sink"]["httpCustomHeaders"]] == ["planted-three", "no", "planted-four"]


@pytest.mark.parametrize("form", [form for form in SECRETS if form != "mixpanel"])
def test_another_secret_is_noticed_and_sent_with_the_rest_of_the_sink(tenant: InProcessTenant, form: str) -> None:
    run(tenant, KEEP, name="audit", type=form, sink=SINKS[form])
    (key,) = (name for name, value in SINKS[form].items() if "planted" in str(value))
    tenant.forget()
    changed = run(tenant, KEEP, name="audit", sink={key: "planted-another"})
    assert [one.body for one in tenant.writes] == [{"sink": {**SINKS[form], key: "planted-another"}}]
    assert changed["diff"]["before"]["sink"][key] == "(secret)"
    assert changed["diff"]["after"]["sink"][key] == "(new secret)"
    assert "planted" not in json.dumps(changed)
    assert run(tenant, KEEP, name="audit", sink={key: "planted-another"})["action"] == "none"


def test_mixpanels_password_is_sent_in_each_run_where_that_is_asked_for(tenant: InProcessTenant) -> None:
    options = {"name": "audit", "type": "mixpanel", "sink": SINKS["mixpanel"], "update_secrets": "always"}
    results = [run(tenant, KEEP, **options) for dummy in range(2)]
    results.append(run(tenant, KEEP, True, **options))
    assert [one["action"] for one in results] == ["create", "update", "update"]
    assert [one.body["sink"] for one in tenant.writes] == [SINKS["mixpanel"]] * 2
    for diff in (one["diff"] for one in results[1:]):
        before, after = (diff[side]["sink"]["mixpanelServiceAccountPassword"] for side in ("before", "after"))
        assert (before, after) == ("(secret)", "(new secret)")
    other = {"name": "audit", "sink": {"mixpanelProjectId": SINKS["mixpanel"]["mixpanelProjectId"]}}
    results.append(run(tenant, KEEP, **other, update_secrets="always"))
    assert results[-1]["action"] == "none"
    assert "planted" not in json.dumps(results)


def test_mixpanels_password_is_sent_along_and_otherwise_stays(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="audit", type="mixpanel", sink=SINKS["mixpanel"])
    tenant.forget()
    assert run(tenant, KEEP, name="audit", sink={"mixpanelServiceAccountPassword": "planted-2"})["action"] == "none"
    run(tenant, KEEP, name="audit", sink={"mixpanelProjectId": "2"})
    run(tenant, KEEP, name="audit", sink={"mixpanelProjectId": "3", "mixpanelServiceAccountPassword": "planted-2"})
    kept = {"mixpanelRegion": "eu", "mixpanelServiceAccountUsername": "service"}
    assert [one.body["sink"] for one in tenant.writes] == [
        {**kept, "mixpanelProjectId": "2"},
        {**kept, "mixpanelProjectId": "3", "mixpanelServiceAccountPassword": "planted-2"},
    ]


@pytest.mark.parametrize("form", ELSEWHERE)
def test_what_another_cloud_keeps_stays_as_it_is_and_all_else_can_change(tenant: InProcessTenant, form: str) -> None:
    made = run(tenant, KEEP, name="audit", type=form, sink=SINKS[form])["log_stream"]
    assert made["sink"].items() > SINKS[form].items()
    (key, *_others) = SINKS[form]
    tenant.forget()
    other = "888888888888" if form == "eventbridge" else "00000000-57c7-4d53-b0d5-1c6ae580b6d5"
    with pytest.raises(TaskFailed, match="cannot be changed after creation") as caught:
        run(tenant, KEEP, name="audit", sink={key: other})
    assert isinstance(caught.value.error, Refused)
    assert tenant.writes == []
    run(tenant, KEEP, name="audit", sink=SINKS[form], status="paused", pii_config={"log_fields": ["email"]})
    assert [one.body for one in tenant.writes] == [{"status": "paused", "pii_config": {"log_fields": ["email"]}}]
    entry = run(tenant, CONFIG_INFO, kinds=["log_streams"])["config"]["log_streams"][0]
    assert entry["sink"] == SINKS[form]


def test_a_new_one_that_is_to_be_paused_takes_two_writes_and_one_that_is_not_takes_one(tenant: InProcessTenant) -> None:
    for status, writes in (("active", ["POST"]), ("paused", ["POST", "PATCH"])):
        tenant.forget()
        made = run(tenant, KEEP, name=status, type="segment", sink=SINKS["segment"], status=status)
        assert [one.method for one in tenant.writes] == writes
        assert made["log_stream"]["status"] == status


def test_one_that_auth0_has_suspended_is_left_alone_exported_so_and_started_again(tenant: InProcessTenant) -> None:
    made = run(tenant, KEEP, name="audit", type="segment", sink=SINKS["segment"])["log_stream"]
    tenant.call("PATCH", f"/log-streams/{made['id']}", {"status": "suspended"})
    assert run(tenant, KEEP, name="audit", sink=SINKS["segment"])["action"] == "none"
    found = run(tenant, CONFIG_INFO, kinds=["log_streams"])
    assert [row["fields"] for row in found["left_out"]] == [["sink", "status"]]
    assert run(tenant, CONFIG, **found["config"])["changes"] == []
    assert run(tenant, KEEP, name="audit", status="active")["log_stream"]["status"] == "active"


def test_two_of_one_name_are_told_apart_by_their_ids(tenant: InProcessTenant) -> None:
    body = {"name": "audit", "type": "segment", "sink": SINKS["segment"]}
    ids = [tenant.make("log-streams", **body)["id"] for dummy in range(2)]
    with pytest.raises(TaskFailed) as caught:
        run(tenant, KEEP, name="audit", status="paused")
    assert isinstance(caught.value.error, Ambiguous)
    assert all(one in caught.value.message for one in ids)
    assert run(tenant, KEEP, id=ids[0], name="audit 2")["log_stream"]["name"] == "audit 2"


def test_personal_data_are_foreseen_as_auth0_completes_them_changed_and_cleared(tenant: InProcessTenant) -> None:
    options: Options = {"name": "audit", "type": "segment", "sink": SINKS["segment"]}
    declared = {**options, "pii_config": {"log_fields": ["email"]}}
    foreseen, done = run(tenant, KEEP, True, **declared), run(tenant, KEEP, **declared)
    whole = {"log_fields": ["email"], "method": "hash", "algorithm": "xxhash"}
    assert foreseen["log_stream"]["pii_config"] == done["log_stream"]["pii_config"] == whole
    tenant.forget()
    run(tenant, KEEP, name="audit", pii_config={"method": "mask"})
    run(tenant, KEEP, name="audit", clear=["pii_config"])
    assert [one.body for one in tenant.writes] == [{"pii_config": {**whole, "method": "mask"}}, {"pii_config": None}]
    assert "pii_config" not in run(tenant, READ)["log_streams"][0]


def test_personal_data_stay_masked_by_a_change_of_something_else(tenant: InProcessTenant) -> None:
    """Auth0 forgets them with a change that does not name them. They go along as they are by then."""
    whole = {"log_fields": ["email"], "method": "mask", "algorithm": "xxhash"}
    options: Options = {"name": "audit", "type": "segment", "sink": SINKS["segment"]}
    run(tenant, KEEP, **options, pii_config=whole)
    tenant.forget()
    done = run(tenant, KEEP, name="audit", filters=[{"type": "category", "name": "actions"}])
    assert done["log_stream"]["pii_config"] == whole
    assert done["diff"]["before"]["pii_config"] == done["diff"]["after"]["pii_config"]
    done = run(tenant, CONFIG, log_streams=[{"name": "audit", "status": "paused"}])
    assert done["changes"][0]["fields"] == ["status"]
    assert [one.body["pii_config"] for one in tenant.writes] == [whole, whole]
    assert run(tenant, READ)["log_streams"][0]["pii_config"] == whole
    assert run(tenant, KEEP, name="audit", pii_config=whole)["action"] == "none"


def test_personal_data_go_along_as_somebody_else_has_left_them_meanwhile(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(tenant, KEEP, name="audit", type="segment", sink=SINKS["segment"], pii_config={"log_fields": ["email"]})
    theirs = {"log_fields": ["email", "phone"], "method": "mask", "algorithm": "xxhash"}
    performed = Applier.perform

    def perform(self: Applier, *arguments: Any) -> Any:
        tenant.call("PATCH", f"/log-streams/{made['log_stream']['id']}", {"pii_config": theirs})
        return performed(self, *arguments)

    monkeypatch.setattr(Applier, "perform", perform)
    run(tenant, CONFIG, log_streams=[{"name": "audit", "status": "paused"}])
    (held,) = tenant.call("GET", "/log-streams")
    assert (held["status"], held["pii_config"]) == ("paused", theirs)


def test_a_list_of_personal_data_that_is_empty_is_refused_before_anything_is_sent(tenant: InProcessTenant) -> None:
    with pytest.raises(TaskFailed, match=r"pii_config\.log_fields"):
        run(tenant, KEEP, name="a", type="segment", sink=SINKS["segment"], pii_config={"log_fields": []})
    assert tenant.writes == []


@pytest.mark.parametrize("time", ["yesterday", "2026-13-01", ""])
def test_a_beginning_that_is_no_time_is_refused_before_anything_is_sent(tenant: InProcessTenant, time: str) -> None:
    with pytest.raises(TaskFailed, match=r"startFrom: .* is not a time in ISO 8601"):
        run(tenant, KEEP, name="a", type="segment", sink=SINKS["segment"], startFrom=time)
    assert tenant.sent == []


def test_a_tenant_that_holds_as_many_as_it_may_says_so(tenant: InProcessTenant) -> None:
    words = "You have reached the maximum number of log streams for your account."
    tenant.fail(answered(409, words, None), "POST", "/api/v2/log-streams")
    with pytest.raises(TaskFailed, match="maximum number of log streams") as caught:
        run(tenant, KEEP, name="a", type="segment", sink=SINKS["segment"])
    assert isinstance(caught.value.error, ApiError)
    assert not caught.value.changed


def test_a_configuration_refuses_all_that_is_wrong_with_its_streams_before_anything_is_written(
    tenant: InProcessTenant,
) -> None:
    streams = [
        {"name": "one", "type": "http", "sink": SINKS["splunk"]},
        {"name": "two", "type": "datadog", "sink": {"datadogRegion": "moon", "datadogApiKey": "planted-api-key"}},
        {"name": "three", "type": "sumo", "sink": {"sumoSourceAdress": "https://planted"}},
    ]
    with pytest.raises(TaskFailed) as caught:
        run(tenant, CONFIG, log_streams=streams)
    for words in (
        "log_streams[0] (one)",
        "sink.splunkToken: that belongs to type splunk",
        "log_streams[1] (two)",
        "did you mean sumoSourceAddress?",
    ):
        assert words in caught.value.message
    assert "planted" not in caught.value.message
    assert tenant.writes == []


SECURITY = [{"type": "category", "name": "security"}]
FAILURES = [{"type": "category", "name": "auth.login.fail"}]


def test_a_stream_with_priority_is_foreseen_as_auth0_filters_it_and_stays(tenant: InProcessTenant) -> None:
    options: Options = {"name": "audit", "type": "segment", "sink": SINKS["segment"]}
    run(tenant, KEEP, **options, filters=FAILURES)
    declared = {**options, "isPriority": True}
    foreseen, done = run(tenant, KEEP, True, **declared), run(tenant, KEEP, **declared)
    assert foreseen["log_stream"]["filters"] == done["log_stream"]["filters"] == SECURITY
    assert foreseen["diff"] == done["diff"]
    assert run(tenant, KEEP, **declared)["action"] == "none"


@pytest.mark.parametrize("filters", [FAILURES, []])
def test_filters_and_priority_exclude_each_other_before_anything_is_written(
    tenant: InProcessTenant, filters: list[Options]
) -> None:
    entry: Options = {"name": "audit", "type": "segment", "sink": SINKS["segment"], "isPriority": True}
    for work, options in ((KEEP, entry), (CONFIG, {"log_streams": [{**entry, "filters": filters}]})):
        with pytest.raises(TaskFailed, match="filters and isPriority: true exclude each other"):
            run(tenant, work, **options, **({"filters": filters} if work is KEEP else {}))
    assert tenant.writes == []


def test_filters_of_a_stream_with_priority_are_refused_when_they_are_planned(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="audit", type="segment", sink=SINKS["segment"], isPriority=True)
    tenant.forget()
    for filters in (FAILURES, []):
        with pytest.raises(TaskFailed, match="has isPriority: true, so Auth0 sets filters itself"):
            run(tenant, KEEP, name="audit", filters=filters)
    assert tenant.writes == []


def test_a_priority_ends_with_the_filters_that_take_its_place(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="audit", type="segment", sink=SINKS["segment"], isPriority=True)
    with pytest.raises(TaskFailed, match=r"Declare filters as well \(it may be empty\)"):
        run(tenant, KEEP, name="audit", isPriority=False)
    for filters in (FAILURES, []):
        run(tenant, KEEP, name="audit", isPriority=True)
        declared: Options = {"name": "audit", "isPriority": False, "filters": filters}
        assert run(tenant, KEEP, **declared)["log_stream"].get("filters", []) == filters
        assert run(tenant, KEEP, **declared)["action"] == "none"


def test_a_stream_with_priority_is_exported_without_its_filters_and_can_be_declared_so(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="audit", type="eventbridge", sink=SINKS["eventbridge"], isPriority=True)
    found = run(tenant, CONFIG_INFO, kinds=["log_streams"])
    assert (found["config"]["log_streams"][0]["isPriority"], found["left_out"]) == (True, [])
    assert "filters" not in found["config"]["log_streams"][0]
    assert run(tenant, CONFIG, **found["config"])["changes"] == []
    older = {"id": "lst_1", "name": "a", "type": "http", "sink": {}, "isPriority": True, "filters": FAILURES}
    exports = exported(LOG_STREAM, older, lambda *dummy: None)
    assert exports is not None
    assert "filters" not in exports.entry


def test_a_category_that_is_not_known_here_is_left_out_of_an_export() -> None:
    newest = [{"type": "category", "name": "auth.brand_new"}]
    stream = {"id": "lst_1", "name": "audit", "type": "http", "sink": {"httpEndpoint": "https://a.example/"}}
    found = exported(KINDS["log_stream"], {**stream, "filters": newest}, lambda *dummy: None)
    assert found is not None
    assert "filters" not in found.entry
    assert "filters" in found.left_out
