# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options: those of each kind, what was given in them, and with which credentials to reach the tenant."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Desired
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import Selection
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import (
    desired_from,
    info_spec,
    kind_spec,
    selection_from,
)
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import (
    ArgumentSpec,
    connection_spec,
    filled_env_fallback,
    secret_env_fallback,
)
from ansible_collections.community.auth0.plugins.module_utils._task.credentials import credentials_from
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientSecret
from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key import PrivateKey
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import rsa_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of

API, CLIENT, GRANT, KEY = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"], KINDS["signing_key"]
each_kind = pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.options], ids=str)


# credentials


def unwarned(warning: str) -> None:
    raise AssertionError(warning)


NAMES = ("auth0_api_token", "auth0_client_id", "auth0_client_secret")
VARIABLES = {name: name.upper() for name in NAMES}
TOKEN, BOTH, ERROR = "the token", "the credentials", "an error"


def wanted(option: frozenset[str], environment: frozenset[str]) -> str | None:
    """What the options and variables that are set lead to, in the words of the documentation."""
    token, credentials = NAMES[0], set(NAMES[1:])
    if token in option and option & credentials:
        return ERROR  # both are given
    if token in option:
        return TOKEN  # beats what only the environment holds
    if option & credentials:
        return BOTH if credentials <= option | environment else ERROR
    if token in environment and environment & credentials:
        return ERROR
    if token in environment:
        return TOKEN
    if environment & credentials:
        return BOTH if credentials <= environment else ERROR
    return None


SUBSETS = [frozenset(names) for size in range(4) for names in itertools.combinations(NAMES, size)]


