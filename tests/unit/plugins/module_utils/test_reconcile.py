# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pure reconciler: properties over random declarations of every kind, and the single rules."""

from __future__ import annotations

import copy
import dataclasses
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import values
from ansible_collections.community.auth0.plugins.module_utils._engine.bodies import holds
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Change,
    Desired,
    Surroundings,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.dependency import in_order_of_dependency
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import (
    reconcile,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import AtMost, Fills
from hypothesis import assume, given
from hypothesis import strategies as st

from .declarations import SECRET, ServerModel, declarations_of

HERE = Surroundings("https://tenant.example.com/api/v2/", caller="the-caller")
API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]


#: What is given for a public key by mistake.
PRIVATE = "-----BEGIN {0} KEY-----\n{1}\n-----END {0} KEY-----".format("PRIVATE", SECRET)


def change_of(kind: Kind, fields: dict[str, Any], current: dict[str, Any] | None = None, **more: Any) -> Change:
    return reconcile(Desired(kind, fields, **more), current, HERE)


def valid_change(kind: Kind, fields: dict[str, Any], current: dict[str, Any] | None, **more: Any) -> Change:
    """The change, for declarations that do not contradict themselves or the state."""
    try:
        return change_of(kind, fields, current, **more)
    except (InvalidOptions, Refused):
        assume(False)
        raise


def apply(change: Change, server: ServerModel) -> None:
    for payload in change.payloads:
        if server.item is None:
            server.create(payload)
        else:
            server.update(payload)


def shuffled(field: Field, value: Any, order: random.Random) -> Any:
    """The same value with every list whose order means nothing in another order."""
    if isinstance(value, dict):
        known = field.fields or {}
        return {key: shuffled(known[key], item, order) if key in known else item for key, item in value.items()}
    if isinstance(value, list) and field.elements and not field.ordered:
        items = [shuffled(field.elements, item, order) for item in value]
        order.shuffle(items)
        return items
    return value


def leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every leaf of an object by its path; lists are leaves, and so are objects without keys."""
    if not isinstance(value, dict) or not value:
        return {path: value}
    found: dict[tuple[str, ...], Any] = {}
    for key, item in value.items():
        found.update(leaves(item, (*path, key)))
    return found


Case = tuple[str, dict[str, Any], dict[str, Any]]

two_declarations = st.one_of(
    [
        st.tuples(st.just(name), declarations_of(kind), declarations_of(kind))
        for name, kind in KINDS.items()
        if kind.options
    ]
)
#: Of the kinds that hold secrets, with a value for each field that holds any.
HOLDERS = {
    name: [field for field, declared in kind.options.items() if declared.holds_secret]
    for name, kind in KINDS.items()
    if kind.holds_secret
}
two_declarations_of_secrets = st.one_of(
    [
        st.tuples(st.just(name), declarations_of(KINDS[name], fields), declarations_of(KINDS[name], fields))
        for name, fields in HOLDERS.items()
    ]
)
any_two_declarations = st.one_of(two_declarations, two_declarations_of_secrets)


def secrets_of(kind: Kind, item: dict[str, Any] | None) -> dict[tuple[str, ...], Any]:
    """Every secret of an object, by its path."""
    shown = leaves(values.shown(kind.whole, item or {}))
    return {path: value for path, value in leaves(item or {}).items() if path not in shown and SECRET in str(value)}


@given(any_two_declarations)
def test_a_change_applied_to_the_server_leaves_nothing_to_do(case: Case) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    for declared in (first, second):
        apply(valid_change(kind, declared, server.item), server)
        again = change_of(kind, declared, server.item)
        assert again.action == "none"
        assert again.payloads == ()


@given(any_two_declarations)
def test_a_field_that_was_not_declared_is_never_sent_in_an_update(
    case: Case,
) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    change = valid_change(kind, second, server.item)
    assert change.sent.keys() <= second.keys()


def chosen(field: Field, value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths of what a declared value can put aside by choosing something else in its place."""
    if not isinstance(value, dict):
        return
    fields = field.fields or {}
    if field.one_key:
        yield path
    dependent = [name for name, sub in fields.items() if sub.goes_with]
    for name in (*field.one_of, *field.some_of, *dependent):
        yield (*path, name)
    for name, item in value.items():
        if name in fields:
            yield from chosen(fields[name], item, (*path, name))


@given(any_two_declarations)
def test_an_update_reaches_the_declared_leaves_and_changes_no_other(
    case: Case,
) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    present = copy.deepcopy(server.item or {})
    before = leaves(present)
    apply(valid_change(kind, second, server.item), server)
    after = leaves(server.item)
    declared = {(kind.fields[path[0]].read_as or path[0], *path[1:]) for path in leaves(second) if path}
    declared |= set(chosen(kind.whole, second, ()))
    implied = {("scope",)} if second.get("allow_all_scopes") else set()
    implied |= {(rule.field,) for rule in kind.rules if isinstance(rule, AtMost) and rule.other in second}
    implied |= {(rule.other,) for rule in kind.rules if isinstance(rule, Fills) and rule.field in second}
    implied |= {(name, key) for name in second if name not in present for key in kind.fields[name].filled or ()}
    touched = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    for path in touched - implied:
        assert any(path[: len(known)] == known or known[: len(path)] == path for known in declared), path


@given(any_two_declarations, st.randoms(use_true_random=False))
def test_the_order_of_sets_never_matters(case: Case, order: random.Random) -> None:
    kind, first = KINDS[case[0]], case[1]
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    other = {name: shuffled(kind.fields[name], value, order) for name, value in first.items()}
    assert change_of(kind, other, server.item).action == "none"


@given(any_two_declarations)
def test_the_prediction_is_what_the_server_makes_of_the_change(
    case: Case,
) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    change = valid_change(kind, second, server.item)
    apply(change, server)
    assert change.predicted == server.item


@given(any_two_declarations)
def test_no_secret_is_shown(case: Case) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    for declared in (first, second):
        change = valid_change(kind, declared, server.item)
        apply(change, server)
        shown = [
            change.diff(),
            change.diff(server.item),
            represent(kind, server.item),
            represent(kind, change.predicted),
        ]
        assert SECRET not in json.dumps(shown)
        assert SECRET not in repr(change)


@given(two_declarations_of_secrets)
def test_a_diff_shows_exactly_whether_a_secret_changes_and_never_which(case: Case) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    before = secrets_of(kind, server.item)
    change = valid_change(kind, second, server.item)
    for diff in (change.diff(), change.diff({kind.id_field: "made-up-id"})):
        assert SECRET not in json.dumps(diff)
    diff = change.diff()
    apply(change, server)
    after = secrets_of(kind, server.item)
    old = {path for path, value in leaves(diff["before"]).items() if value == "(secret)"}
    new = {path for path, value in leaves(diff["after"]).items() if value == "(new secret)"}
    # What is sent and never comes back may be another value.
    answered = leaves(values.answered(kind.whole, dict(change.sent)))
    unseen = {path for path, value in leaves(dict(change.sent)).items() if isinstance(value, str) and SECRET in value}
    unseen -= answered.keys()
    assert old == {path for path, value in before.items() if after.get(path) != value} | unseen
    assert new == {path for path, value in after.items() if before.get(path) != value} | unseen


