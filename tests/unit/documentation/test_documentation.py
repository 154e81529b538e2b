# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the declarations know, written into the documentation of modules: always the same, and no prose is lost."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import NOTHING, Field
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import kind_spec
from ansible_collections.community.auth0.tests.harness.documentation.blocks import block, with_block
from ansible_collections.community.auth0.tests.harness.documentation.common import FIRST, RETURNS, TOKEN_TASK
from ansible_collections.community.auth0.tests.harness.documentation.declared import MODULES, Declared, module_names
from ansible_collections.community.auth0.tests.harness.documentation.entries import entry_options, options_at
from ansible_collections.community.auth0.tests.harness.documentation.limits import value_sentence, with_value_sentence
from ansible_collections.community.auth0.tests.harness.documentation.module import (
    documented_module,
    standing_alone,
    with_common_returns,
    with_declared,
)
from ansible_collections.community.auth0.tests.harness.documentation.options import Undocumented, documented_options
from ansible_collections.community.auth0.tests.harness.documentation.scopes import SCOPES, Scopes
from ansible_collections.community.auth0.tests.harness.documentation.style import to_yaml
from hypothesis import given
from hypothesis import strategies as st

STREAM = Kind(
    name="stream",
    title="stream",
    path="streams",
    collection="streams",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"),),
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True, min_length=1, max_length=20),
        "type": Field(create_only=True, choices=("http", "file")),
        "sink": Field("dict", nullable=True, fields={"token": Field(secret=True, required=True), "port": Field("int")}),
    },
    checkpoint=False,
    unique=True,
)
DECLARED = Declared(kind_spec(STREAM).options, STREAM.options, STREAM)
DESCRIBED: dict[str, Any] = {
    "module": "auth0_stream",
    "description": ["Keeps a stream."],
    "options": {
        "name": {"description": "What it is called."},
        "clear": {"description": "Fields to remove."},
        "type": {"description": ["Where it goes.", "Nobody knows why."], "version_added": "1.1.0"},
        "sink": {
            "description": "The end of it.",
            "suboptions": {"token": {"description": "A word."}, "port": {"description": "A number."}},
        },
        "state": {"description": "Whether it exists."},
        "id": {"description": "Its id."},
    },
    "seealso": [{"module": "community.auth0.auth0_role"}],
}
NEEDED = Scopes(("read:streams",), ("create:streams",), more=(("for O(type)", ("read:types", "read:others")),))


def written(described: dict[str, Any] | None = None, first: tuple[str, ...] = ()) -> dict[str, Any]:
    return with_declared(described or DESCRIBED, DECLARED, first, NEEDED)


def test_an_option_is_documented_as_it_is_declared() -> None:
    options = written()["options"]
    assert options["type"] == {
        "description": ["Where it goes.", "Nobody knows why.", "Value: cannot be changed after creation."],
        "type": "str",
        "choices": ["http", "file"],
        "version_added": "1.1.0",
    }
    assert options["state"] == {
        "description": "Whether it exists.",
        "type": "str",
        "choices": ["present", "absent"],
        "default": "present",
    }
    assert options["clear"]["choices"] == ["sink"]
    assert options["clear"]["default"] == []
    assert options["sink"]["suboptions"] == {
        "token": {
            "description": ["A word.", "Value: needed where it is not set yet; masked by Ansible."],
            "type": "str",
        },
        "port": {"description": "A number.", "type": "int"},
    }


def test_what_is_declared_no_more_is_not_documented_any_more() -> None:
    described = {**DESCRIBED["options"], "id": {"description": "Its id.", "type": "int", "choices": [1], "default": 1}}
    assert written({**DESCRIBED, "options": described})["options"]["id"] == {"description": "Its id.", "type": "str"}


def test_options_are_in_the_order_of_the_declaration_but_for_those_that_come_first() -> None:
    assert [*written()["options"]] == ["state", "id", "name", "type", "sink", "clear"]
    assert [*written(first=("sink", "name"))["options"]] == ["state", "sink", "name", "id", "type", "clear"]


def test_only_descriptions_are_asked_of_a_person_and_all_that_are_missing_at_once() -> None:
    described = {**DESCRIBED["options"], "old": {"description": "Gone."}}
    described["sink"] = {"description": "The end of it.", "suboptions": {"port": {}}}
    del described["name"]
    with pytest.raises(Undocumented) as raised:
        written({**DESCRIBED, "options": described})
    assert str(raised.value).splitlines() == [
        "name is declared: describe it",
        "old is not declared: remove it",
        "sink.token is declared: describe it",
        "sink.port is declared: describe it",
    ]


