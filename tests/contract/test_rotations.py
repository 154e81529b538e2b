# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random rotations of a client's secret and of a tenant's signing key on the emulator, as time goes by: those that are
due, and no others. The modules are told what time it is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from . import expected
from .tenant import Item, Moment, Result, Tenant

CLIENT = KINDS["client"]

#: A few of many steps each, since a step follows on the others; and the first that fails is told, as keys cannot be put
#: back to look for a shorter one.
some = settings(max_examples=max(1, settings().max_examples // 33), phases=[Phase.reuse, Phase.generate])

#: The key of a client's metadata that holds the time of the last rotation, and how it is written.
ROTATED_AT, FORMAT = "client_secret_rotated_at", "%Y-%m-%dT%H:%M:%SZ"

SECRETS = ("a-secret-of-a-test-1", "a-secret-of-a-test-2")

#: Ages in days, and numbers of days that go by, of which no sum is an age.
AGES = (1, 30)
DAYS = (0, 2, 40)

KEYS = "keys/signing"
ROLES = ("current", "next", "previous", "revoked")

ways_to_rotate = st.one_of(
    st.fixed_dictionaries({"client_secret": st.sampled_from(SECRETS)}, optional={"force": st.booleans()}),
    st.fixed_dictionaries({"max_age": st.sampled_from(AGES)}, optional={"force": st.booleans()}),
    st.just({"force": True}),
)


def foreseen_and_done(
    tenant: Tenant,
    module: str,
    options: dict[str, Any],
    now: Moment,
    alike: Sequence[str] = ("changed", "reason", "rotated_at", "steps"),
) -> tuple[Result, Result]:
    """What a task says in check mode, in which it sends no write, and what it does then. alike: what is the same."""
    foreseen = tenant.run(module, options, check_mode=True, now=lambda: now)
    assert tenant.writes() == []
    done = tenant.run(module, options, now=lambda: now)
    for name in alike:
        assert foreseen.get(name) == done.get(name)
    return foreseen, done


@some
@given(
    metadata=st.sampled_from(({}, {"team": "patients"})),
    steps=st.lists(st.tuples(st.sampled_from(DAYS), ways_to_rotate), min_size=8, max_size=8),
)
def test_a_secret_is_replaced_when_it_is_due_and_nothing_else_changes(
    tenant: Tenant, metadata: dict[str, str], steps: list[tuple[int, dict[str, Any]]]
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    with tenant.removing(CLIENT):
        made = tenant.make("clients", name=tenant.unused("client"), client_metadata=metadata)
        client_id = made["client_id"]
        tenant.writes()
        for days, declared in steps:
            now += datetime.timedelta(days=days, seconds=1)
            before = tenant.item(CLIENT, client_id)
            options = {"client_id": client_id, **declared}
            foreseen, done = foreseen_and_done(tenant, "auth0_client_secret", options, now)
            assert "client_secret" not in foreseen
            assert done["changed"] is secret_is_due(before, declared, now)

            writes = tenant.writes()
            assert [write[:2] for write in writes] == [("PATCH", f"clients/{client_id}")] * done["changed"]
            after = tenant.item(CLIENT, client_id)
            assert (after["client_secret"] != before["client_secret"]) is done["changed"]
            assert done.get("client_secret", before["client_secret"]) == after["client_secret"]
            assert expected.differences(CLIENT, before, after).keys() <= {"client_secret", "client_metadata"}
            told = {ROTATED_AT: now.strftime(FORMAT)} if done["changed"] and tells_time(before, declared) else {}
            held = after.get("client_metadata", {})
            assert held == {**before.get("client_metadata", {}), **told}
            assert done["rotated_at"] == held.get(ROTATED_AT)

            if declared.keys() != {"force"}:
                again, done = foreseen_and_done(tenant, "auth0_client_secret", {**options, "force": False}, now)
                assert (again["changed"], done["changed"], tenant.writes()) == (False, False, [])


def secret_is_due(client: Item, declared: dict[str, Any], now: Moment) -> bool:
    if "client_secret" in declared:
        return bool(client["client_secret"] != declared["client_secret"])
    last = client.get("client_metadata", {}).get(ROTATED_AT)
    if declared.get("force") or last is None:
        return True
    age = now - datetime.datetime.strptime(last, FORMAT).replace(tzinfo=datetime.UTC)
    return bool(age > datetime.timedelta(days=declared["max_age"]))


def tells_time(client: Item, declared: dict[str, Any]) -> bool:
    """Whether the time goes with the secret: where the module makes one up, or replaces one whose time is known."""
    return "client_secret" not in declared or ROTATED_AT in client.get("client_metadata", {})


@some
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(DAYS[1:]),
            st.fixed_dictionaries(
                {},
                optional={
                    "max_age": st.sampled_from(AGES),
                    "force": st.just(True),
                    "revoke_previous_after": st.sampled_from((0, *AGES)),
                },
            ).filter(bool),
        ),
        min_size=8,
        max_size=8,
    )
)
def test_signing_keys_are_rotated_and_revoked_when_they_are_due(
    signing_tenant: Tenant, steps: list[tuple[int, dict[str, Any]]]
) -> None:
    """The tenant's own clock stands still: what it notes has just been, and the days go by for the module alone."""
    tenant = signing_tenant
    for days, options in steps:
        tenant.renew()
        before = kids_by_role(tenant.get(KEYS))
        now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        rotated = options.get("force", False) or days > options.get("max_age", days)
        after = options.get("revoke_previous_after")
        # A rotation makes an older previous key invalid on the emulator, so that it is not left to be revoked.
        due = before["current"] if rotated and after == 0 else []
        due = before["previous"] if after is not None and not rotated and days > after else due

        foreseen, done = foreseen_and_done(tenant, "auth0_signing_key", options, now, ("changed", "reason"))
        assert done["changed"] is bool(rotated or due)
        assert [step for step in foreseen["steps"] if not before["previous"] or step in done["steps"]] == done["steps"]
        writes = [("POST", f"{KEYS}/rotate")] * rotated + [("PUT", f"{KEYS}/{kid}/revoke") for kid in due]
        assert [write[:2] for write in tenant.writes()] == writes

        tenant.renew()
        held = kids_by_role(tenant.get(KEYS))
        assert kids_by_role(done["signing_keys"]) == held
        assert kids_by_role(foreseen["signing_keys"])["current"] == held["current"]
        assert held["current"] == before["next" if rotated else "current"]
        assert {*due, *before["revoked"]} <= {*held["revoked"]}

        again = {name: value for name, value in options.items() if name != "force"}
        if again:
            moment = datetime.datetime.now(datetime.UTC)
            foreseen, done = foreseen_and_done(tenant, "auth0_signing_key", again, moment)
            assert (foreseen["changed"], done["changed"], tenant.writes()) == (False, False, [])


def kids_by_role(keys: list[Item]) -> dict[str, list[str]]:
    """The ids of signing keys by what they are."""
    return {role: sorted(key["kid"] for key in keys if key.get(role)) for role in ROLES}