@pytest.mark.parametrize("environment", SUBSETS, ids=lambda names: "env " + ("+".join(sorted(names)) or "empty"))
@pytest.mark.parametrize("option", SUBSETS, ids=lambda names: "options " + ("+".join(sorted(names)) or "none"))
def test_what_a_task_gives_beats_the_environment_and_halves_and_doubles_are_refused(
    option: frozenset[str], environment: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {VARIABLES[name]: f"env {name}" for name in environment}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    params = params_of(ArgumentSpec(), {name: f"option {name}" for name in option})
    expected = wanted(option, environment)
    if expected == ERROR:
        with pytest.raises(InvalidOptions) as caught:
            credentials_from(params, environ, unwarned)
        assert not any(f"{place} {name}" in caught.value.message for place in ("option", "env") for name in NAMES)
        return
    found = credentials_from(params, environ, unwarned)
    source = {name: f"option {name}" if name in option else f"env {name}" for name in NAMES}
    if expected == TOKEN:
        assert found == source["auth0_api_token"]
    elif expected == BOTH:
        assert found == ClientSecret(source["auth0_client_id"], source["auth0_client_secret"])
    else:
        assert found is None


@pytest.mark.parametrize(
    ("options", "environ", "told"),
    [
        ({"auth0_api_token": "t", "auth0_client_id": "i"}, {}, "Both auth0_api_token and auth0_client_id are set."),
        ({"auth0_client_id": "i"}, {}, "auth0_client_secret or auth0_private_key is missing"),
        ({"auth0_private_key": "k"}, {}, "auth0_client_id is missing"),
        ({"auth0_api_token": "t", "auth0_private_key": "k"}, {}, "Both auth0_api_token and auth0_private_key are set."),
        (
            {"auth0_client_id": "i", "auth0_client_secret": "s", "auth0_private_key": "k"},
            {},
            "Both auth0_client_secret and auth0_private_key are set.",
        ),
        ({"auth0_client_secret": "s"}, {}, "auth0_client_id is missing"),
        (
            {},
            {"AUTH0_API_TOKEN": "the-token", "AUTH0_CLIENT_ID": "i"},
            "set in the environment (AUTH0_API_TOKEN and",
        ),
        (
            {},
            {"AUTH0_CLIENT_ID": "i"},
            "AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
        ),
    ],
)
def test_bad_credentials_are_refused_with_the_names_of_what_to_give(
    options: dict[str, str], environ: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidOptions) as caught:
        credentials_from(params_of(ArgumentSpec(), options), environ, unwarned)
    assert told in caught.value.message


def test_a_private_key_of_the_task_beats_a_secret_of_the_environment_and_the_other_way_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pem = rsa_pem()

    def found(options: dict[str, str], environ: dict[str, str]) -> Any:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        return credentials_from(params_of(ArgumentSpec(), options), environ, unwarned)

    key = found(
        {"auth0_private_key": pem, "auth0_signing_alg": "PS256"},
        {"AUTH0_CLIENT_ID": "c", "AUTH0_CLIENT_SECRET": "the-secret"},
    )
    assert isinstance(key, PrivateKey)
    assert (key.client_id, key.signing_alg) == ("c", "PS256")

    monkeypatch.delenv("AUTH0_CLIENT_SECRET")
    environ = {"AUTH0_CLIENT_ID": "c", "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY": pem}
    monkeypatch.setenv("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID", "k")
    assert found({"auth0_client_secret": "mine"}, environ) == ClientSecret("c", "mine")
    key = found({}, environ)
    assert isinstance(key, PrivateKey)
    assert (key.key_id, key.signing_alg) == ("k", "RS256")


def test_an_empty_variable_of_the_environment_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", "AUTH0_API_TOKEN", "AUTH0_AUDIENCE"):
        monkeypatch.setenv(name, "")
    params = params_of(ArgumentSpec(), {"auth0_api_token": "t"})
    assert params["auth0_signing_alg"] is params["auth0_audience"] is None


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_credential_is_none(name: str) -> None:
    assert credentials_from(params_of(ArgumentSpec(), {name: ""}), {}, unwarned) is None


def test_an_option_of_the_same_value_as_the_environment_counts_as_the_environments() -> None:
    params = {"auth0_api_token": "t", "auth0_client_id": "i", "auth0_client_secret": "s"}
    environ = {"AUTH0_CLIENT_ID": "i", "AUTH0_CLIENT_SECRET": "s"}
    assert credentials_from(params, environ, unwarned) == "t"


# connection options


def test_every_connection_option_has_the_environment_variable_of_its_name() -> None:
    options = connection_spec().options
    # Those of keys are the names that the Terraform provider uses.
    others = {
        "auth0_private_key": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
        "auth0_private_key_id": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID",
        "auth0_signing_alg": "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
    }
    assert {name: spec["fallback"] for name, spec in options.items() if "fallback" in spec} == {
        name: (
            secret_env_fallback if options[name].get("no_log") else filled_env_fallback,
            [others.get(name, name.upper())],
        )
        for name in (
            "auth0_domain",
            "auth0_client_id",
            "auth0_client_secret",
            "auth0_api_token",
            "auth0_audience",
            "auth0_ca_path",
            *others,
        )
    }
    assert all(name.startswith("auth0_") for name in options)
    assert [name for name, spec in options.items() if spec.get("required")] == ["auth0_domain"]


def test_exactly_the_secrets_of_the_connection_are_hidden() -> None:
    hidden = {name for name, spec in connection_spec().options.items() if spec.get("no_log")}
    assert hidden == {"auth0_client_secret", "auth0_private_key", "auth0_api_token"}


# the options of a kind

OWN_OPTIONS = {"validate_grants", "state", "clear", "force", "return_secret"}


def switches(kind: Kind) -> set[str]:
    """Options that say how to treat a field, or name another object or a file; and what is done after a write."""
    found = {kind.follow_up.option, kind.follow_up.timeout} if kind.follow_up else set()
    for field in kind.options.values():
        found |= {name for name in (field.file_option, field.resend_option) if name}
        found |= {field.purge_option} if field.purge_option else set()
        found |= {field.members_of.option} if field.members_of else set()
        found |= {field.refers.option} if field.refers and field.refers.option else set()
    return found


@each_kind
def test_every_field_that_can_be_declared_is_an_option_of_its_type_and_choices(kind: Kind) -> None:
    options = kind_spec(kind).options
    for name, field in kind.options.items():
        assert options[name]["type"] == field.type
        choices = field.elements.choices if field.elements else field.choices
        assert options[name].get("choices") == (list(choices) or None)
        assert "default" not in options[name]
    read_only = kind.fields.keys() - kind.options.keys()
    own = set(options) - kind.options.keys() - OWN_OPTIONS - switches(kind)
    assert own <= {kind.id_field}
    assert read_only & set(options) <= {kind.id_field}


@each_kind
def test_clear_offers_exactly_the_fields_that_null_removes(kind: Kind) -> None:
    nullable = sorted(name for name, field in kind.options.items() if field.nullable)
    clear = kind_spec(kind).options.get("clear")
    if clear is None:
        assert not nullable
        return
    assert clear["choices"] == nullable
    assert (clear["type"], clear["elements"], clear["default"]) == ("list", "str", [])


def hidden_paths(options: dict[str, Any], path: str = "") -> set[str]:
    found = set()
    for name, spec in options.items():
        if spec.get("no_log"):
            found.add(path + name)
        found |= hidden_paths(spec.get("options") or {}, f"{path}{name}.")
    return found


ADDON_SECRETS = {
    "azure_blob.storageAccessKey",
    "azure_sb.sasKey",
    "firebase.private_key",
    "firebase.secret",
    "layer.privateKey",
    "sap_api.servicePassword",
    "wams.masterkey",
}


@pytest.mark.parametrize(
    ("kind", "hidden"),
    [
        (API, {"signing_secret", "token_encryption.encryption_key.pem"}),
        (CLIENT, {"client_secret", *(f"addons.{path}" for path in ADDON_SECRETS)}),
        (GRANT, set()),
    ],
    ids=["resource_server", "client", "client_grant"],
)
def test_secrets_and_public_keys_are_hidden_and_nothing_else(kind: Kind, hidden: set[str]) -> None:
    assert hidden_paths(kind_spec(kind).options) == hidden


#: The secrets of addons, by the names that they have in Terraform where those are others.
TERRAFORM = {
    "azure_blob": {"storage_access_key": "k" * 86 + "=="},
    "azure_sb": {"sas_key": "secret-1"},
    "layer": {"providerId": "p", "keyId": "k", "private_key": "secret-2"},
    "sap_api": {"service_password": "secret-3"},
    "wams": {"master_key": "secret-4"},
}


def test_secrets_of_addons_are_known_and_hidden_by_the_names_that_they_have_in_terraform() -> None:
    options = {"name": "n", "addons": TERRAFORM}
    spec = kind_spec(CLIENT).to_kwargs()["argument_spec"]
    result = ArgumentSpecValidator(spec).validate(options)
    assert result.error_messages == []
    secrets = {value for addon in TERRAFORM.values() for name, value in addon.items() if "_" in name}
    assert secrets <= result._no_log_values
    assert desired_from(CLIENT, params_of(kind_spec(CLIENT), options)).fields["addons"] == {
        "azure_blob": {"storageAccessKey": TERRAFORM["azure_blob"]["storage_access_key"]},
        "azure_sb": {"sasKey": "secret-1"},
        "layer": {"providerId": "p", "keyId": "k", "privateKey": "secret-2"},
        "sap_api": {"servicePassword": "secret-3"},
        "wams": {"masterkey": "secret-4"},
    }


@each_kind
def test_no_option_is_left_to_ansible_to_guess_whether_it_is_a_secret(kind: Kind) -> None:
    options = kind_spec(kind).options
    assert [name for name in kind.options if not isinstance(options[name]["no_log"], bool)] == []


@each_kind
def test_nested_objects_have_the_options_of_their_fields_and_free_ones_take_anything(kind: Kind) -> None:
    def compare(field: Field, spec: dict[str, Any]) -> None:
        if field.elements:
            assert spec["elements"] == field.elements.type
            field = field.elements
        if field.fields is None or field.values is not None:
            assert "options" not in spec
            return
        given = {name: sub for name, sub in field.fields.items() if not sub.read_only}
        named = {sub.refers.option for sub in given.values() if sub.refers and sub.refers.option}
        assert set(spec["options"]) == given.keys() | named
        for name in given:
            compare(field.fields[name], spec["options"][name])

    for name, field in kind.options.items():
        compare(field, kind_spec(kind).options[name])


def test_a_scope_without_a_value_is_refused_by_ansible_itself() -> None:
    with pytest.raises(InvalidTask, match="missing required arguments: value"):
        params_of(kind_spec(API), {"identifier": "urn:api", "scopes": [{"description": "Nothing"}]})


def test_rules_between_options_are_those_of_the_kinds() -> None:
    api, client, grant = kind_spec(API), kind_spec(CLIENT), kind_spec(GRANT)
    assert api.required_one_of == (("id", "identifier"),)
    assert api.mutually_exclusive == ()
    assert client.required_one_of == (("client_id", "name"),)
    assert client.mutually_exclusive == (("token_endpoint_auth_method", "client_authentication_methods"),)
    assert grant.required_one_of == (("client_id", "client_name", "default_for"),)
    assert grant.mutually_exclusive == (("client_id", "client_name", "default_for"),)
    assert [name for name, spec in grant.options.items() if spec.get("required")] == ["audience"]
    assert "id" not in grant.options


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        (API, {}, "one of the following is required: id, identifier"),
        (CLIENT, {"description": "x"}, "one of the following is required: client_id, name"),
        (GRANT, {"audience": "urn:api"}, "one of the following is required: client_id, client_name, default_for"),
        (GRANT, {"client_id": "c"}, "missing required arguments: audience"),
        (GRANT, {"client_id": "c", "client_name": "n", "audience": "a"}, "mutually exclusive"),
        (CLIENT, {"name": "n", "nonsense": 1}, "nonsense. Supported parameters include"),
        (CLIENT, {"name": "n", "clear": ["name"]}, "value of clear must be one or more of"),
        (API, {"identifier": "a", "scopes": [{"value": "a", "nonsense": 1}]}, "scopes.nonsense"),
        (API, {"identifier": "a", "signing_alg": "none"}, "value of signing_alg must be one of"),
    ],
)
def test_ansible_refuses_options_that_cannot_be_meant(kind: Kind, options: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidTask) as caught:
        params_of(kind_spec(kind), options)
    assert told in str(caught.value)


