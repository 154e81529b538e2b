# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of declared fields that Auth0's servers take.

Most follow from a field's declaration. The rest is what the servers want beyond it, by the path of a field: formats,
other objects that have to exist, the keys of objects that the modules pass on as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from hypothesis import strategies as st

from .tenant import Surroundings, Tenant

Values = st.SearchStrategy[Any]

#: The ids of a client's own credentials, by their types.
Credentials = Mapping[str, tuple[str, ...]]

_FREE = Field("raw")
_ASCII = st.characters(min_codepoint=32, max_codepoint=126)
_TEXT = st.text("abcxyz:-_.äß ", min_size=1, max_size=12)
_NAME = st.sampled_from(("read", "write", "read:all", "c-d", "ä"))  # few, so that they occur again
_URL = st.integers(0, 99).map("https://{}.example.com/path".format)
_URLS = st.lists(_URL, max_size=3, unique=True)


def _objects(required: Mapping[str, Values], optional: Mapping[str, Values] | None = None, least: int = 0) -> Values:
    found = st.fixed_dictionaries(dict(required), optional=dict(optional or {}))
    return found.filter(lambda value: len(value) >= least) if least else found


def _some_of(*values: str, least: int = 0) -> Values:
    return st.lists(st.sampled_from(values), min_size=least, unique=True)


_CLIENT: dict[str, Values] = {
    "logo_uri": _URL | st.just(""),
    "callbacks": _URLS,
    "allowed_logout_urls": _URLS,
    "allowed_origins": _URLS,
    "web_origins": _URLS,
    "initiate_login_uri": _URL | st.just(""),
    "cross_origin_loc": _URL,
    # The third one needs a client that is oidc_conformant.
    "organization_require_behavior": st.sampled_from(["no_prompt", "pre_login_prompt"]),
    # Others than the known ones are refused.
    "grant_types": _some_of(
        "authorization_code",
        "implicit",
        "refresh_token",
        "client_credentials",
        "password",
        "urn:openid:params:grant-type:ciba",
    ),
    # One at most.
    "oidc_logout.backchannel_logout_urls": st.lists(_URL, max_size=1),
    "oidc_logout.backchannel_logout_initiators": _objects(
        {"mode": st.just("custom"), "selected_initiators": _some_of("rp-logout", "idp-logout", "session-expired")}
    ),
    "oidc_logout.backchannel_logout_session_metadata": _objects({"include": st.booleans()}),
    "refresh_token.policies[].audience": _NAME,
    "client_metadata": st.dictionaries(st.sampled_from("abcdef"), _TEXT | st.none(), max_size=4),
    "encryption_key": _objects({}, dict.fromkeys(("pub", "cert", "subject"), _TEXT)),
    "mobile": _objects(
        {},
        {
            "android": _objects({"sha256_cert_fingerprints": st.just(["D8:A0"])}, {"app_package_name": _TEXT}),
            "ios": _objects({}, {"team_id": _TEXT, "app_bundle_identifier": _TEXT}, least=1),
        },
    ),
    "native_social_login": _objects(
        {}, dict.fromkeys(("apple", "facebook", "google"), _objects({"enabled": st.booleans()})), least=1
    ),
    "fedcm_login": _objects({"google": _objects({"is_enabled": st.booleans()})}),
    "session_transfer": _objects(
        {},
        {
            "can_create_session_transfer_token": st.booleans(),
            "enforce_cascade_revocation": st.booleans(),
            "allowed_authentication_methods": _some_of("cookie", "query"),
            "enforce_device_binding": st.sampled_from(("ip", "asn", "none")),
            "delegation": _objects({}, {"allow_delegated_access": st.booleans()}),
        },
    ),
    "token_vault_privileged_access.ip_allowlist": _some_of("10.0.0.0/8", "192.0.2.1"),
    "token_vault_privileged_access.grants[].scopes": _some_of("read", "write", least=1),
    "addons.aws": _objects({}, {"principal": _TEXT, "role": _TEXT, "lifetime_in_seconds": st.integers(900, 43200)}),
    "addons.rms": _objects({"url": _URL}),
    "addons.mscrm": _objects({"url": _URL}),
    "addons.sentry": _objects({}, {"org_slug": _TEXT, "base_url": _TEXT}),
    "addons.office365": _objects({}, {"domain": _TEXT, "connection": _TEXT}),
    "addons.salesforce": _objects({}, {"entity_id": _URL}),
    "addons.samlp": _objects(
        {},
        {
            "mappings": st.dictionaries(st.sampled_from("abc"), _TEXT, max_size=2),
            "audience": _TEXT,
            "createUpnClaim": st.booleans(),
            "lifetimeInSeconds": st.integers(1, 99),
            "nameIdentifierProbes": st.lists(_TEXT, max_size=2),
        },
    ),
    "addons.sap_api.tokenEndpointUrl": _URL,
    "addons.sharepoint": _objects({}, {"url": _TEXT, "external_url": _TEXT | st.lists(_TEXT, max_size=2)}),
    "addons.sso_integration": _objects({}, {"name": _TEXT, "version": _TEXT}),
    "addons.oag": st.just({}),
}
_CLIENT |= {
    f"addons.{name}": _objects({}, {key: _TEXT})
    for key, names in {
        "domain": ("echosign", "egnyte"),
        "account": ("newrelic", "zoom"),
        "accountName": ("zendesk",),
        "acsurl": ("springcm",),
        "clientid": ("salesforce_api", "salesforce_sandbox_api"),
    }.items()
    for name in names
}
_CLIENT |= {
    name.replace("oidc_logout", "oidc_backchannel_logout"): values
    for name, values in _CLIENT.items()
    if name.startswith("oidc_logout")
}