def test_the_scopes_are_the_first_note_and_other_notes_stay() -> None:
    sentence = (
        "Scopes of the Management API: C(read:streams); C(create:streams) to create; C(read:types) and C(read:others) "
        "for O(type)."
    )
    assert written()["notes"] == [sentence]
    assert [*written()] == ["module", "description", "options", "notes", "seealso"]
    noted = {**DESCRIBED, "notes": ["Mind the gap.", "Scopes of the Management API: all."]}
    assert written(noted)["notes"] == [sentence, "Mind the gap."]
    assert Scopes().sentence == "Scopes of the Management API: none."


def test_of_many_options_the_description_names_those_that_most_tasks_need() -> None:
    fields = {**STREAM.fields, **{f"field_{number}": Field() for number in range(20)}}
    many = Kind(**{**vars(STREAM), "fields": fields})
    more = {f"field_{number}": {"description": "One more."} for number in range(20)}
    described = {**DESCRIBED, "options": {**DESCRIBED["options"], **more}}
    found = with_declared(described, Declared(kind_spec(many).options, many.options, many), ("name", "type"), NEEDED)
    assert found["description"] == ["Keeps a stream.", "Most tasks need only some of O(name) and O(type)."]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (Field(), None),
        (Field(min_length=1), None),
        (Field(min_length=1, max_length=5), "Value: at most 5 characters."),
        (Field(min_length=2, max_length=5), "Value: from 2 to 5 characters."),
        (Field("int", minimum=0), "Value: at least 0."),
        (Field("int", minimum=1, maximum=9), "Value: from 1 to 9."),
        (
            Field("list", max_length=2, elements=Field(max_length=9)),
            "Value: at most 2 items; each item at most 9 characters.",
        ),
        (Field("list", min_length=1, nullable=True, elements=Field()), "Value: V([]) removes it."),
        (Field("list", min_length=1, elements=Field()), "Value: at least 1 item."),
        (
            Field("list", required=True, min_length=1, elements=Field()),
            "Value: needed for a new cat; at least 1 item.",
        ),
        (
            Field("dict", max_length=1, values=Field(max_length=9)),
            "Value: at most 1 key; each value at most 9 characters.",
        ),
        (Field(pattern="x", pattern_says="be x"), "Value: must be x."),
        (Field(required=True, create_only=True), "Value: needed for a new cat; cannot be changed after creation."),
        (Field("bool", initial=True), "Value: V(true) for a new cat."),
        (Field("dict", initial={"a": 1}, absent=NOTHING), None),
    ],
)
def test_a_sentence_says_what_is_declared_of_a_value(field: Field, sentence: str | None) -> None:
    assert value_sentence(field, of="cat") == sentence


def test_what_names_an_object_that_has_no_id_is_not_said_to_be_unchangeable() -> None:
    assert value_sentence(Field(create_only=True), of="cat", identity=True) is None
    described = documented_options(
        {"audience": {"description": "The API."}},
        {"audience": {"type": "str", "required": True}},
        KINDS["client_grant"].options,
        kind=KINDS["client_grant"],
    )
    assert described["audience"]["description"] == ["The API.", "Value: at most 600 characters."]


@given(
    st.lists(st.text("Valueabc: .").filter(str.strip), min_size=1).map(lambda texts: [text.strip() for text in texts])
)
def test_no_sentence_of_a_person_is_lost(texts: list[str]) -> None:
    """Only what begins as the generated sentence does, behind another one, is taken for it."""
    persons = [text for text in texts if not text.startswith("Value: ")] or ["A person's."]
    once = with_value_sentence(persons, "Value: at most 1.")
    assert once == [*persons, "Value: at most 1."]
    assert with_value_sentence(once, "Value: at most 1.") == once
    assert with_value_sentence(once, None) == persons


def test_what_modules_return_alike_is_said_once_and_what_one_adds_is_kept() -> None:
    returns = with_common_returns(
        {"action": {"description": "Old.", "sample": "create", "choices": ["create", "none"]}}
    )
    assert returns == {
        "action": {**RETURNS["action"], "choices": ["create", "none"], "sample": "create"},
        "failure": RETURNS["failure"],
    }