def test_specs_compose_and_become_keyword_arguments_of_ansible_module() -> None:
    one = ArgumentSpec({"a": {"type": "int"}, "b": {}}, (("a", "b"),), (("a",),), {"b": ("a",)})
    both = one.merge(ArgumentSpec({"a": {"type": "str"}, "c": {}}, (("c",),)))
    assert both.to_kwargs() == {
        "argument_spec": {"a": {"type": "str"}, "b": {}, "c": {}},
        "mutually_exclusive": (("a", "b"), ("c",)),
        "required_one_of": (("a",),),
        "required_by": {"b": ("a",)},
    }


# what a task declares


def declared(kind: Kind, **options: Any) -> Desired:
    return desired_from(kind, params_of(kind_spec(kind), options))


def test_only_what_was_given_is_declared_at_every_depth() -> None:
    desired = declared(
        CLIENT,
        name="reminders",
        description=None,
        jwt_configuration={"alg": "RS256", "lifetime_in_seconds": None},
        token_quota={"client_credentials": {"per_day": 5}},
    )
    assert desired.fields == {
        "name": "reminders",
        "jwt_configuration": {"alg": "RS256"},
        "token_quota": {"client_credentials": {"per_day": 5}},
    }
    assert (desired.object_id, desired.present, desired.clear) == (None, True, frozenset())