@given(two_declarations_of_secrets)
def test_no_secret_that_is_not_shown_is_replaced_or_lost(case: Case) -> None:
    kind, first, second = KINDS[case[0]], case[1], case[2]
    assume(kind.secret_scope)
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    before = secrets_of(kind, server.item)
    seen = represent(kind, server.item)
    assume(not seen.get("client_authentication_methods"))
    second.pop(str(kind.shown_secret))
    apply(valid_change(kind, second, seen), server)
    assert secrets_of(kind, server.item).items() >= before.items()


@given(any_two_declarations)
def test_deleting_needs_no_payload_and_is_done_once(case: Case) -> None:
    kind, first = KINDS[case[0]], case[1]
    assume(not kind.standing)
    server = ServerModel(kind)
    apply(valid_change(kind, first, server.item), server)
    gone = change_of(kind, first, server.item, present=False)
    assert (gone.action, gone.object_id, gone.payloads) == ("delete", "made-up-id", ())
    assert change_of(kind, first, None, present=False).action == "none"


def api(**fields: Any) -> dict[str, Any]:
    return {"id": "1", "identifier": "urn:api", **fields}


def grant(**fields: Any) -> dict[str, Any]:
    return {"id": "cgr_1", "client_id": "c", "audience": "urn:api", "subject_type": "client", **fields}


GRANT_ID = {"client_id": "c", "audience": "urn:api"}


def test_scopes_are_compared_by_value_and_keep_descriptions_that_are_not_declared() -> None:
    current = api(scopes=[{"value": "a", "description": "A"}, {"value": "b", "description": "B"}])
    assert (
        change_of(API, {"identifier": "urn:api", "scopes": [{"value": "b"}, {"value": "a"}]}, current).action == "none"
    )
    change = change_of(API, {"identifier": "urn:api", "scopes": [{"value": "a"}]}, current)
    assert change.payloads == ({"scopes": [{"value": "a", "description": "A"}]},)


def test_additive_scopes_keep_those_that_are_there() -> None:
    current = api(scopes=[{"value": "a", "description": "A"}])
    wanted = {"identifier": "urn:api", "scopes": [{"value": "b"}]}
    change = change_of(API, wanted, current, additive=frozenset({"scopes"}))
    assert change.payloads == ({"scopes": [{"value": "a", "description": "A"}, {"value": "b"}]},)
    assert change_of(
        API, wanted, api(scopes=[{"value": "b"}, {"value": "a"}]), additive=frozenset({"scopes"})
    ).action == ("none")


def test_a_list_is_authoritative_and_an_empty_one_empties_it() -> None:
    assert change_of(GRANT, {**GRANT_ID, "scope": []}, grant(scope=["a"])).payloads == ({"scope": []},)
    assert change_of(GRANT, {**GRANT_ID, "scope": []}, grant()).action == "none"


@pytest.mark.parametrize(
    ("kind", "declared", "current"),
    [
        (API, {"identifier": "urn:api", "enforce_policies": False}, api()),
        (API, {"identifier": "urn:api", "token_dialect": "access_token"}, api()),
        (GRANT, {**GRANT_ID, "allow_all_scopes": False}, grant()),
        (GRANT, {**GRANT_ID, "organization_usage": "deny"}, grant()),
        (GRANT, {**GRANT_ID, "subject_type": "client"}, {k: v for k, v in grant().items() if k != "subject_type"}),
        (CLIENT, {"name": "n", "initiate_login_uri": ""}, {"client_id": "c", "name": "n"}),
    ],
)
def test_absence_and_the_value_that_means_the_same_are_equal(
    kind: Kind, declared: dict[str, Any], current: dict[str, Any]
) -> None:
    assert change_of(kind, declared, current).action == "none"


def test_an_empty_metadata_value_differs_from_no_value() -> None:
    change = change_of(CLIENT, {"name": "n", "client_metadata": {"k": ""}}, {"client_id": "c", "name": "n"})
    assert change.payloads == ({"client_metadata": {"k": ""}},)


def test_metadata_is_kept_by_key_and_null_removes_one() -> None:
    current = {"client_id": "c", "name": "n", "client_metadata": {"a": "1", "b": "2", "c": "3"}}
    change = change_of(CLIENT, {"name": "n", "client_metadata": {"a": "1", "b": None, "d": "4"}}, current)
    assert change.payloads == ({"client_metadata": {"b": None, "d": "4"}},)
    assert change.predicted is not None
    assert change.predicted["client_metadata"] == {"a": "1", "c": "3", "d": "4"}


def test_more_metadata_than_the_server_holds_is_refused_with_what_is_there_counted() -> None:
    current = {"client_id": "c", "name": "n", "client_metadata": {str(n): "x" for n in range(9)}}
    with pytest.raises(InvalidOptions, match="would have 11 keys"):
        change_of(CLIENT, {"name": "n", "client_metadata": {"a": "1", "b": "2"}}, current)


def test_a_merged_object_is_sent_with_its_differing_keys_only() -> None:
    current = {"client_id": "c", "name": "n", "jwt_configuration": {"alg": "HS256", "lifetime_in_seconds": 10}}
    declared = {"name": "n", "jwt_configuration": {"alg": "RS256", "lifetime_in_seconds": 10}}
    assert change_of(CLIENT, declared, current).payloads == ({"jwt_configuration": {"alg": "RS256"}},)


def test_a_replaced_object_is_sent_whole_with_the_keys_that_were_not_declared() -> None:
    current = api(proof_of_possession={"mechanism": "mtls", "required": True, "required_for": "all_clients"})
    change = change_of(API, {"identifier": "urn:api", "proof_of_possession": {"mechanism": "dpop"}}, current)
    whole = {"mechanism": "dpop", "required": True, "required_for": "all_clients"}
    assert change.payloads == ({"proof_of_possession": whole},)


def test_a_merged_object_may_be_declared_in_part_although_the_whole_needs_more() -> None:
    needs = Field("dict", merged=True, fields={"always": Field(required=True), "other": Field()})
    kind = dataclasses.replace(CLIENT, fields={**CLIENT.fields, "mobile": needs})
    current = {"client_id": "c", "name": "n", "mobile": {"always": "a"}}
    change = change_of(kind, {"name": "n", "mobile": {"other": "b"}}, current)
    assert change.payloads == ({"mobile": {"other": "b"}},)
    with pytest.raises(InvalidOptions, match=r"mobile\.always"):
        change_of(kind, {"name": "n", "mobile": {"other": "b"}})


def test_a_replaced_object_that_would_be_incomplete_is_refused_before_it_is_sent() -> None:
    with pytest.raises(InvalidOptions, match=r"proof_of_possession\.mechanism"):
        change_of(API, {"identifier": "urn:api", "proof_of_possession": {"required": True}}, api())