def _of_client(here: Surroundings) -> dict[str, Values]:
    clients = st.sampled_from(here.clients)
    return {
        **_CLIENT,
        "resource_server_identifier": st.sampled_from(here.audiences),
        "default_organization.organization_id": st.sampled_from(here.organizations),
        "default_organization.flows": st.just(["client_credentials"]),
        "my_organization_configuration": _objects(
            {
                "allowed_strategies": _some_of("okta", "samlp", "oidc"),
                "connection_deletion_behavior": st.sampled_from(("allow", "allow_if_empty")),
            },
            {"connection_profile_id": _TEXT, "invitation_landing_client_id": clients},
        ),
        "express_configuration": _objects(
            {
                "initiate_login_uri_template": _URL,
                "user_attribute_profile_id": _TEXT,
                "connection_profile_id": _TEXT,
                "enable_client": st.booleans(),
                "enable_organization": st.booleans(),
                "okta_oin_client_id": clients,
                "admin_login_domain": _TEXT,
            },
            {"linked_clients": clients.map(lambda client: [{"client_id": client}])},
        ),
    }


def _of_resource_server(here: Surroundings) -> dict[str, Values]:
    # At most the other lifetime, which is a day where nothing is said.
    return {"token_lifetime_for_web": st.integers(0, 86400), "verification_location": _URL, "scopes[].value": _NAME}


def _of_client_grant(here: Surroundings) -> dict[str, Values]:
    return {"scope": _some_of(*here.scopes)}


def _of_organization(here: Surroundings) -> dict[str, Values]:
    return {
        "branding.logo_url": _URL | st.just(""),
        "metadata": st.dictionaries(st.sampled_from("abcdef"), _TEXT | st.none(), max_size=4),
    }


def _of_rate_limit_policy(here: Surroundings) -> dict[str, Values]:
    return {"configuration.redirect_uri": _URL}


def _of_log_stream(here: Surroundings) -> dict[str, Values]:
    return {
        "sink.httpEndpoint": _URL,
        "sink.mixpanelServiceAccountPassword": st.integers(0, 10**6).map("a-secret-of-a-test-{:07}".format),
        "startFrom": st.sampled_from(("2026-01-31T12:00:00.000Z", "2026-02-01T12:00:00+01:00")),
    }


def _of_custom_domain(here: Surroundings) -> dict[str, Values]:
    return {
        "domain_metadata": st.dictionaries(st.sampled_from("abcdef"), _TEXT | st.none(), max_size=4),
        "relying_party_identifier": st.sampled_from(("example.com", "example.org", "a-b.example")),
    }


def _of_custom_domain_default(here: Surroundings) -> dict[str, Values]:
    return {"domain": st.sampled_from(here.domains)}


def _of_tenant_settings(here: Surroundings) -> dict[str, Values]:
    cspr = _objects({}, {"report_uri": _URL, "report_to_group": _TEXT})
    return {
        "default_audience": st.sampled_from((*here.audiences, "")),
        "picture_url": _URL | st.just(""),
        "support_url": _URL | st.just(""),
        "support_email": st.sampled_from(("help@example.com", "support@example.com", "")),
        "allowed_logout_urls": _URLS,
        "default_redirection_uri": _URL | st.just(""),
        "error_page.url": _URL | st.just(""),
        # Others are refused (reported).
        "sandbox_version": st.sampled_from(("22", "18")),
        "legacy_sandbox_version": st.sampled_from(("12", "16")),
        "security_headers.content_security_policy.policies[].reporting": cspr,
        "security_headers.content_security_policy.policies[].directives": st.dictionaries(
            st.sampled_from(("default-src", "img-src")), _some_of("'self'", "https:"), max_size=2
        ),
    }


