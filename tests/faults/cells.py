# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One cell: a task, one write of it, a fault that happens to that write, what becomes of the reads after it; and what
must be true of the end whatever happened."""

from __future__ import annotations

import contextlib
import copy
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ansible_collections.community.auth0.plugins.plugin_utils import direct
from ansible_collections.community.auth0.tests.faults.scenarios import PLANTED, Scenario
from ansible_collections.community.auth0.tests.faults.tenant import LAG, FaultyTenant, Killed, Memory, Reads
from ansible_collections.community.auth0.tests.harness import in_process
from ansible_collections.community.auth0.tests.harness.in_process import Fault, Raw, answered

Result = dict[str, Any]
#: All that a tenant holds, by kind and by what names the objects, without what is made up at random.
State = dict[str, list[str]]


class Trouble(NamedTuple):
    """A fault and how often it happens, one after the other. settled: whether its answer says that nothing was done."""

    name: str
    fault: Fault
    times: float = 1
    settled: bool = False


_LIMIT = answered(429, "Global limit has been reached", "too_many_requests")
_LIMIT_WITH_END = answered(429, "Global limit has been reached", "too_many_requests", retry_after="2")
_NO_TOKEN = answered(401, "Invalid token", "invalid_token")

TROUBLES = (
    Trouble("429 with its end", _LIMIT_WITH_END, settled=True),
    Trouble("429", _LIMIT, settled=True),
    Trouble("429 for good", _LIMIT, math.inf, settled=True),
    Trouble("500", answered(500, "Internal")),
    Trouble("500, done", answered(500, "Internal", performed=True)),
    Trouble("502 HTML", in_process.HTML_502_BEFORE),
    Trouble("502 HTML, done", in_process.HTML_502_AFTER),
    Trouble("503", answered(503, "Unavailable")),
    Trouble("503 for good", answered(503, "Unavailable"), math.inf),
    Trouble("refused", in_process.REFUSED, settled=True),
    Trouble("refused for good", in_process.REFUSED, math.inf, settled=True),
    Trouble("dropped", in_process.DROPPED_BEFORE),
    Trouble("dropped, done", in_process.DROPPED_AFTER),
    Trouble("hung", in_process.HUNG_BEFORE),
    Trouble("hung, done", in_process.HUNG_AFTER),
    Trouble("truncated, done", in_process.TRUNCATED),
    Trouble("broken off, done", in_process.BROKEN_OFF),
    Trouble("wrong type, done", in_process.WRONG_TYPE),
    Trouble("empty, done", in_process.EMPTY),
    Trouble("401", _NO_TOKEN, settled=True),
    Trouble("401 for good", _NO_TOKEN, math.inf, settled=True),
    Trouble("404 stale", answered(404, "It does not exist.", "inexistent_object")),
    Trouble("404 of a proxy", Fault("404 of a proxy", False, lambda request, answer: in_process.Raw(404, {}, b""))),
    Trouble("409", answered(409, "It exists already.", "conflict")),
)


#: Every fault, with what may become of the reads after it, where that makes a difference.
CELLS = tuple(
    (trouble, reads) for trouble in TROUBLES for reads in ((Reads.FRESH,) if trouble.settled else tuple(Reads))
)


#: The classes of ends, as the table shows them.
CLASSES = DONE, REFUSED, PARTLY, UNKNOWN = "done", "refused", "partly", "unknown"

#: The words in which a failure says that something may have been written.
_UNKNOWN_WORDS = re.compile(r"Look at the tenant|may have been|may be in force")


class Stage:
    """A tenant with what a scenario needs in it, which is put back before each run."""

    def __init__(self, tenant: FaultyTenant, furniture: Memory, ids: Mapping[str, str], scenario: Scenario) -> None:
        self.tenant = tenant
        self.scenario = scenario
        tenant.restore(furniture)
        scenario.prepare(tenant, ids)
        self._options = scenario.options(ids)
        self._memory = tenant.remember()

    def _begin(self) -> None:
        self.tenant.restore(self._memory)
        # What was prepared can be read by now, also where reads lag.
        self.tenant.clock.advance(LAG + self.scenario.later)

    def _run(self) -> Result:
        tenant = self.tenant
        given = {
            "auth0_domain": tenant.domain,
            "auth0_client_id": tenant.credentials.client_id,
            "auth0_client_secret": self._own_secret,
            **self._options,
        }
        module = self.scenario.module
        with tenant.installed():
            result = direct.performed(
                direct.module_work(module), module, given, {}, False, True, lambda done, total, step: None
            )
        direct.KEPT.close()
        del result["invocation"]
        return result

    @property
    def _own_secret(self) -> str:
        """What the tenant holds by now: whoever rotates the caller's own secret hands it on."""
        own = self.tenant.site.tenant.store("client").get(self.tenant.credentials.client_id)
        return str((own or {}).get("client_secret"))

    def answers(self) -> list[Any]:
        """What the tenant answers where nothing goes wrong; None for what is no JSON."""
        found: list[Any] = []

        def noted(dummy_number: int, answer: Raw) -> Raw:
            found.append(json.loads(answer.content) if answer.content else None)
            return answer

        self._begin()
        self.tenant.bend(noted)
        result = self._run()
        assert not result.get("failed"), result
        return found

    def answered(self, number: int, place: tuple[str | int, ...], odd: Any) -> Iterator[str]:
        """What is wrong with the end of a run in which one answer has something odd in one place."""

        def bent(at: int, answer: Raw) -> Raw:
            if at != number or not answer.content:
                return answer
            with contextlib.suppress(LookupError, TypeError):  # the place is not there this time
                return answer.with_json(_with(json.loads(answer.content), place, odd))
            return answer

        self._begin()
        self.tenant.bend(bent)
        result = self._run()
        self.tenant.heal()
        try:
            json.dumps(result, ensure_ascii=False).encode()
        except ValueError as error:
            yield f"a result that nothing can display: {error}"
        yield from self._without_reason(result, "it")

    def _without_reason(self, result: Result, run: str) -> Iterator[str]:
        if "exception" in result or (result.get("failure") or {}).get("code") == "bug":
            yield f"{run}: a bug: {result.get('msg')} {result.get('exception')}"
        if result.get("failed") and not (result.get("msg") and result.get("failure", {}).get("code")):
            yield f"{run}: a failure without reason: {result}"