def test_what_only_the_server_sets_is_not_sent_back() -> None:
    key = {"name": "k", "alg": "RSA-OAEP-256", "kid": "1", "thumbprint_sha256": "x"}
    current = api(token_encryption={"format": "compact-nested-jwe", "encryption_key": key})
    declared = {"encryption_key": {"kid": "2", "pem": "PEM"}}
    change = change_of(API, {"identifier": "urn:api", "token_encryption": declared}, current)
    sent = change.payloads[0]["token_encryption"]["encryption_key"]
    assert sent == {"name": "k", "alg": "RSA-OAEP-256", "kid": "2", "pem": "PEM"}


@pytest.mark.parametrize(
    ("kind", "declared", "where"),
    [
        (API, {"token_encryption": {"encryption_key": {"pem": PRIVATE}}}, "token_encryption.encryption_key.pem"),
        (CLIENT, {"encryption_key": {"pub": PRIVATE}}, "encryption_key.pub"),
        (CLIENT, {"encryption_key": {"cert": PRIVATE}}, "encryption_key.cert"),
    ],
)
def test_a_private_key_is_refused_where_a_public_one_belongs_and_not_shown(
    kind: Kind, declared: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidOptions, match=where + ": the given value holds a private key") as raised:
        change_of(kind, declared)
    assert SECRET not in raised.value.message


def test_a_write_only_value_alone_is_no_difference() -> None:
    key = {"alg": "RSA-OAEP-256", "kid": "1"}
    current = api(token_encryption={"format": "compact-nested-jwe", "encryption_key": key})
    declared = {"encryption_key": {"pem": "PEM", "kid": "1"}}
    assert change_of(API, {"identifier": "urn:api", "token_encryption": declared}, current).action == "none"


def test_clearing_sends_null_once() -> None:
    current = api(consent_policy="transactional-authorization-with-mfa")
    change = change_of(API, {"identifier": "urn:api"}, current, clear=frozenset({"consent_policy"}))
    assert change.payloads == ({"consent_policy": None},)
    cleared = change_of(API, {"identifier": "urn:api"}, api(), clear=frozenset({"consent_policy"}))
    assert cleared.action == "none"


def test_what_is_held_under_another_name_is_compared_and_cleared_there() -> None:
    logout = {"backchannel_logout_urls": ["https://a.example.com"]}
    current = {"client_id": "c", "name": "n", "oidc_logout": logout}
    older = frozenset({"oidc_backchannel_logout"})
    assert change_of(CLIENT, {"name": "n", "oidc_backchannel_logout": logout}, current).action == "none"
    assert change_of(CLIENT, {"name": "n"}, current, clear=older).payloads == ({"oidc_backchannel_logout": None},)
    assert change_of(CLIENT, {"name": "n"}, {"client_id": "c", "name": "n"}, clear=older).action == "none"


@pytest.mark.parametrize("clear", ["scopes", "no_such_field", "identifier"])
def test_what_cannot_be_cleared_is_refused(clear: str) -> None:
    with pytest.raises(InvalidOptions, match="cannot be cleared"):
        change_of(API, {"identifier": "urn:api"}, api(), clear=frozenset({clear}))


def test_a_field_cannot_be_declared_and_cleared() -> None:
    with pytest.raises(InvalidOptions, match="also declared"):
        change_of(GRANT, {**GRANT_ID, "scope": ["a"]}, grant(), clear=frozenset({"scope"}))


@pytest.mark.parametrize(
    ("kind", "declared", "current", "path"),
    [
        (API, {"identifier": "urn:other"}, api(), "identifier"),
        (
            CLIENT,
            {"name": "n", "jwt_configuration": {"secret_encoded": True}},
            {"client_id": "c", "name": "n", "jwt_configuration": {"secret_encoded": False}},
            "jwt_configuration.secret_encoded",
        ),
        (
            CLIENT,
            {"name": "n", "resource_server_identifier": "urn:api"},
            {"client_id": "c", "name": "n"},
            "resource_server_identifier",
        ),
    ],
)
def test_a_create_only_field_that_differs_is_an_error(
    kind: Kind, declared: dict[str, Any], current: dict[str, Any], path: str
) -> None:
    with pytest.raises(Refused, match=path) as raised:
        change_of(kind, declared, current)
    assert raised.value.code == "immutable"


def test_an_address_that_is_emptied_is_foreseen_to_be_gone() -> None:
    current = {"client_id": "c", "name": "n", "initiate_login_uri": "https://a.example"}
    change = change_of(CLIENT, {"name": "n", "initiate_login_uri": ""}, current)
    assert change.payloads == ({"initiate_login_uri": ""},)
    assert "initiate_login_uri" not in (change.predicted or {})


def test_leaving_allow_all_scopes_takes_the_two_changes_that_the_server_needs() -> None:
    change = change_of(GRANT, {**GRANT_ID, "allow_all_scopes": False, "scope": ["a"]}, grant(allow_all_scopes=True))
    assert change.payloads == ({"allow_all_scopes": False, "scope": []}, {"scope": ["a"]})


def test_entering_allow_all_scopes_predicts_that_the_list_is_gone() -> None:
    change = change_of(GRANT, {**GRANT_ID, "allow_all_scopes": True}, grant(scope=["a"]))
    assert change.payloads == ({"allow_all_scopes": True},)
    assert change.predicted is not None
    assert "scope" not in change.predicted


def test_leaving_allow_all_scopes_without_saying_what_follows_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="Declare scope as well"):
        change_of(GRANT, {**GRANT_ID, "allow_all_scopes": False}, grant(allow_all_scopes=True))


def test_leaving_allow_all_scopes_for_no_scopes_empties_the_list_in_the_same_change() -> None:
    change = change_of(GRANT, {**GRANT_ID, "allow_all_scopes": False, "scope": []}, grant(allow_all_scopes=True))
    assert change.payloads == ({"allow_all_scopes": False, "scope": []},)
    assert change.predicted is not None
    assert change.predicted["scope"] == []


def test_leaving_allow_all_scopes_sends_no_list_that_the_tenant_shows_in_spite_of_it() -> None:
    shown = grant(allow_all_scopes=True, scope=[])
    change = change_of(GRANT, {**GRANT_ID, "allow_all_scopes": False, "scope": []}, shown)
    assert change.payloads == ({"allow_all_scopes": False},)
    change = change_of(GRANT, {**GRANT_ID, "allow_all_scopes": False, "scope": ["a"]}, shown)
    assert change.payloads == ({"allow_all_scopes": False, "scope": []}, {"scope": ["a"]})


def test_an_empty_list_under_allow_all_scopes_is_refused_and_not_taken_for_done() -> None:
    with pytest.raises(InvalidOptions, match="allow_all_scopes: false as well"):
        change_of(GRANT, {**GRANT_ID, "scope": []}, grant(allow_all_scopes=True))
    assert change_of(GRANT, {**GRANT_ID, "allow_all_scopes": True}, grant(allow_all_scopes=True)).action == "none"


def test_a_list_under_allow_all_scopes_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="allow_all_scopes: false as well"):
        change_of(GRANT, {**GRANT_ID, "scope": ["a"]}, grant(allow_all_scopes=True))
    with pytest.raises(InvalidOptions, match="no effect"):
        change_of(GRANT, {**GRANT_ID, "scope": ["a"], "allow_all_scopes": True}, grant())