def test_a_null_option_is_one_that_was_not_given() -> None:
    # Where there are choices, or options that exclude each other, Ansible itself refuses null.
    exclusive = set(itertools.chain(*kind_spec(CLIENT).mutually_exclusive))
    listed = {name for name, spec in kind_spec(CLIENT).options.items() if spec.get("choices")}
    nothing = dict.fromkeys(CLIENT.options.keys() - exclusive - listed - {"name"})
    assert declared(CLIENT, name="reminders", **nothing).fields == {"name": "reminders"}


def test_empty_values_and_false_are_given_values() -> None:
    desired = declared(
        CLIENT, name="n", description="", grant_types=[], oidc_conformant=False, client_metadata={}, mobile={}
    )
    assert desired.fields == {
        "name": "n",
        "description": "",
        "grant_types": [],
        "oidc_conformant": False,
        "client_metadata": {},
        "mobile": {},
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (5, "5"), (-1.5, "-1.5"), ("5", "5"), ("", ""), ("yes", "yes"), (None, None)],
)
def test_scalars_of_the_metadata_become_text_and_null_stays_to_remove_a_key(value: Any, text: str | None) -> None:
    assert declared(CLIENT, name="n", client_metadata={"key": value}).fields["client_metadata"] == {"key": text}


def test_keys_of_the_metadata_become_text() -> None:
    assert declared(CLIENT, name="n", client_metadata={2024: "a"}).fields["client_metadata"] == {"2024": "a"}


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_what_is_no_scalar_in_the_metadata_is_left_to_be_refused(value: Any) -> None:
    assert declared(CLIENT, name="n", client_metadata={"key": value}).fields["client_metadata"] == {"key": value}