class World(Stage):
    """A scenario that writes, and its end where nothing goes wrong.

    writes: the requests that write, in words.
    """

    def __init__(self, tenant: FaultyTenant, furniture: Memory, ids: Mapping[str, str], scenario: Scenario) -> None:
        super().__init__(tenant, furniture, ids, scenario)
        self._begin()
        self._things = copy.deepcopy(tenant.things)
        self._ours = _by_id(self._things)
        self._known = set(_secrets(self._things))
        self._rows = {key: _canonical(thing, {}, self._known) for key, thing in self._ours.items()}
        self.before = self._state()
        result = self._run()
        assert not result.get("failed"), result
        assert result["changed"] is True
        self.writes = [self._words(sent.method, sent.path) for sent in tenant.writes]
        self.after = self._state()
        assert self.after != self.before
        kept = _by_id(copy.deepcopy(tenant.things))
        self._must_stay = {key: thing for key, thing in self._ours.items() if key in kept}
        self._untouched = {key for key, thing in self._must_stay.items() if kept[key] == thing}
        tenant.heal()
        tenant.clock.advance(300)
        tenant.forget()
        again = self._run()
        assert (again.get("failed"), again["changed"], tenant.writes) == (None, False, [])

    def _words(self, method: str, path: str) -> str:
        ids = {thing_id for dummy, thing_id in _by_id(self.tenant.things)} | {key[1] for key in self._ours}
        ids.discard("settings")  # which is a name
        parts = path.removeprefix("/api/v2/").split("/")
        return f"{method} {'/'.join('{}' if part in ids else part for part in parts)}"

    def _state(self) -> State:
        held = _by_id(self.tenant.things)
        names = {object_id: f"(new {kind})" for kind, object_id in held.keys() - self._ours.keys()}
        found: State = {kind: [] for kind in self._things}
        for key, thing in held.items():
            same = thing == self._ours.get(key)
            found[key[0]].append(self._rows[key] if same else _canonical(thing, names, self._known))
        return {kind: sorted(rows) for kind, rows in found.items()}

    def end(self, number: int, trouble: Trouble, reads: Reads) -> tuple[str, list[str]]:
        """The class of the end, and what is wrong with it."""
        tenant = self.tenant
        self._begin()
        tenant.strike(trouble.fault, number, trouble.times, reads)
        first = self._run()
        now = self._state()
        assert tenant.struck, "the fault did not happen"
        wrong = list(self._wrong(first, now, "the first run"))
        kind = self._class(first, now)
        wrong += [] if kind in CLASSES else [kind]
        # From where the tenant was, and from where it is to be, it is known what the next run does.
        if now not in (self.before, self.after):
            wrong += self._wrong_afterwards(now)
        if wrong:
            wrong.append(f"first: {first.get('changed')} {first.get('msg')} {first.get('warnings')}")
        return kind, wrong

    def killed(self, number: int, performed: bool) -> list[str]:
        """What is wrong after the process has ended at a write, and after the run that follows."""
        self._begin()
        self.tenant.kill(number, performed)
        with contextlib.suppress(Killed):
            self._run()
        assert self.tenant.dead, "it was not killed"
        self.tenant.heal()
        now = self._state()
        return [*self._wrong({}, now, "the killed run"), *(self._wrong_afterwards(now) if now != self.after else [])]

    def _wrong_afterwards(self, now: State) -> Iterator[str]:
        """What is wrong with the next run, once everything goes well again."""
        self.tenant.heal()
        self.tenant.clock.advance(300)
        result = self._run()
        later = self._state()
        yield from self._wrong(result, later, "the second run")
        if result.get("failed"):
            yield f"the second run fails: {result['msg']}"
        elif later != self.after:
            yield f"the second run does not converge: {_difference(self.after, later)}"
        if result.get("changed") is not (later != now):
            yield f"the second run says changed: {result.get('changed')}"

    def _class(self, result: Result, now: State) -> str:
        same, changed, msg = now == self.before, result.get("changed"), str(result.get("msg"))
        if not result.get("failed"):
            if now != self.after:
                return f"success, but not as declared: {_difference(self.after, now)}"
            return DONE if changed else "success, but changed: false"
        if not changed:
            return REFUSED if same else f"changed: false, but: {_difference(self.before, now)}"
        unknown = bool(_UNKNOWN_WORDS.search(msg))
        if result.get("done") and not unknown:
            return "changed: true, but nothing is" if same else PARTLY
        return UNKNOWN if unknown else "changed: true, and nothing that says why"

    def _wrong(self, result: Result, now: State, run: str) -> Iterator[str]:
        yield from self._without_reason(result, run)
        for kind, rows in now.items():
            for row, number in Counter(rows).items():
                if number > max(1, self.before.get(kind, []).count(row), self.after[kind].count(row)):
                    yield f"{run}: {number} of {kind} {row[:80]}"
        held = _by_id(self.tenant.things)
        for key, thing in self._must_stay.items():
            if key not in held:
                yield f"{run}: {key} is lost"
            elif key in self._untouched and held[key] != thing:
                yield f"{run}: {key} was changed, which is not declared"
        shown = {name: value for name, value in result.items() if name not in self.scenario.returned}
        if self.scenario.module == "auth0_config" and self.scenario.returned:
            shown.pop("secrets", None)
        text = json.dumps(shown, default=str)
        new = (thing for key, thing in held.items() if thing != self._ours.get(key))
        for secret in {*self._known, *(secret for thing in new for secret in _secrets(thing)), PLANTED + "given"}:
            if secret in text:
                yield f"{run}: shows {secret[:30]}"