def test_switching_the_way_of_authentication_is_one_change_that_clears_the_other() -> None:
    current = {"client_id": "c", "name": "n", "client_authentication_methods": {"private_key_jwt": {"credentials": []}}}
    declared = {"name": "n", "token_endpoint_auth_method": "client_secret_post"}
    with pytest.raises(InvalidOptions, match="add it to clear"):
        change_of(CLIENT, declared, current)
    change = change_of(CLIENT, declared, current, clear=frozenset({"client_authentication_methods"}))
    assert change.payloads == (
        {"token_endpoint_auth_method": "client_secret_post", "client_authentication_methods": None},
    )


def test_a_method_of_authentication_with_keys_takes_the_place_of_the_other() -> None:
    current = {"client_id": "c", "name": "n", "client_authentication_methods": {"private_key_jwt": {"credentials": []}}}
    wanted = {"tls_client_auth": {"credentials": [{"id": "cred_1"}]}}
    change = change_of(CLIENT, {"name": "n", "client_authentication_methods": wanted}, current)
    assert change.payloads == ({"client_authentication_methods": wanted},)
    both = {**wanted, "private_key_jwt": {"credentials": []}}
    with pytest.raises(InvalidOptions, match="exactly one of"):
        change_of(CLIENT, {"name": "n", "client_authentication_methods": both}, current)


def test_a_method_of_authentication_without_keys_is_another_one_than_none() -> None:
    methods = {"private_key_jwt": {"credentials": list[Any]()}}
    declared = {"name": "n", "client_authentication_methods": methods}
    change = change_of(CLIENT, declared, {"client_id": "c", "name": "n"})
    assert change.payloads == ({"client_authentication_methods": methods},)
    assert change_of(CLIENT, declared, {"client_id": "c", "name": "n", **declared}).action == "none"


def test_keys_that_this_collection_does_not_know_are_sent_back_with_a_replaced_object() -> None:
    details = [{"type": "payment", "schema": {"x": 1}}]
    declared = [{"type": "payment"}, {"type": "shipping"}]
    change = change_of(
        API, {"identifier": "urn:api", "authorization_details": declared}, api(authorization_details=details)
    )
    assert change.payloads == ({"authorization_details": [*details, {"type": "shipping"}]},)


def test_a_lifetime_for_the_web_above_the_lifetime_that_is_there_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="may not be larger"):
        change_of(API, {"identifier": "urn:api", "token_lifetime_for_web": 200}, api(token_lifetime=100))


def test_a_lifetime_below_the_one_for_the_web_takes_that_along() -> None:
    current = api(token_lifetime=86400, token_lifetime_for_web=7200)
    change = change_of(API, {"identifier": "urn:api", "token_lifetime": 3600}, current)
    assert change.payloads == ({"token_lifetime": 3600},)
    for predicted in (change.predicted, change_of(API, {"identifier": "a", "token_lifetime": 3600}).predicted):
        assert predicted is not None
        assert predicted["token_lifetime_for_web"] == 3600


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"identifier": ""}, "identifier: must not be empty"),
        ({"identifier": "x" * 601}, "at most 600"),
        ({"identifier": "a", "scopes": [{"description": "d"}]}, r"scopes\[0\]\.value: is missing"),
        ({"identifier": "a", "scopes": [{"value": "s"}, {"value": "s"}]}, "given twice"),
        ({"identifier": "a", "scopes": [{"value": ""}]}, r"scopes\[0\]\.value: must not be empty"),
        ({"identifier": "a", "token_lifetime": -1}, "less than 0"),
        ({"identifier": "a", "token_lifetime": 2592001}, "more than 2592000"),
        ({"identifier": "a", "name": "<b>"}, "neither < nor >"),
        ({"identifier": "a", "signing_alg": "none"}, "is none of"),
        ({"identifier": "a", "identifer": "b"}, "no such field"),
        ({"identifier": "a", "is_system": True}, "no such field"),
        ({"identifier": "a", "subject_type_authorization": {"usr": {}}}, "no such key"),
    ],
)
def test_bad_input_is_told_apart_and_all_at_once(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidOptions, match=words):
        change_of(API, fields)


def test_a_bad_secret_is_not_shown_in_the_message() -> None:
    with pytest.raises(InvalidOptions) as raised:
        change_of(API, {"identifier": "a", "signing_secret": "short-secret"})
    assert "short-secret" not in raised.value.message


def test_a_non_interactive_client_gets_only_client_credentials_unless_grant_types_are_named() -> None:
    created = change_of(CLIENT, {"name": "n", "app_type": "non_interactive"})
    assert created.payloads[0]["grant_types"] == ["client_credentials"]
    assert "grant_types" not in change_of(CLIENT, {"name": "n", "app_type": "native"}).payloads[0]
    named = change_of(CLIENT, {"name": "n", "app_type": "non_interactive", "grant_types": ["password"]})
    assert named.payloads[0]["grant_types"] == ["password"]
    public = {"name": "n", "app_type": "non_interactive", "token_endpoint_auth_method": "none"}
    assert "grant_types" not in change_of(CLIENT, public).payloads[0]  # Auth0 would refuse it
    existing = {"client_id": "c", "name": "n", "app_type": "non_interactive", "grant_types": ["password"]}
    assert change_of(CLIENT, {"name": "n", "app_type": "non_interactive"}, existing).action == "none"


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ({"token_endpoint_auth_method": "none", "grant_types": ["password", "client_credentials"]}, None),
        ({"token_endpoint_auth_method": "none", "grant_types": ["client_credentials"]}, {}),
        (
            {"token_endpoint_auth_method": "none", "grant_types": ["client_credentials"]},
            {"grant_types": ["client_credentials"]},
        ),
        ({"grant_types": ["client_credentials"]}, {"token_endpoint_auth_method": "none"}),
    ],
)
def test_a_client_that_does_not_authenticate_has_no_client_credentials(
    declared: dict[str, Any], held: dict[str, Any] | None
) -> None:
    told = "grant_types cannot hold client_credentials while token_endpoint_auth_method is none; declare grant_types wi"
    with pytest.raises(InvalidOptions, match=told):
        change_of(CLIENT, {"name": "n", **declared}, None if held is None else client(**held))


def test_a_client_leaves_or_keeps_what_excludes_client_credentials() -> None:
    both = {"token_endpoint_auth_method": "none", "grant_types": ["client_credentials"]}
    assert change_of(CLIENT, {"name": "n", **both}, client(**both)).action == "none"
    method = {"token_endpoint_auth_method": "none"}
    held = client(grant_types=["client_credentials"])
    assert change_of(CLIENT, {"name": "n", **method}, held).sent == method  # the server says what becomes of the list
    assert change_of(CLIENT, {"name": "n", "description": "d"}, client(**both)).sent == {"description": "d"}
    assert change_of(CLIENT, {"name": "n", **both, "grant_types": []}, client(**both)).sent == {"grant_types": []}
    public = client(token_endpoint_auth_method="none", grant_types=[])
    for leaving in ({"token_endpoint_auth_method": "client_secret_post"}, {}):
        clear = frozenset() if leaving else frozenset({"token_endpoint_auth_method"})
        declared = {"name": "n", "grant_types": ["client_credentials"], **leaving}
        assert change_of(CLIENT, declared, public, clear=clear).action == "update"