def test_free_objects_keep_their_types_and_their_nulls() -> None:
    value = {"a": None, "b": {"c": None, "d": 1}, "e": [None, True]}
    assert declared(CLIENT, name="n", mobile=value).fields["mobile"] == value


def test_items_of_lists_are_declared_without_what_was_not_given() -> None:
    scopes = [{"value": "a", "description": None}, {"value": "b", "description": "B"}]
    desired = declared(API, identifier="urn:api", scopes=scopes)
    assert desired.fields["scopes"] == [{"value": "a"}, {"value": "b", "description": "B"}]


def test_an_id_names_the_object_and_is_no_field() -> None:
    desired = declared(CLIENT, client_id="c1", name="new name")
    assert (desired.object_id, desired.fields) == ("c1", {"name": "new name"})
    assert declared(API, id="abc").object_id == "abc"


def test_the_client_of_a_grant_is_a_field_not_the_name_of_the_grant() -> None:
    desired = declared(GRANT, client_id="c1", audience="urn:api")
    assert desired.object_id is None
    assert desired.fields == {"client_id": "c1", "audience": "urn:api"}


def test_the_client_of_a_grant_by_name_is_not_known_yet() -> None:
    desired = declared(GRANT, client_name="reminders", audience="urn:api")
    assert desired.fields["client_id"] == Reference(KINDS["client"], {"name": "reminders"}, "client_id")
    assert desired.label == "client grant reminders / urn:api"


def test_lists_are_authoritative_and_checked_unless_the_task_says_otherwise() -> None:
    strict = declared(GRANT, client_id="c", audience="a", scope=["x"])
    assert (strict.additive, strict.unchecked) == (frozenset(), frozenset())
    lenient = declared(GRANT, client_id="c", audience="a", scope=["x"], purge_scope=False, validate_scope=False)
    assert (lenient.additive, lenient.unchecked) == ({"scope"}, {"scope"})
    assert declared(API, identifier="a", purge_scopes=False).additive == {"scopes"}


def test_state_and_clear_are_carried_over() -> None:
    desired = declared(CLIENT, name="n", state="absent", clear=["token_quota", "token_quota"])
    assert (desired.present, desired.clear) == (False, {"token_quota"})