def _with(value: Any, place: tuple[str | int, ...], odd: Any) -> Any:
    """The same JSON value with something odd in one place."""
    if not place:
        return odd
    changed = copy.copy(value)
    changed[place[0]] = _with(value[place[0]], place[1:], odd)
    return changed


def _id(thing: Mapping[str, Any]) -> str:
    return str(next(thing[name] for name in ("id", "client_id", "custom_domain_id", "kid", "name") if name in thing))


def _by_id(things: Mapping[str, list[dict[str, Any]]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(kind, _own_id(kind, thing)): thing for kind, rows in things.items() for thing in rows}


def _own_id(kind: str, thing: Mapping[str, Any]) -> str:
    return str(thing["client_id"]) if kind == "client" else _id(thing)


#: former_secret: what the emulator remembers of the last one.
_SECRET_NAMES = ("client_secret", "signing_secret", "former_secret")


def _secrets(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name in _SECRET_NAMES and isinstance(item, str):
                yield item
            else:
                yield from _secrets(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _secrets(item)


def _canonical(thing: Mapping[str, Any], names: Mapping[str, str], known: set[str]) -> str:
    def replaced(value: Any, name: str = "") -> Any:
        if name == "versions":  # how often an action was deployed may differ
            return "(of the emulator's own)"
        if isinstance(value, Mapping):
            # A version or a binding of an action is like another one with the same in it.
            own = name in ("current_version", "deployed_version", "bindings")
            return {
                names.get(key, key): replaced(item, "own_id" if own and key == "id" else key)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple, set)):
            return [replaced(item, name) for item in value]
        if name in ("former_secret", "secret_since", "looks", "number", "own_id", "record"):
            return "(of the emulator's own)"
        if name in _SECRET_NAMES and value not in known and not str(value).startswith(PLANTED):
            return "(made up)"
        if name in ("created_at", "updated_at", "built_at", "last_verified_at", "build_time", "renews_before") or (
            name == "client_secret_rotated_at" and value > "2021"
        ):
            return "(a time)"
        return names.get(value, value) if isinstance(value, str) else value

    return json.dumps(replaced(thing), sort_keys=True, default=str)


def _difference(one: State, other: State) -> str:
    found = []
    for kind in one:
        less, more = Counter(one[kind]), Counter(other.get(kind, []))
        found += [f"- {kind} {row}" for row in (less - more)] + [f"+ {kind} {row}" for row in (more - less)]
    return "\n    ".join(["", *found])