def test_an_id_that_is_not_there_is_an_error_and_not_a_creation() -> None:
    with pytest.raises(Refused, match="Auth0 assigns ids"):
        change_of(CLIENT, {"name": "n"}, None, object_id="c")


def test_a_creation_lacking_what_the_server_requires_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="cannot be created without"):
        change_of(GRANT, {"client_id": "c"})


def test_a_change_is_held_where_all_that_is_seen_of_it_is() -> None:
    logout = {"backchannel_logout_urls": ["https://a.example.com"]}
    sent = {"client_secret": SECRET, "oidc_backchannel_logout": logout}
    assert holds(CLIENT, {"oidc_logout": logout}, sent)
    assert holds(CLIENT, {"oidc_logout": logout, "client_secret": SECRET}, sent)
    assert not holds(CLIENT, {"oidc_logout": logout, "client_secret": "another"}, sent)
    assert not holds(CLIENT, {}, sent)


def test_a_secret_that_is_not_seen_alone_does_not_show_that_a_change_is_held() -> None:
    assert not holds(CLIENT, {"name": "n"}, {"client_secret": SECRET})


SYSTEM = api(is_system=True, identifier=HERE.management_audience, scopes=[{"value": "read:clients"}])


def test_the_management_api_is_never_deleted() -> None:
    with pytest.raises(Refused, match="never deleted"):
        change_of(API, {"identifier": HERE.management_audience}, SYSTEM, present=False)


def test_other_system_apis_can_be_deleted_as_the_server_lets_them() -> None:
    other = api(is_system=True)
    assert change_of(API, {"identifier": "urn:api"}, other, present=False).action == "delete"


def test_a_change_that_the_server_refuses_on_a_system_api_is_refused_before() -> None:
    for fields in ({"name": "n"}, {"scopes": []}, {"subject_type_authorization": {"client": {"policy": "deny_all"}}}):
        with pytest.raises(Refused, match="does not allow changing its") as raised:
            change_of(API, {"identifier": HERE.management_audience, **fields}, SYSTEM)
        assert raised.value.code == "protected"


def test_what_can_be_changed_on_a_system_api_is_sent_without_what_cannot() -> None:
    policies = {"user": {"policy": "allow_all"}, "client": {"policy": "require_client_grant"}}
    current = {**SYSTEM, "subject_type_authorization": policies}
    declared = {"identifier": HERE.management_audience, "subject_type_authorization": {"user": {"policy": "deny_all"}}}
    assert change_of(API, declared, current).payloads == (
        {"subject_type_authorization": {"user": {"policy": "deny_all"}}},
    )


def test_what_cannot_be_sent_to_a_system_api_is_left_out_although_it_is_declared_as_it_is() -> None:
    policies = {"user": {"policy": "allow_all"}, "client": {"policy": "require_client_grant"}}
    declared = {
        "identifier": HERE.management_audience,
        "subject_type_authorization": {**policies, "user": {"policy": "deny_all"}},
    }
    change = change_of(API, declared, {**SYSTEM, "subject_type_authorization": policies})
    assert change.payloads == ({"subject_type_authorization": {"user": {"policy": "deny_all"}}},)


def test_declaring_what_a_system_api_holds_already_is_no_change() -> None:
    declared = {"identifier": HERE.management_audience, "scopes": [{"value": "read:clients"}]}
    assert change_of(API, declared, SYSTEM).action == "none"


def test_the_callers_own_client_and_grant_are_never_deleted() -> None:
    own = {"client_id": "the-caller", "name": "n"}
    with pytest.raises(Refused, match="whose credentials this task uses"):
        change_of(CLIENT, {"name": "n"}, own, present=False)
    own_grant = grant(client_id="the-caller", audience=HERE.management_audience)
    declared = {"client_id": "the-caller", "audience": HERE.management_audience}
    with pytest.raises(Refused, match="locked out"):
        change_of(GRANT, declared, own_grant, present=False)
    other_grant = grant(client_id="the-caller")
    assert change_of(GRANT, {**declared, "audience": "urn:api"}, other_grant, present=False).action == "delete"


def test_the_caller_is_warned_when_its_own_secret_is_replaced() -> None:
    for client_id, warned in (("the-caller", True), ("c", False)):
        current = client(client_id=client_id, client_secret=SECRET)
        change = change_of(CLIENT, {"name": "n", "client_secret": "another-" + SECRET}, current)
        assert change.action == "update"
        assert ["only the new client_secret is accepted" in text for text in change.warnings] == [True] * warned
        assert change_of(CLIENT, {"name": "n", "description": "d"}, current).warnings == ()


def test_the_caller_does_not_lock_itself_out_by_an_update() -> None:
    own = {"client_id": "the-caller", "name": "n", "grant_types": ["client_credentials", "password"]}
    with pytest.raises(Refused, match="grant_types cannot lose client_credentials"):
        change_of(CLIENT, {"name": "n", "grant_types": ["password"]}, own)
    assert change_of(CLIENT, {"name": "n", "grant_types": ["client_credentials"]}, own).action == "update"
    other = {**own, "client_id": "c"}
    assert change_of(CLIENT, {"name": "n", "grant_types": []}, other).action == "update"
    own_id = {"client_id": "the-caller", "audience": HERE.management_audience}
    own_grant = grant(**own_id, scope=["read:clients", "update:clients"])
    with pytest.raises(Refused, match="scope cannot lose all it holds"):
        change_of(GRANT, {**own_id, "scope": []}, own_grant)
    assert change_of(GRANT, {**own_id, "scope": ["read:clients"]}, own_grant).action == "update"
    assert change_of(GRANT, {**own_id, "allow_all_scopes": True}, own_grant).action == "update"

    with pytest.raises(Refused, match="scope cannot lose all it holds"):
        change_of(GRANT, own_id, own_grant, clear=frozenset({"scope"}))


@pytest.mark.parametrize(
    ("before", "declared"),
    [
        ({"token_endpoint_auth_method": "client_secret_post"}, {"token_endpoint_auth_method": "none"}),
        ({}, {"token_endpoint_auth_method": "none"}),
        ({}, {"client_authentication_methods": {"private_key_jwt": {"credentials": [{"id": "cred_1"}]}}}),
    ],
)
def test_the_caller_does_not_take_away_its_own_way_to_authenticate(
    before: dict[str, Any], declared: dict[str, Any]
) -> None:
    own = {"client_id": "the-caller", "name": "n", **before}
    with pytest.raises(Refused, match="cannot be changed: it is the client whose credentials this task uses"):
        change_of(CLIENT, {"name": "n", **declared}, own)
    assert change_of(CLIENT, {"name": "n", **declared}, {**own, "client_id": "c"}).action == "update"
    assert change_of(CLIENT, {"name": "n", **before, "description": "new"}, own).action == "update"