def test_examples_that_use_a_token_begin_with_the_task_that_gets_it() -> None:
    examples = '- a: "{{ management.access_token }}"\n'
    assert standing_alone(examples) == TOKEN_TASK + examples
    assert standing_alone(TOKEN_TASK + examples) == TOKEN_TASK + examples
    assert standing_alone("- a: b\n") == "- a: b\n"
    own = "- get:\n  register: management\n" + examples
    assert standing_alone(own) == own


#: Text as it stands in documentation, and what YAML could take for something else.
words = st.lists(
    st.one_of(
        st.text("aeiou.,:#-?'\"[]{}&*!|>%@`\\ä", min_size=1, max_size=6), st.sampled_from(["true", "null", "1.0", "-"])
    ),
    min_size=1,
    max_size=60,
).map(" ".join)
documentations = st.dictionaries(
    st.sampled_from(["description", "choices", "sample", "default", "notes", "other"]),
    st.recursive(
        st.one_of(words, st.booleans(), st.integers(), st.none()),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
)


@given(documentations)
def test_what_is_written_reads_the_same_and_is_written_the_same_again(documentation: dict[str, Any]) -> None:
    try:
        text = to_yaml(documentation)
    except ValueError:
        return  # refused rather than changed
    assert yaml.safe_load(text) == documentation
    assert to_yaml(yaml.safe_load(text)) == text


def test_lines_are_no_longer_than_the_project_has_them() -> None:
    text = to_yaml({"description": ["word " * 60 + "end"], "choices": [f"choice_{number}" for number in range(40)]})
    assert max(map(len, text.splitlines())) <= 120


def test_a_block_is_exchanged_and_the_code_is_not_touched() -> None:
    source = 'A = 1\n\nDOCUMENTATION = r"""\nold: 1\n"""\n\nRETURN = r"""\nb: 2\n"""\ncode()\n'
    assert block(source, "DOCUMENTATION") == "old: 1\n"
    assert with_block(source, "DOCUMENTATION", "new: 2\n") == source.replace("old: 1", "new: 2")
    with pytest.raises(ValueError, match="EXAMPLES"):
        block(source, "EXAMPLES")


@pytest.mark.parametrize("module", module_names())
def test_the_documentation_of_a_module_is_as_declared(module: str) -> None:
    source = (MODULES / f"{module}.py").read_text()
    assert documented_module(source, module) == source


def test_every_module_says_which_scopes_it_needs() -> None:
    assert SCOPES.keys() == set(module_names())


@pytest.mark.parametrize("module", FIRST)
def test_options_that_come_first_are_options(module: str) -> None:
    documentation = yaml.safe_load(block((MODULES / f"{module}.py").read_text(), "DOCUMENTATION"))
    assert set(FIRST[module]) <= documentation["options"].keys()


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.options], ids=str)
def test_an_entry_of_a_list_has_the_options_of_the_module_for_one_object(kind: Kind) -> None:
    options = entry_options(kind.name)
    assert options.keys() == kind_spec(kind).options.keys() - {"return_secret"}
    assert kind.standing or next(iter(options)) == "state"
    again = documented_options(
        options, {name: kind_spec(kind).options[name] for name in options}, kind.options, kind=kind
    )
    assert {name: again[name] for name in options} == {
        name: {key: value for key, value in option.items() if key != "version_added"} for name, option in again.items()
    }


def test_an_entry_names_its_own_options_and_those_of_the_module_as_such() -> None:
    text = str(entry_options("client"))
    assert "O(clients[].client_authentication_methods)" in text
    assert "O(clients[].grant_types)" in text
    assert "O(client_id)" not in text
    scopes = str(entry_options("resource_server", without={"force"})["state"])
    assert "O(force" not in scopes
    assert "RV(community.auth0.auth0_resource_server#module:assumed)" in str(entry_options("resource_server")["force"])
    assert "version_added" not in text


def test_the_options_of_any_module_can_be_those_of_a_part_of_an_entry() -> None:
    options = options_at("auth0_client_credentials", "clients[].credentials", without={"client_id", "client_name"})
    assert [*options] == ["method", "credentials", "signed_request_object", "token_vault_privileged_access"]
    pem = options["signed_request_object"]["suboptions"]["credentials"]["suboptions"]["pem"]["description"]
    assert "O(clients[].credentials.credentials[].pem)" in pem[0]
    method = options["method"]["description"]
    assert any("O(clients[].credentials.signed_request_object)" in text for text in method)


def test_a_kind_that_there_is_not_has_no_entries() -> None:
    with pytest.raises(KeyError, match="dog"):
        entry_options("dog")