def _of_action(here: Surroundings) -> dict[str, Values]:
    triggers = st.sampled_from(("post-login", "credentials-exchange", "custom-token-exchange"))
    return {
        "supported_triggers": _objects({"id": triggers, "version": st.sampled_from(("v1", "v2"))}).map(
            lambda one: [one]
        ),
        # Others are not built.
        "dependencies[].version": st.sampled_from(("1.0.0", "2.3.4-rc.1", "latest")),
        "dependencies[].registry_url": _URL | st.just(""),
        # The tenant has received every value later.
        "secrets[].changed_at": st.sampled_from(("2020-01-01T00:00:00Z", "2021-02-03")),
    }


def _of_token_exchange_profile(here: Surroundings) -> dict[str, Values]:
    return {"action_id": st.sampled_from(here.actions), "name": st.integers(0, 99).map("profile {}".format)}


def _of_action_trigger(here: Surroundings) -> dict[str, Values]:
    return {"bindings[].action_id": st.sampled_from(here.login_actions)}


_ACTION = st.one_of(
    st.sampled_from([{"block": True}, {"allow": True}, {"log": True}]),
    _URL.map(lambda url: {"redirect": True, "redirect_uri": url}),
)
_ACL_MATCH = _objects(
    {},
    {
        "asns": st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True),
        "ipv4_cidrs": _some_of("10.0.0.0/8", "192.0.2.1", least=1),
        "hostnames": _some_of("a.example", "b.example", least=1),
    },
    least=1,
)


def _of_network_acl(here: Surroundings) -> dict[str, Values]:
    lists = {"ipv4_cidrs": ("10.0.0.0/8", "192.0.2.1"), "ipv6_cidrs": ("2001:db8::/32", "::1")}
    addresses = {
        f"rule.{match}.{prefix}{name}": _some_of(*values, least=1)
        for match in ("match", "not_match")
        for prefix in ("", "connecting_")
        for name, values in lists.items()
    }
    scope = st.sampled_from(("management", "authentication", "tenant", "dynamic_client_registration"))
    told = st.one_of(
        _objects({"match": _ACL_MATCH}, {"not_match": _ACL_MATCH}),
        _objects({"not_match": _ACL_MATCH}),
        st.just({"match_all": True}),
    )
    rules = st.tuples(told, _ACTION, scope).map(lambda parts: {**parts[0], "action": parts[1], "scope": parts[2]})
    return {
        "rule": rules,
        "rule.action": _ACTION,
        "rule.match_all": st.just(True),
        "rule.match": _ACL_MATCH,
        **addresses,
    }


_KNOWN: Mapping[str, Callable[[Surroundings], dict[str, Values]]] = {
    "client": _of_client,
    "resource_server": _of_resource_server,
    "client_grant": _of_client_grant,
    "organization": _of_organization,
    "rate_limit_policy": _of_rate_limit_policy,
    "log_stream": _of_log_stream,
    "custom_domain": _of_custom_domain,
    "custom_domain_default": _of_custom_domain_default,
    "tenant_settings": _of_tenant_settings,
    "action_trigger": _of_action_trigger,
    "action": _of_action,
    "token_exchange_profile": _of_token_exchange_profile,
    "network_acl": _of_network_acl,
}


@functools.cache
def known(kind_name: str, here: Surroundings) -> Mapping[str, Values]:
    """What the servers take for fields of a kind of which the declaration does not say enough."""
    return _KNOWN[kind_name](here) if kind_name in _KNOWN else {}


#: The lists of a client's own credentials, which can be named only once the client exists, and the type they take.
_CREDENTIAL_LISTS = {
    "client_authentication_methods.private_key_jwt.credentials": "public_key",
    "client_authentication_methods.tls_client_auth.credentials": "cert_subject_dn",
    "client_authentication_methods.self_signed_tls_client_auth.credentials": "x509_cert",
    "signed_request_object.credentials": "public_key",
    "token_vault_privileged_access.credentials": "public_key",
}


def credential_lists(kind: Kind) -> Mapping[str, str]:
    """The paths of the fields that hold credentials of the object itself, and the type of credential each takes."""
    return _CREDENTIAL_LISTS if kind.name == "client" else {}