# which objects a task asks for


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (API, {"id", "identifier", "identifiers", "name", "name_pattern", "include_secrets"}),
        (
            CLIENT,
            {
                *("client_id", "app_type", "is_first_party", "is_global", "external_client_id", "q"),
                *("name", "name_pattern", "include_secrets"),
            },
        ),
        (
            GRANT,
            {
                *("id", "client_id", "client_name", "default_for", "audience", "subject_type"),
                *("allow_any_organization", "include_organizations"),
            },
        ),
        (KEY, {"kid"}),
    ],
    ids=["resource_server", "client", "client_grant", "signing_key"],
)
def test_objects_are_asked_for_by_what_finds_and_filters_them(kind: Kind, expected: set[str]) -> None:
    options = info_spec(kind).options
    assert options.keys() == expected
    assert {name for name, spec in options.items() if "default" in spec} == {
        name for name in expected if name.startswith("include_")
    }
    assert not any(spec.get("required") or spec.get("no_log") for spec in options.values())


@pytest.mark.parametrize(
    ("kind", "options", "pair"),
    [
        (API, {"id": "1", "identifier": "urn:a"}, "id|identifier"),
        (API, {"identifier": "urn:a", "identifiers": ["urn:a"]}, "identifier|identifiers"),
        (API, {"name": "a", "name_pattern": "a*"}, "name|name_pattern"),
        (CLIENT, {"client_id": "c", "name": "shop"}, "client_id|name"),
        (CLIENT, {"client_id": "c", "is_global": True}, "client_id|is_global"),
        (CLIENT, {"q": "x", "app_type": ["spa"]}, "app_type|q"),
        (GRANT, {"id": "cgr_1", "audience": "urn:a"}, "id|audience"),
        (GRANT, {"client_id": "c", "client_name": "shop"}, "client_id|client_name"),
        (GRANT, {"client_name": "shop", "default_for": "third_party_clients"}, "client_name|default_for"),
    ],
)
def test_what_cannot_be_asked_for_together_is_refused(kind: Kind, options: dict[str, Any], pair: str) -> None:
    with pytest.raises(InvalidTask) as caught:
        params_of(info_spec(kind), options)
    assert str(caught.value) == f"parameters are mutually exclusive: {pair}"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (API, {"identifiers": ["urn:a"], "name": "a"}),
        (CLIENT, {"q": "x", "name_pattern": "shop*"}),
        (CLIENT, {"app_type": ["spa"], "is_first_party": True, "is_global": False, "name": "shop"}),
        (GRANT, {"client_name": "shop", "audience": "urn:a", "subject_type": "user", "allow_any_organization": False}),
    ],
)
def test_filters_can_be_combined(kind: Kind, options: dict[str, Any]) -> None:
    assert params_of(info_spec(kind), options)


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        (API, {}, Selection(API)),
        (API, {"id": "1"}, Selection(API, direct=("id", "1"))),
        (API, {"identifier": ""}, Selection(API, direct=("identifier", ""))),
        (API, {"identifiers": [], "name": ""}, Selection(API, filters={"identifiers": []}, name="")),
        (
            CLIENT,
            {"app_type": "spa,native", "is_global": "no", "name_pattern": "*"},
            Selection(CLIENT, filters={"app_type": ["spa", "native"], "is_global": False}, name_pattern="*"),
        ),
        (GRANT, {"client_id": "c"}, Selection(GRANT, filters={"client_id": "c"})),
        (
            GRANT,
            {"client_name": "shop"},
            Selection(GRANT, filters={"client_id": Reference(KINDS["client"], {"name": "shop"}, "client_id")}),
        ),
    ],
)
def test_a_selection_holds_what_was_given(kind: Kind, options: dict[str, Any], expected: Selection) -> None:
    assert selection_from(kind, params_of(info_spec(kind), options)) == expected