def test_the_way_in_which_the_caller_authenticates_may_be_written_down() -> None:
    own = {"client_id": "the-caller", "name": "n"}
    declared = {"name": "n", "token_endpoint_auth_method": "client_secret_post"}
    assert change_of(CLIENT, declared, own).action == "update"


def test_the_caller_does_not_lock_itself_out_in_other_ways() -> None:
    own_id = {"client_id": "the-caller", "audience": HERE.management_audience}
    everything = grant(**own_id, allow_all_scopes=True)
    everything.pop("scope", None)
    with pytest.raises(Refused, match="scope cannot lose all it holds"):
        change_of(GRANT, {**own_id, "allow_all_scopes": False, "scope": []}, everything)
    assert change_of(GRANT, {**own_id, "allow_all_scopes": False, "scope": ["a"]}, everything).action == "update"
    with pytest.raises(Refused, match="organization_usage cannot be changed"):
        change_of(GRANT, {**own_id, "organization_usage": "require"}, grant(**own_id))
    own = {"client_id": "the-caller", "name": "n"}
    with pytest.raises(Refused, match="require_proof_of_possession cannot be changed"):
        change_of(CLIENT, {"name": "n", "require_proof_of_possession": True}, own)


def test_a_grant_for_users_is_not_what_the_caller_uses() -> None:
    own_id = {"client_id": "the-caller", "audience": HERE.management_audience, "subject_type": "user"}
    assert change_of(GRANT, own_id, grant(**own_id), present=False).action == "delete"


def test_one_field_under_two_names_is_given_once() -> None:
    logout = {"backchannel_logout_urls": ["https://a.example.com"]}
    declared = {"name": "n", "oidc_logout": logout}
    told = "oidc_logout and oidc_backchannel_logout are the same field under two names"
    with pytest.raises(InvalidOptions, match=told):
        change_of(CLIENT, declared, clear=frozenset({"oidc_backchannel_logout"}))
    with pytest.raises(InvalidOptions, match=told):
        change_of(CLIENT, {**declared, "oidc_backchannel_logout": logout})


def test_the_global_client_is_never_deleted() -> None:
    with pytest.raises(Refused, match="global client"):
        change_of(CLIENT, {"name": "All Applications"}, {"client_id": "g", "global": True}, present=False)


def test_a_secret_that_changes_is_shown_as_a_marker() -> None:
    secret = SECRET + "0000001"
    change = change_of(API, {"identifier": "urn:api", "signing_secret": secret}, api(signing_secret=SECRET + "old"))
    diff = change.diff()
    assert diff["before"]["signing_secret"] != diff["after"]["signing_secret"]
    assert SECRET not in json.dumps(diff)


def test_a_diff_sorts_lists_whose_order_means_nothing() -> None:
    change = change_of(GRANT, {**GRANT_ID, "scope": ["b", "a", "c"]}, grant(scope=["c", "b"]))
    assert (change.diff()["before"]["scope"], change.diff()["after"]["scope"]) == (["b", "c"], ["a", "b", "c"])


def test_what_the_server_returns_besides_declared_fields_is_not_returned() -> None:
    item = {"client_id": "c", "name": "n", "client_secret": SECRET, "signing_keys": [{"cert": "x"}], "news": 1}
    assert represent(CLIENT, item) == {"client_id": "c", "name": "n"}


def test_a_flag_that_is_always_shown_is_false_where_the_server_says_nothing() -> None:
    key = {"kid": "k", "current": True, "next": None, "cert": "x"}
    flags = {"current": True, "next": False, "previous": False, "revoked": False}
    assert represent(KINDS["signing_key"], key) == {"kid": "k", "cert": "x", **flags}
    assert represent(KINDS["signing_key"], None) == {}


def test_a_secret_is_compared_where_it_is_shown() -> None:
    declared = {"client_secret": SECRET}
    assert change_of(CLIENT, declared, {"client_id": "c", "client_secret": SECRET}, object_id="c").action == "none"
    change = change_of(CLIENT, declared, {"client_id": "c", "client_secret": "another"}, object_id="c")
    assert change.payloads == (declared,)


def test_a_secret_that_is_not_shown_is_not_overwritten_by_chance() -> None:
    current = {"client_id": "c", "name": "n"}
    with pytest.raises(Refused, match=r"client n: .*does not show its client_secret.*read:client_keys") as raised:
        change_of(CLIENT, {"name": "n", "client_secret": SECRET}, current)
    assert raised.value.code == "unseen_secret"
    change = change_of(CLIENT, {"client_secret": SECRET}, current, object_id="c", unseen=frozenset({"client_secret"}))
    assert change.payloads == ({"client_secret": SECRET},)
    assert (change.diff()["before"], change.diff()["after"]) == (
        {**current, "client_secret": "(secret)"},
        {**current, "client_secret": "(new secret)"},
    )


def client(**fields: Any) -> dict[str, Any]:
    return {"client_id": "c", "name": "n", "client_secret": SECRET, **fields}


KEY = SECRET + "of-the-addon"
FIREBASE = {"client_email": "e", "private_key": KEY}


def addons_of(declared: dict[str, Any], current: dict[str, Any], **more: Any) -> Change:
    return change_of(CLIENT, {"name": "n", "addons": declared}, client(**current), **more)


def test_all_addons_are_sent_when_one_changes_so_that_none_is_lost() -> None:
    held = {"firebase": FIREBASE, "box": {}, "slack": {"team": "t", "news": 1}, "skype": {"new": True}}
    change = addons_of({"slack": {"team": "u"}, "concur": {}}, {"addons": held})
    assert change.payloads == ({"addons": {**held, "slack": {"team": "u", "news": 1}, "concur": {}}},)
    assert addons_of({"slack": {"team": "t"}, "box": {}}, {"addons": held}).action == "none"
    assert addons_of({"firebase": FIREBASE}, {"addons": held}).action == "none"
    assert change_of(CLIENT, {"name": "n"}, client(addons=held), clear=frozenset({"addons"})).payloads == (
        {"addons": None},
    )


def test_an_addon_without_settings_is_turned_on_once() -> None:
    for declared in ({"box": {}}, {"wams": {}}, {"samlp": {"issuer": None}}):
        change = addons_of(declared, {})
        assert change.payloads == ({"addons": {name: {} for name in declared}},)
        assert addons_of(declared, change.sent).action == "none"
        assert change_of(CLIENT, {"name": "n", "addons": declared}).payloads[0]["addons"] == change.sent["addons"]


def test_an_addon_lacks_nothing_that_it_needs() -> None:
    for told, declared in {"slack.team": {"slack": {}}, "layer.privateKey": {"layer": {"keyId": "k"}}}.items():
        with pytest.raises(InvalidOptions, match="takes a new object only as a whole, .* addons." + told):
            addons_of(declared, {"addons": {"box": {}}})
        with pytest.raises(InvalidOptions, match="cannot be created without.*addons." + told):
            change_of(CLIENT, {"name": "n", "addons": declared})
    assert addons_of({"slack": {"more": 1}}, {"addons": {"slack": {"team": "t"}}}).action == "update"


