# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Log streams: where the events of the tenant's log are sent."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal, Required

from pydantic import Field, TypeAdapter, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from auth0_emulator.schema.errors import AnsweredError, invalid_body, management_error
from auth0_emulator.schema.shapes import CLOSED, OPEN, READ_ONLY, DateTime, Handling, Part, Shape, one_of
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .access import Caller
from .entity import Behaviour, Entity, Listing, RequiredScopes
from .log_stream_regions import AWS_REGIONS, AZURE_REGIONS

MASK = "********"
"""What stands in the place of Mixpanel's password (recorded); all other secrets are shown."""

_PASSWORD = "mixpanelServiceAccountPassword"

_Digits = Annotated[str, Field(pattern=r"^\d+$")]
_NoColon = Annotated[str, Field(pattern=r"^[^:]+$")]


@OPEN
class Header(Part, total=False):
    header: str
    value: str


@CLOSED
class HttpSink(Part, total=False):
    httpEndpoint: Required[Annotated[str, Field(pattern=r"^https://.*")]]
    httpAuthorization: str
    httpContentFormat: Literal["JSONARRAY", "JSONLINES", "JSONOBJECT"]
    httpContentType: str
    httpCustomHeaders: list[Header]


@CLOSED
class SplunkSink(Part, total=False):
    splunkDomain: Required[str]
    splunkPort: Required[Annotated[str, Field(pattern=r"^[0-9]*$")]]
    splunkToken: Required[str]
    splunkSecure: Required[bool]


@CLOSED
class DatadogSink(Part, total=False):
    datadogApiKey: Required[str]
    datadogRegion: Required[Literal["us", "eu", "us3", "us5"]]


@CLOSED
class EventBridgeSink(Part, total=False):
    awsAccountId: Required[Annotated[str, Field(pattern=r"^\d{12}$")]]
    awsRegion: Required[Annotated[str, one_of(AWS_REGIONS)]]
    awsPartnerEventSource: str


@CLOSED
class EventGridSink(Part, total=False):
    azureSubscriptionId: Required[
        Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")]
    ]
    azureRegion: Required[Annotated[str, one_of(AZURE_REGIONS)]]
    azureResourceGroup: Required[str]
    azurePartnerTopic: str


@CLOSED
class SumoSink(Part, total=False):
    sumoSourceAddress: Required[str]


@CLOSED
class SegmentSink(Part, total=False):
    segmentWriteKey: Required[str]


@CLOSED
class MixpanelSink(Part, total=False):
    mixpanelRegion: Required[Literal["us", "eu"]]
    mixpanelProjectId: Required[_Digits]
    mixpanelServiceAccountUsername: Required[_NoColon]
    mixpanelServiceAccountPassword: Required[_NoColon]


@CLOSED
class SegmentSinkChange(Part, total=False):
    """A change need not name the key (documented)."""

    segmentWriteKey: str


@CLOSED
class MixpanelSinkChange(Part, total=False):
    """Without the password, the one that is there stays (documented)."""

    mixpanelRegion: Required[Literal["us", "eu"]]
    mixpanelProjectId: Required[_Digits]
    mixpanelServiceAccountUsername: Required[_NoColon]
    mixpanelServiceAccountPassword: _NoColon


_CATEGORIES = (
    "auth.login.fail",
    "auth.login.notification",
    "auth.login.success",
    "auth.logout.fail",
    "auth.logout.success",
    "auth.signup.fail",
    "auth.signup.success",
    "auth.silent_auth.fail",
    "auth.silent_auth.success",
    "auth.token_exchange.fail",
    "auth.token_exchange.success",
    "management.fail",
    "management.success",
    "scim.event",
    "system.notification",
    "user.fail",
    "user.notification",
    "user.success",
    "actions",
    "other",
)


@OPEN
class LogFilter(Part, total=False):
    type: Literal["category"]
    name: Annotated[str, one_of(_CATEGORIES)]


@OPEN
class ShownFilter(Part, total=False):
    type: Literal["category"]
    name: Annotated[str, one_of((*_CATEGORIES, "security"))]


class PiiConfig(Part, total=False):
    log_fields: Required[
        Annotated[
            list[Literal["first_name", "last_name", "username", "email", "phone", "address"]], Field(min_length=1)
        ]
    ]
    method: Literal["mask", "hash"]
    algorithm: Literal["xxhash"]


_SINKS: dict[str, Any] = {
    "http": HttpSink,
    "splunk": SplunkSink,
    "datadog": DatadogSink,
    "eventbridge": EventBridgeSink,
    "eventgrid": EventGridSink,
    "sumo": SumoSink,
    "segment": SegmentSink,
    "mixpanel": MixpanelSink,
}
_CHANGES: dict[str, Any] = {
    **{name: _SINKS[name] for name in ("http", "splunk", "datadog", "sumo")},
    "segment": SegmentSinkChange,
    "mixpanel": MixpanelSinkChange,
}
_NO_FORM = "Data does not match any schemas from 'oneOf'"
"""Said of a body that fits no type of stream (reported)."""


