# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind is a list of auth0_config by its declaration alone: one that nothing else knows is planned, kept and read."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from ansible_collections.community.auth0.plugins.module_utils import _kinds
from ansible_collections.community.auth0.plugins.module_utils._engine import membership, plan
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind, Listed
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field, Refers
from ansible_collections.community.auth0.plugins.module_utils._modules import kind_options
from ansible_collections.community.auth0.plugins.module_utils._modules.config import (
    info,
    job_order,
    jobs,
    planning,
    prune,
    work,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of
from auth0_emulator.entities import new_tenant
from auth0_emulator.entities.entity import Behaviour, Entity, Listing, RequiredScopes
from auth0_emulator.management import entity_routes, routes
from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import CREATE_ONLY, READ_ONLY, Handling, Part, Shape
from auth0_emulator.serving import app
from auth0_emulator.state.store import Thing

Result = dict[str, Any]

#: Sends the log of a client to a place. No such kind is part of the collection.
STREAM = Kind(
    name="stream",
    title="stream",
    path="streams",
    collection="streams",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Listed(("name",))),
    checkpoint=False,
    counted=True,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True, min_length=1),
        "type": Field(required=True, create_only=True, choices=("http", "file")),
        "client_id": Field(refers=Refers("client", "client_id", "client_name", "name")),
        "paused": Field("bool"),
        "sink": Field("dict", fields={"token": Field(secret=True, write_only=True), "port": Field("int")}),
    },
)

#: Joins a stream and an API, and has no name: what there is between every two of them.
TAP = Kind(
    name="tap",
    title="tap",
    path="taps",
    collection="taps",
    id_field="id",
    identity=("stream_id", "audience"),
    lookups=(Listed(("stream_id", "audience")),),
    checkpoint=False,
    counted=True,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "stream_id": Field(required=True, create_only=True, refers=Refers("stream", "id", "stream_name", "name")),
        "audience": Field(required=True, create_only=True, refers=Refers("resource_server", "identifier")),
        "rate": Field("int", minimum=1),
    },
)


class Sink(Part, total=False):
    token: str
    port: int


class StreamShape(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[str, Handling(required=True)]
    type: Annotated[Literal["http", "file"], Handling(update=False, required=True)]
    client_id: str
    paused: bool
    sink: Sink


class TapShape(Shape):
    id: Annotated[str, READ_ONLY]
    stream_id: Annotated[str, CREATE_ONLY]
    audience: Annotated[str, CREATE_ONLY]
    rate: int


class Numbered(Behaviour):
    numbers = itertools.count(1)

    def new_id(self, body: Thing) -> str:
        return f"made_{next(self.numbers)}"


def missing() -> AnsweredError:
    return management_error(404, "It does not exist.")


ANYONE = RequiredScopes(*[(f"{verb}:log_streams",) for verb in ("read", "create", "update", "delete")])
ENTITIES = (
    Entity("stream", "streams", StreamShape, ANYONE, Listing("streams"), missing, Numbered(), unique=("name",)),
    Entity("tap", "taps", TapShape, ANYONE, Listing("taps"), missing, Numbered(), unique=("stream_id", "audience")),
)


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcessTenant]:
    """A tenant that has the kinds, beside a collection that declares them."""
    kinds = {**_kinds.KINDS, STREAM.name: STREAM, TAP.name: TAP}
    configured = (*_kinds.CONFIGURED_KINDS, STREAM, TAP)
    for place in (_kinds, membership, kind_options, info, job_order, jobs, plan, planning, prune, work):
        for name, value in (("KINDS", kinds), ("CONFIGURED_KINDS", configured)):
            if hasattr(place, name):
                monkeypatch.setattr(place, name, value)
    entities = (*routes.ALL, *ENTITIES)
    monkeypatch.setattr(routes, "ALL", entities)
    monkeypatch.setattr(new_tenant, "ALL", entities)
    # The routes of all other tenants are made once.
    monkeypatch.setattr(app, "_routes", app._routes.__wrapped__)
    for entity in ENTITIES:
        monkeypatch.setitem(entity_routes.BY_NAME, entity.name, entity)
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def task(tenant: InProcessTenant, spec: Any, check_mode: bool, options: dict[str, Any]) -> Task:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return Task(params_of(spec, {**access, **options}), check_mode, diff=True)