def test_what_is_needed_to_replace_an_object_is_told() -> None:
    key = {"alg": "RSA-OAEP-256", "kid": "1"}
    held = api(token_encryption={"format": "compact-nested-jwe", "encryption_key": key})
    told = "replaces the whole object in this change, .* token_encryption.encryption_key.pem"
    with pytest.raises(InvalidOptions, match=told):
        change_of(API, {"identifier": "urn:api", "token_encryption": {"encryption_key": {"kid": "2"}}}, held)


def test_a_secret_of_an_addon_is_marked_in_the_diff_and_shown_nowhere() -> None:
    change = addons_of({"firebase": {"private_key": KEY + "2"}}, {"addons": {"firebase": FIREBASE, "wams": {}}})
    for diff in (change.diff(), change.diff(client(addons={"firebase": {"client_email": "e"}, "wams": {}}))):
        assert diff["before"]["addons"] == {"firebase": {"client_email": "e", "private_key": "(secret)"}, "wams": {}}
        assert diff["after"]["addons"] == {"firebase": {"client_email": "e", "private_key": "(new secret)"}, "wams": {}}
        assert "client_secret" not in diff["before"]
    assert represent(CLIENT, change.predicted)["addons"] == {"firebase": {"client_email": "e"}, "wams": {}}
    assert represent(CLIENT, client(addons={"firebase": FIREBASE}), secrets=True)["addons"] == {"firebase": FIREBASE}
    same = addons_of({"firebase": {"client_email": "f"}}, {"addons": {"firebase": FIREBASE}}).diff()
    assert same["before"]["addons"] == {"firebase": {"client_email": "e"}}
    gone = change_of(CLIENT, {"name": "n"}, client(addons={"wams": {"masterkey": KEY}}), clear=frozenset({"addons"}))
    assert gone.diff()["before"]["addons"] == {"wams": {"masterkey": "(secret)"}}
    assert "addons" not in gone.diff()["after"]


def test_secrets_of_addons_that_may_just_not_be_shown_are_not_replaced() -> None:
    unseen = {"client_secret": None, "addons": {"firebase": {"client_email": "e"}, "slack": {"team": "t"}}}
    told = "does not show its addons.firebase.(secret and|private_key and) addons.firebase.*, .*read:client_keys"
    for declared in ({"firebase": {"private_key": KEY}}, {"slack": {"team": "u"}}, {"firebase": {"client_email": "f"}}):
        with pytest.raises(Refused, match=told) as raised:
            addons_of(declared, unseen)
        assert raised.value.code == "unseen_secret"
        assert KEY not in raised.value.message
    assert addons_of({"firebase": {"client_email": "e"}, "slack": {}}, unseen).action == "none"


@pytest.mark.parametrize("declared", [{"firebase": {"private_key": KEY}}, {"box": {}}])
def test_addons_that_may_just_not_be_shown_are_not_replaced(declared: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"does not show its addons, .*read:client_keys") as raised:
        addons_of(declared, {"client_secret": None})
    assert raised.value.code == "unseen_secret"
    assert addons_of({}, {"client_secret": None}).action == "none"


def test_addons_that_may_just_not_be_shown_are_not_taken_for_cleared() -> None:
    cleared = frozenset({"addons"})
    with pytest.raises(Refused, match=r"does not show its addons, .*read:client_keys") as raised:
        change_of(CLIENT, {"name": "n"}, client(client_secret=None), clear=cleared)
    assert raised.value.code == "unseen_secret"
    assert change_of(CLIENT, {"name": "n"}, client(client_secret="s" * 20), clear=cleared).action == "none"


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"client_secret": None, "client_authentication_methods": {"private_key_jwt": {"credentials": []}}},
        {"client_secret": None, "addons": {"firebase": {"client_email": "e"}, "wams": {"masterkey": KEY}}},
        {"client_secret": None, "addons": {"slack": {"team": "t"}}},
        {"addons": None},
    ],
    ids=["the client's", "keys", "another addon's", "no addon that could have one", "no addon"],
)
def test_a_secret_of_an_addon_is_added_where_secrets_are_shown_or_there_is_none(shown: dict[str, Any]) -> None:
    change = addons_of({"firebase": {"private_key": KEY}}, {"addons": {"firebase": {"client_email": "e"}}, **shown})
    assert change.sent["addons"]["firebase"]["private_key"] == KEY


def test_a_write_whose_answer_was_lost_is_seen_without_the_secrets_that_are_not_shown() -> None:
    sent = {"addons": {"firebase": FIREBASE, "wams": {"masterkey": KEY}}}
    assert holds(CLIENT, client(addons={"firebase": {"client_email": "e"}, "wams": {}}), sent)
    assert not holds(CLIENT, client(addons={"firebase": {"client_email": "f"}, "wams": {}}), sent)
    assert not holds(CLIENT, client(addons={"firebase": {"client_email": "e"}}), sent)
    assert not holds(CLIENT, client(addons={"firebase": FIREBASE, "wams": {"masterkey": "another"}}), sent)
    assert not holds(CLIENT, client(client_secret=None), {"client_secret": KEY})
    assert holds(CLIENT, client(), {"addons": None})


def test_an_empty_list_that_the_server_does_not_take_is_sent_as_null_or_not_at_all() -> None:
    tokens = {"rotation_type": "rotating", "expiration_type": "expiring"}
    declared = {"name": "n", "organization_discovery_methods": [], "refresh_token": {"policies": []}}
    held = {"refresh_token": {**tokens, "policies": [{"audience": "a", "scope": ["s"]}]}}
    change = change_of(CLIENT, declared, client(organization_discovery_methods=["email"], **held))
    assert change.payloads == ({"organization_discovery_methods": None, "refresh_token": {**tokens, "policies": None}},)
    assert change.predicted == client(refresh_token=tokens)
    assert change_of(CLIENT, declared, change.predicted).action == "none"
    created = change_of(CLIENT, {**declared, "refresh_token": {**tokens, "policies": []}})
    assert created.payloads == ({"name": "n", "refresh_token": {**tokens, "policies": None}},)


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ({"session_transfer": {"allowed_authentication_methods": ["query", "cookie"]}}, ["cookie", "query"]),
        ({"my_organization_configuration": {"allowed_strategies": ["oidc", "okta"]}}, ["okta", "oidc"]),
        ({"mobile": {"android": {"sha256_cert_fingerprints": ["B", "A"]}}}, ["A", "B"]),
        ({"oidc_logout": {"backchannel_logout_initiators": {"selected_initiators": ["b", "a"]}}}, ["a", "b"]),
        ({"oidc_backchannel_logout": {"backchannel_logout_initiators": {"selected_initiators": ["b", "a"]}}}, [*"ab"]),
        ({"token_vault_privileged_access": {"ip_allowlist": ["10.0.0.0/8", "::1"]}}, ["::1", "10.0.0.0/8"]),
    ],
)
def test_the_order_of_sets_never_matters_in_what_is_passed_on(declared: dict[str, Any], held: list[str]) -> None:
    def with_list(value: Any) -> Any:
        return {key: with_list(item) for key, item in value.items()} if isinstance(value, dict) else held

    ((name, value),) = declared.items()
    current = client(**{CLIENT.fields[name].read_as or name: with_list(value)})
    assert change_of(CLIENT, {"name": "n", **declared}, current).action == "none"