def values_of(kind: Kind, here: Surroundings, leaf: Leaf, own: Credentials | None = None) -> Values:
    """Values of a field at any depth. own: the credentials of the object, where it has some."""
    lists = {path: _credentials(own[one]) if own else st.just([]) for path, one in credential_lists(kind).items()}
    return _values(leaf.field, leaf.path, {**known(kind.name, here), **lists})


def _credentials(ids: tuple[str, ...]) -> Values:
    return _some_of(*ids).map(lambda chosen: [{"id": one} for one in chosen])


def _values(field: Field, path: str, known: Mapping[str, Values]) -> Values:
    if path in known:
        return known[path]
    if field.choices:
        return st.sampled_from(field.choices)
    if field.type == "bool":
        return st.booleans()
    if field.type == "int":
        return st.integers(field.minimum or 0, field.maximum if field.maximum is not None else 10**6)
    if field.type == "list":
        return _lists(field, path, known)
    if field.type == "dict":
        return _dictionaries(field, path, known)
    if field.type == "raw":
        return st.one_of(_TEXT, st.booleans(), st.integers(0, 99), st.dictionaries(_TEXT, _TEXT, max_size=2))
    if field.pattern:
        return st.from_regex(field.pattern, fullmatch=True, alphabet=_ASCII)
    if field.secret or field.write_only:
        return st.integers(0, 10**6).map("a-secret-of-a-test-{:07}".format)
    return _TEXT


def _lists(field: Field, path: str, known: Mapping[str, Values]) -> Values:
    key, most = field.key, min(field.max_length or 4, 4)
    items = _values(field.elements or _FREE, path + "[]", known)
    if key:
        return st.lists(items, min_size=field.min_length, max_size=most, unique_by=lambda item: item[key])
    return st.lists(items, min_size=field.min_length, max_size=most, unique_by=repr)


def _dictionaries(field: Field, path: str, known: Mapping[str, Values]) -> Values:
    if not field.fields:
        return st.dictionaries(
            st.sampled_from("abcdef"), _values(field.values or _FREE, path + "{}", known), max_size=4
        )
    subs = {name: sub for name, sub in field.fields.items() if not sub.read_only}
    made = {name: _values(sub, f"{path}.{name}", known) for name, sub in subs.items()}
    if field.one_key:
        return st.one_of([st.fixed_dictionaries({name: values}) for name, values in made.items()])
    if goes_together(field):
        return st.fixed_dictionaries(made).map(functools.partial(_with_places, subs))
    required = {name: values for name, values in made.items() if subs[name].required}
    return _objects(required, {name: values for name, values in made.items() if name not in required}, field.min_length)


def goes_together(field: Field) -> bool:
    """Whether the keys of an object depend on each other, so that they are declared together."""
    return any(sub.goes_with for sub in (field.fields or {}).values())


def _with_places(subs: Mapping[str, Field], value: dict[str, Any]) -> dict[str, Any]:
    """An object without the keys that it has no place for."""
    return {
        name: item
        for name, item in value.items()
        if not (pair := subs[name].goes_with) or value.get(pair[0]) in pair[1]
    }