def _any_form(value: Any, valid: ValidatorFunctionWrapHandler) -> Any:
    try:
        return valid(value)
    except ValidationError:
        raise PydanticCustomError("union", "{words}", {"words": _NO_FORM}) from None


_Sink = Annotated[
    HttpSink | SplunkSink | DatadogSink | EventBridgeSink | EventGridSink | SumoSink | SegmentSink | MixpanelSink,
    WrapValidator(_any_form),
]
_SinkChange = Annotated[
    HttpSink | SplunkSink | DatadogSink | SumoSink | SegmentSinkChange | MixpanelSinkChange, WrapValidator(_any_form)
]


class LogStream(Shape):
    id: Annotated[str, READ_ONLY]
    name: str
    type: Annotated[
        Literal["http", "splunk", "datadog", "eventbridge", "eventgrid", "sumo", "segment", "mixpanel"],
        Handling(update=False, required=True),
    ]
    status: Annotated[Literal["active", "paused", "suspended"], Handling(create=False, default="active")]
    sink: Annotated[_Sink, Handling(required=True, update_as=_SinkChange)]
    filters: Annotated[list[LogFilter], Handling(empty_is_absent=True, answer_as=list[ShownFilter])]
    """Without one, no answer has them (recorded)."""
    isPriority: Annotated[bool, Handling(default=False)]
    """In all answers since 2025 (recorded)."""
    pii_config: Annotated[PiiConfig, Handling(clearable=True, null_at_create=True, merged=True)]
    """A key that a change does not name is kept (recorded)."""
    startFrom: Annotated[DateTime, Handling(update=False, answer=False)]
    password: Annotated[str, Handling(create=False, update=False, answer=False)]
    """Mixpanel's, which no answer shows."""


def missing(dummy: str) -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The log stream does not exist.")


def _refuse_other_forms(forms: dict[str, Any], name: str, sink: Thing) -> None:
    """The type says what the sink holds (documented)."""
    try:
        TypeAdapter(forms[name]).validate_python(sink)
    except ValidationError:
        raise invalid_body(f"'{_NO_FORM}'") from None


class LogStreamBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.log_stream_id()

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        _refuse_other_forms(_SINKS, body["type"], body["sink"])

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        """Where another cloud keeps the other end, the sink stays as it is (documented; the wording is unverified)."""
        name = current["type"]
        if "sink" in body and name not in _CHANGES:
            raise management_error(400, f"The sink of a log stream of type {name} cannot be updated.", "invalid_body")
        if "sink" in body:
            _refuse_other_forms(_CHANGES, name, body["sink"])

    def completed(self, current: Thing, body: Thing) -> Thing:
        """The key of Segment stays where a change does not name it (documented)."""
        if current["type"] == "segment" and "sink" in body:
            return {**body, "sink": {**current["sink"], **body["sink"]}}
        return body

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """What other clouds know the stream by is made up (recorded). What is said of personal data is complete, and
        gone with a change that does not say it (recorded). A stream with priority has the filter that the server gives
        it, whatever is sent (recorded of creations without filters, and of changes of filters); no recording ends the
        priority of one."""
        sink = thing["sink"]
        if thing["isPriority"]:
            thing["filters"] = [{"type": "category", "name": "security"}]
        if thing["type"] == "eventbridge":
            source = f"aws.partner/auth0.com/{tenant.name}-{uuid.uuid4()}/auth0.logs"
            sink.setdefault("awsPartnerEventSource", source)
        if thing["type"] == "eventgrid":
            topic = f"azure.partner/auth0.com/{tenant.name}-{sink['azureSubscriptionId']}/auth0.logs"
            sink.setdefault("azurePartnerTopic", topic)
        if _PASSWORD in sink:
            thing["password"] = sink.pop(_PASSWORD)
        if "pii_config" not in body:
            thing.pop("pii_config", None)
        if "pii_config" in thing:
            thing["pii_config"] = {"method": "hash", "algorithm": "xxhash", **thing["pii_config"]}

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        return {**thing, "sink": {**thing["sink"], _PASSWORD: MASK}} if "password" in thing else thing


LOG_STREAMS = Entity(
    name="log_stream",
    path="log-streams",
    model=LogStream,
    scopes=RequiredScopes(
        read=("read:log_streams",),
        create=("create:log_streams",),
        update=("update:log_streams",),
        delete=("delete:log_streams",),
    ),
    listing=Listing("log_streams", paged=False),
    missing=missing,
    behaviour=LogStreamBehaviour(),
    # Recorded: a stream is created with 200.
    created_status=200,
)