def test_objects_in_sets_that_are_passed_on_are_compared_by_what_names_them() -> None:
    vault = {"grants": [{"connection": "a", "scopes": ["x", "y"]}, {"connection": "b", "scopes": ["z"]}]}
    other = {"grants": [{"connection": "b", "scopes": ["z"]}, {"connection": "a", "scopes": ["y", "x"]}]}
    current = client(token_vault_privileged_access={"credentials": [{"id": "cred_1"}], **vault})
    assert change_of(CLIENT, {"name": "n", "token_vault_privileged_access": other}, current).action == "none"
    linked = {"linked_clients": [{"client_id": "a"}, {"client_id": "b"}]}
    current = client(express_configuration={**linked, "enable_client": True})
    declared = {"linked_clients": linked["linked_clients"][::-1]}
    assert change_of(CLIENT, {"name": "n", "express_configuration": declared}, current).action == "none"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("token_vault_privileged_access", r"grants\[0\]: expected an object, not str"),
        ("express_configuration", r"linked_clients\[0\]: expected an object, not str"),
    ],
)
def test_items_of_another_type_never_empty_the_list_that_is_there(name: str, told: str) -> None:
    declared: dict[str, Any] = {"token_vault_privileged_access": {"grants": ["google-oauth2"]}}
    declared["express_configuration"] = {"linked_clients": ["an-id"]}
    with pytest.raises(InvalidOptions, match=rf"{name}\.{told}"):
        change_of(CLIENT, {"name": "n", name: declared[name]}, client())


def test_a_null_takes_a_key_out_of_what_is_passed_on_at_every_depth() -> None:
    held = {"fedcm_login": {"google": {"is_enabled": True}}, "mobile": {"ios": {"a": 1, "b": 2}, "android": {"c": 3}}}
    declared = {"fedcm_login": {"google": None}, "mobile": {"ios": {"b": None}, "windows": None}}
    change = change_of(CLIENT, {"name": "n", **declared}, client(**held))
    assert change.payloads == ({"fedcm_login": {"google": None}, "mobile": {"ios": {"a": 1}}},)
    assert change.predicted == client(fedcm_login={}, mobile={"ios": {"a": 1}, "android": {"c": 3}})
    assert change_of(CLIENT, {"name": "n", **declared}, change.predicted).action == "none"


@pytest.mark.parametrize("declared", [{"token_quota": {"client_credentials": {}}}, {"native_social_login": {}}])
def test_an_object_that_cannot_be_empty_is_not_sent_so(declared: dict[str, Any]) -> None:
    with pytest.raises(InvalidOptions, match=r"cannot be created without something in (token_quota|native_social)"):
        change_of(CLIENT, {"name": "n", **declared})


def test_a_client_switches_from_keys_to_a_given_secret_in_one_change() -> None:
    keys = {"private_key_jwt": {"credentials": [{"id": "cred_1"}]}}
    current = {"client_id": "c", "name": "n", "client_authentication_methods": keys}
    declared = {"name": "n", "client_secret": SECRET}
    with pytest.raises(Refused, match="To switch, declare clear") as raised:
        change_of(CLIENT, declared, current)
    assert raised.value.code == "no_secret"
    change = change_of(CLIENT, declared, current, clear=frozenset({"client_authentication_methods"}))
    assert change.payloads == ({"client_secret": SECRET, "client_authentication_methods": None},)
    with pytest.raises(InvalidOptions, match="client_secret and client_authentication_methods exclude each other"):
        change_of(CLIENT, {**declared, "client_authentication_methods": keys})


def test_a_reference_to_an_object_that_does_not_exist_yet_is_told_in_words() -> None:
    pending = Reference(KINDS["client"], {"name": "reminders"}, "client_id")
    change = change_of(GRANT, {"client_id": pending, "audience": "urn:api"})
    assert change.action == "create"
    assert represent(GRANT, change.predicted)["client_id"] == "(known once the client reminders exists)"


def test_declarations_are_ordered_by_what_they_depend_on_and_removals_the_other_way_round() -> None:
    def of(kind: Kind, present: bool) -> Desired:
        return Desired(kind, {}, present=present)

    given = [of(k, p) for p in (True, False) for k in (GRANT, CLIENT, API)]
    order = [(item.kind.name, item.present) for item in in_order_of_dependency(given)]
    assert order[0] == ("client_grant", False)
    assert [present for dummy, present in order] == [False] * 3 + [True] * 3
    assert order[-1] == ("client_grant", True)


# what needs something else


JAR = "signed_request_object"
KEYS = [{"id": "cred_1"}]


@pytest.mark.parametrize(
    ("current", "declared"),
    [
        (None, {"required": True}),
        (None, {"required": True, "credentials": []}),
        ({}, {"required": True}),
        ({"required": False, "credentials": []}, {"required": True}),
        ({"required": True, "credentials": KEYS}, {"credentials": []}),
    ],
)
def test_signed_requests_are_not_made_required_without_a_key(
    current: dict[str, Any] | None, declared: dict[str, Any]
) -> None:
    item = None if current is None else {"client_id": "c1", "name": "a", JAR: current}
    with pytest.raises(Refused, match=r"client a: signed_request_object\.required: true needs credentials") as caught:
        change_of(CLIENT, {"name": "a", JAR: declared}, item)
    assert caught.value.code == "no_key"


@pytest.mark.parametrize(
    ("current", "declared"),
    [
        (None, {"required": False}),
        ({"required": True, "credentials": KEYS}, {"required": False, "credentials": []}),
        ({"required": False, "credentials": KEYS}, {"required": True}),
        ({"required": True}, {"credentials": KEYS}),
    ],
)
def test_signed_requests_with_a_key_and_keys_without_requests_are_no_matter(
    current: dict[str, Any] | None, declared: dict[str, Any]
) -> None:
    item = None if current is None else {"client_id": "c1", "name": "a", JAR: current}
    assert change_of(CLIENT, {"name": "a", JAR: declared}, item).sent[JAR]


def test_a_client_whose_signed_requests_lack_a_key_is_left_so_while_nothing_of_them_is_sent() -> None:
    item = {"client_id": "c1", "name": "a", JAR: {"required": True}}
    for unchanged in ({"required": True}, {"required": True, "credentials": []}):
        assert change_of(CLIENT, {"name": "a", JAR: unchanged}, item).action == "none"
    declared = {"name": "a", JAR: {"required": True}, "description": "new"}
    assert change_of(CLIENT, declared, item).payloads == ({"description": "new"},)
    gone = change_of(CLIENT, {"name": "a"}, item, clear=frozenset({JAR}))
    assert gone.payloads == ({JAR: None},)