class Leaf(NamedTuple):
    """A field of a kind, or of an object nested in it, that is declared as a whole. path: dotted.

    outer: the fields on the way to it, from the outside in. chosen: what has to be declared so that there is such a
    field, where an object on the way has several forms.
    """

    path: str
    field: Field
    outer: tuple[Field, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> list[str]:
        return self.path.split(".")

    @property
    def top(self) -> str:
        """The name of the kind's field that it is, or is in."""
        return self.names[0]

    @property
    def whole(self) -> Field:
        """The kind's field that it is, or is in."""
        return self.outer[0] if self.outer else self.field

    def wrapped(self, value: Any, beside: Mapping[str, Any]) -> dict[str, Any]:
        """The option that declares it. beside: the values of others that cannot be missing, by their paths."""
        names, held = self.names, value
        for depth in range(len(names) - 1, 0, -1):
            above = ".".join(names[:depth])
            others = {path.removeprefix(above + "."): other for path, other in beside.items() if _in(path, above)}
            held = {**others, names[depth]: held}
        return {names[0]: held}


def _in(path: str, above: str) -> bool:
    return path.rpartition(".")[0] == above


def paths_of(leaf: Leaf) -> Iterator[str]:
    """The paths of a field and of all that it holds."""
    yield leaf.path
    for name, sub in (leaf.field.fields or {}).items():
        yield from paths_of(Leaf(f"{leaf.path}.{name}", sub))
    if leaf.field.elements:
        yield from paths_of(Leaf(f"{leaf.path}[]", leaf.field.elements))


def leaves_of(kind: Kind) -> Iterator[Leaf]:
    """Every field that a user can declare, at every depth, but for what names an object."""
    for name, field in kind.options.items():
        if name not in kind.identity:
            yield from _leaves(Leaf(name, field))


def _leaves(leaf: Leaf) -> Iterator[Leaf]:
    """An object that is passed on as it is, is a leaf: what the server wants of it is not declared.

    So is one whose keys depend on each other."""
    for form, chosen in _forms(leaf):
        whole = form.type != "dict" or form.free or goes_together(form)
        subs = {} if whole else form.fields or {}
        if not subs:
            yield leaf
        for name, sub in subs.items():
            if not sub.read_only:
                yield from _leaves(Leaf(f"{leaf.path}.{name}", sub, (*leaf.outer, form), (*leaf.chosen, *chosen)))


def _forms(leaf: Leaf) -> Iterator[tuple[Field, tuple[tuple[str, str], ...]]]:
    """The forms that a field can have, and what chooses each."""
    chooser = leaf.field.chosen_by
    if chooser is None:
        yield leaf.field, ()
    for form in leaf.field.variants if chooser else ():
        yield leaf.field.chosen({chooser: form}), ((str(chooser), form),)


def beside(kind: Kind, here: Surroundings, leaf: Leaf) -> dict[str, Values]:
    """Values of those fields without which the objects around a leaf are not complete, by their paths."""
    found = {}
    for depth, field in enumerate(leaf.outer, 1):
        above = ".".join(leaf.names[:depth])
        for name, sub in (field.fields or {}).items():
            lacking = not set(field.some_of) & {leaf.names[depth]} and name == (*field.some_of, "")[0]
            if (sub.required or lacking) and name != leaf.names[depth]:
                other = Leaf(f"{above}.{name}", sub, leaf.outer[:depth])
                found[other.path] = values_of(kind, here, other)
    return found


def unused(kind: Kind, tenant: Tenant) -> str:
    """What names no object of a kind yet: its name, which may be a domain, or a URI where it is one."""
    return tenant.unused("urn:test:type" if kind.identity[0] == "subject_token_type" else kind.name.replace("_", "-"))


def identity_of(kind: Kind, tenant: Tenant, here: Surroundings) -> st.SearchStrategy[dict[str, Any]]:
    """Options that name an object which does not exist, and those without which it cannot be created."""
    if kind.name == "rate_limit_policy":
        selectors = [
            {"consumer_selector": one} for one in ("default", "third_party_clients", "client_id:https://a.b/c")
        ]
        selectors += [{"consumer_selector": f"client_id:{here.clients[0]}"}, {"client_name": here.client_names[1]}]
        configuration = values_of(kind, here, Leaf("configuration", kind.fields["configuration"]))
        consumer = {"resource": "oauth_authentication_api", "consumer": "client"}
        return st.tuples(st.sampled_from(selectors), configuration).map(
            lambda parts: {**consumer, **parts[0], "configuration": parts[1]}
        )
    if kind.name != "client_grant":
        needed = {name: field for name, field in kind.options.items() if field.required and name not in kind.identity}
        named = {kind.identity[0]: st.just(unused(kind, tenant))}
        values = {n: values_of(kind, here, Leaf(n, field)) for n, field in needed.items() if not field.chosen_by}
        formed = {name: field for name, field in needed.items() if field.chosen_by}
        return st.fixed_dictionaries({**named, **values}).flatmap(
            lambda drawn: st.fixed_dictionaries(
                {
                    **{name: st.just(value) for name, value in drawn.items()},
                    **{name: values_of(kind, here, Leaf(name, field.chosen(drawn))) for name, field in formed.items()},
                }
            )
        )
    holders = [{"client_id": here.clients[0]}, {"client_name": here.client_names[1]}]
    holder = st.sampled_from([*holders, {"default_for": "third_party_clients"}])
    subject_type = st.sampled_from([{}, {"subject_type": "client"}, {"subject_type": "user"}])
    audience = st.sampled_from([{"audience": audience} for audience in here.audiences])
    return st.tuples(holder, audience, subject_type).map(
        lambda parts: {k: v for part in parts for k, v in part.items()}
    )


#: The kinds of which an object can be declared; of the others there is nothing to keep.
DECLARABLE = [kind for kind in KINDS.values() if kind.options and not kind.standing]
#: Those whose objects are always there.
STANDING = [kind for kind in KINDS.values() if kind.standing]