def keep(tenant: InProcessTenant, check_mode: bool = False, **options: Any) -> Result:
    return work.keep_config(task(tenant, work.config_spec(), check_mode, options))


def read(tenant: InProcessTenant, **options: Any) -> Result:
    return info.read_config(task(tenant, info.config_info_spec(), False, options))


def refused(tenant: InProcessTenant, **options: Any) -> str:
    with pytest.raises(TaskFailed) as caught:
        keep(tenant, **options)
    assert isinstance(caught.value.error, InvalidOptions)
    return caught.value.message


CLIENT = {"name": "reminders", "app_type": "non_interactive"}
API = {"identifier": "urn:api", "name": "An API"}
LOG: dict[str, Any] = {"name": "log", "type": "http", "client_name": "reminders", "sink": {"port": 443}}
LINK = {"stream_name": "log", "audience": "urn:api", "rate": 5}
ALL: dict[str, Any] = {"resource_servers": [API], "clients": [CLIENT], "streams": [LOG], "taps": [LINK]}


def rows(result: Result) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["name"], row["action"]) for row in result["changes"]]


def test_it_is_created_after_what_it_refers_to_and_found_unchanged(tenant: InProcessTenant) -> None:
    foreseen = keep(tenant, check_mode=True, **ALL)
    made = keep(tenant, **ALL)
    assert rows(foreseen) == rows(made)
    assert rows(made)[2:] == [("stream", "log", "create"), ("tap", "log / urn:api", "create")]
    assert len(made["diff"]) == 4
    tenant.forget()
    again = keep(tenant, **ALL)
    assert (again["changes"], tenant.writes) == ([], [])
    assert again["unchanged"] == {"resource_server": 1, "client": 1, "stream": 1, "tap": 1}
    assert sorted(str(sent) for sent in tenant.sent if sent.method == "GET") == sorted(
        f"GET /api/v2/{path}" for path in ("resource-servers", "clients", "streams", "taps")
    )


def test_its_options_are_checked_beside_all_others(tenant: InProcessTenant) -> None:
    wrong = {"name": "log", "type": "tape", "sinc": {}}
    message = refused(tenant, streams=[wrong], taps=[{**LINK, "audience": "urn:none", "rate": 0}], clients=[{}])
    for words in (
        "streams[0] (log): there is no option sinc; did you mean sink?",
        "streams[0] (log): value of type must be one of: http, file, got: tape",
        "taps[0] (log / urn:none)",
        "clients[0]",
    ):
        assert words in message
    assert tenant.writes == []


def test_it_is_changed_renamed_and_removed_by_its_name(tenant: InProcessTenant) -> None:
    keep(tenant, **ALL)
    changed = keep(tenant, streams=[{**LOG, "name": "journal", "previous_name": "log", "paused": True}])
    assert changed["changes"][0]["fields"] == ["name", "paused"]
    gone = keep(
        tenant,
        streams=[{"name": "journal", "state": "absent"}],
        taps=[{"stream_name": "journal", "audience": "urn:api", "state": "absent"}],
    )
    assert rows(gone) == [("tap", "journal / urn:api", "delete"), ("stream", "journal", "delete")]
    assert tenant.call("GET", "/streams") == []


def test_it_is_pruned_as_it_is_owned(tenant: InProcessTenant) -> None:
    keep(tenant, **ALL)
    tenant.call("POST", "/streams", {"name": "old", "type": "file"})
    pruned = keep(
        tenant,
        **{**ALL, "taps": []},
        prune={"max": 2, "streams": {"name_pattern": "*"}, "taps": {"of_declared_streams": True}},
    )
    assert sorted(rows(pruned)) == [("stream", "old", "delete"), ("tap", "log / urn:api", "delete")]


def test_it_is_read_as_a_configuration_by_names_and_without_secrets(tenant: InProcessTenant) -> None:
    secret = "a-token-of-the-sink"
    streams = [{**LOG, "sink": {"port": 443, "token": secret}}]
    made = keep(tenant, **{**ALL, "streams": streams})
    assert secret not in json.dumps(made)
    found = read(tenant)
    assert found["config"]["streams"] == [LOG]
    assert found["config"]["taps"] == [LINK]
    assert secret not in json.dumps(found)
    assert keep(tenant, **found["config"])["changes"] == []
    alone = read(tenant, kinds=["taps"])
    assert alone["config"] == {"taps": [LINK]}
