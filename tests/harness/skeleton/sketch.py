# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The operations of one path → what can be said of a kind, and what cannot."""

from __future__ import annotations

import dataclasses
import difflib
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from .description import Description, Json, Schema, Unreadable

#: What stands before everything that only a recording can tell, and what only a person can say.
FIND_OUT = "TO FIND " + "OUT: "
DESCRIBE = "TO " + "DESCRIBE: "

#: Formats as patterns, with how a message puts them behind "must".
_HTTPS = (r"https://.+", "begin with https://")
_URI = (r"[A-Za-z][A-Za-z0-9+.-]*:.+", "be an absolute URI, with its scheme")
URI_PATTERNS = (_HTTPS[0], _URI[0])
_PATTERNS = {
    "absolute-https-uri-or-empty": _HTTPS,
    "absolute-https-uri-with-placeholders-or-empty": _HTTPS,
    "absolute-uri-or-empty": _URI,
    "html-color": (r"#([0-9A-Fa-f]{3}){1,2}", "be a colour such as #0059d6, in hexadecimal digits"),
    "organization-name": (
        r"[a-z0-9][a-z0-9_-]*",
        "consist of lower case letters, digits, - and _, and begin with a letter or a digit",
    ),
    "strict-https-uri": _HTTPS,
    "strict-https-uri-or-null": _HTTPS,
    "url": _URI,
    "url-or-null": _URI,
}
#: Columns of a line of a comment, so that it fits wherever it stands.
_COLUMNS = 92
_PAGING = {"page", "per_page", "include_totals", "from", "take", "fields", "include_fields", "sort", "q"}
_PUT_BESIDE_PATCH = (
    "there is a PUT beside the PATCH. Where recorded changes by PATCH keep what they do not name, also in objects, the "
    "kind is not replaced"
)
_SECRET = re.compile(r"secret|password|token|api_?key|private_?key|authorization", re.IGNORECASE)
_KEYS = ("key", "value", "id", "name")


@dataclasses.dataclass
class Sketch:
    """What is known of a field. attributes: those of a Field that differ from its defaults; elements, values: a Sketch,
    fields: of each key, variants: of each key of each form. questions: what has to be found out.

    schema: of requests, or of answers where no request has it. handled: what requests and answers do with it, for the
    emulator: create, update, answer, required, clearable, null_at_create, default.
    """

    attributes: dict[str, Any]
    questions: list[str]
    schema: Schema
    handled: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class KindSketch:
    """What is known of a kind; the words are those of Kind. questions: by the word that they are about.

    filters: by their names. scopes: by the verbs of the API. statuses, words: of answers, by operation.
    directs: the fields by which a single object is read, each with the word before it in the path.
    standing: there is one object, which is always there. replaced: there is a PUT.
    """

    name: str
    title: str
    path: str
    collection: str
    id_field: str
    identity: tuple[str, ...]
    checkpoint: bool
    offset: bool
    bare: bool
    unique: bool
    directs: tuple[tuple[str, str | None], ...]
    query: Mapping[str, str]
    filters: Mapping[str, Sketch]
    fields: Mapping[str, Sketch]
    scopes: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, int]
    words: Mapping[str, str]
    questions: Mapping[str, list[str]]
    standing: bool = False
    replaced: bool = False

    @property
    def plural(self) -> str:
        """What several are called, in messages."""
        return plural(self.title)

    @property
    def constant(self) -> str:
        """The name of the declaration."""
        return self.name.upper()

    @property
    def file(self) -> str:
        """The name of the emulator's file."""
        return plural(self.name)

    @property
    def options(self) -> dict[str, Sketch]:
        """The fields that a user can declare."""
        return {name: field for name, field in self.fields.items() if not field.attributes.get("read_only")}


def remark(question: str) -> list[str]:
    """What has to be found out, as a comment."""
    return textwrap.wrap(FIND_OUT + question, _COLUMNS, initial_indent="# ", subsequent_indent="#   ")


def plural(word: str) -> str:
    """Several of it. What ends like a plural, such as settings, stays."""
    if word.endswith("s"):
        return word
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in ("a", "e", "o") else word + "s"


def found_path(description: Description, path: str) -> str:
    """A path as the description has it. Raises Unreadable where it has none."""
    path = "/" + path.strip("/").removeprefix("api/v2/")
    if path not in description.paths:
        near = difflib.get_close_matches(path, list(description.paths), 3, 0.5)
        raise Unreadable(f"There is no path {path} in this description. Like it are: {', '.join(near) or 'none'}.")
    return path


def kind_sketch(description: Description, path: str, name: str | None = None) -> KindSketch:
    """What a description says of the objects at a path. name: of the kind, where the one in it does not fit.

    Raises Unreadable where there are no such objects.
    """
    path = found_path(description, path)
    one = next((each for each in description.paths if re.fullmatch(re.escape(path) + r"/\{\w+\}", each)), None)
    listing, post = description.operation(path, "get"), description.operation(path, "post")
    read = description.operation(one or "", "get")
    patch, put = description.operation(one or "", "patch"), description.operation(one or "", "put")
    if post is None or one is None:
        raise Unreadable(
            f"{path} has no objects that are created and changed one by one: it needs POST {path} and {path}/{{id}}. "
            f"Nor has it one that is always there: that needs GET and PATCH {path}."
        )
    questions: dict[str, list[str]] = {"kind": [], "fields": [], "lookups": [], "identity": []}
    create, update = description.body(post), description.body(patch or put)
    if create is None:
        raise Unreadable(f"POST {path} has no body.")
    if put is not None:
        questions["kind"].append(_PUT_BESIDE_PATCH if patch else "the server changes an object by PUT (replaced)")
        questions["kind"].append("which fields do reads show that a PUT refuses (read_only)")
    elif patch is None:
        questions["kind"].append("the server changes no object")
    answered = answers(description, read, post, patch or put)
    found = name or name_of(post, path)
    fields = {
        each: field_sketch(each, create, update, answered, True)
        for each in dict.fromkeys((*answered.properties, *create.properties, *(update or create).properties))
    }
    id_field = _id_field(found, one, fields, questions)
    fields = {id_field: fields.pop(id_field, _read_only_string()), **fields}
    if create.forms > 1:
        questions["fields"].append(f"{create.forms} forms of a creation were put together: which fields go together")
    questions["fields"].append(
        "create one with nothing but what is required: what else does the answer have (initial), which values mean the "
        "same as none (absent), what cannot be read in another tenant (local)"
    )
    collection, bare = _collection(description, listing, path)
    parameters = {str(each["name"]): each for each in (listing or {}).get("parameters", ()) if each["in"] == "query"}
    identity = _identity(create, fields)
    filters = {
        each: _filter(each, description.schema(parameter.get("schema") or {}), parameter)
        for each, parameter in parameters.items()
        if each not in _PAGING and not each.startswith("include_")
    }
    query = {each: option for each in identity for option in (each, f"{each}_filter") if option in filters}
    directs: list[tuple[str, str | None]] = [(id_field, None)] if read else []
    for other in description.paths:
        under = re.fullmatch(re.escape(path) + r"/(\w+)/\{(\w+)\}", other)
        if under and under[1] == under[2] and under[2] in fields and description.operation(other, "get"):
            directs.append((under[2], under[1]))
    if listing is None:
        questions["lookups"].append("there is no list: how is an object found?")
    questions["identity"].append(
        "what names an object so that no two have it (identity), and whether the server refuses a second one (unique)"
    )
    verbs = {
        "read": listing or read,
        "create": post,
        "update": patch or put,
        "delete": description.operation(one, "delete"),
    }
    return KindSketch(
        name=found,
        title=found.replace("_", " "),
        path=path[1:],
        collection=collection,
        id_field=id_field,
        identity=identity,
        checkpoint="from" in parameters,
        offset="page" in parameters,
        bare=bare and not {"from", "page"} & parameters.keys(),
        unique="409" in post.get("responses", {}),
        directs=tuple(directs),
        query=query,
        filters=filters,
        fields=fields,
        scopes={verb: scopes_of(operation) for verb, operation in verbs.items()},
        statuses={
            verb: int(description.answer(operation)[0] or 200)
            for verb, operation in verbs.items()
            if operation is not None
        },
        words={
            "missing": description.words(read or verbs["delete"], "404") or "",
            "conflict": description.words(post, "409") or "",
        },
        questions=questions,
        replaced=put is not None,
    )


def answers(description: Description, *operations: Json | None) -> Schema:
    """The object that these answer, with all that one of them shows."""
    found = Schema(type="dict")
    for operation in operations:
        raw = description.answer(operation)[1]
        if raw is not None:
            found = _wider(found, description.schema(raw))
    return found


def _read_only_string() -> Sketch:
    return Sketch({"read_only": True}, [], Schema(type="str"), {"create": False, "update": False})


def name_of(operation: Json, path: str) -> str:
    """The name of a kind, as the schema of what is sent has it, or else its path."""
    body = (operation.get("requestBody") or {}).get("content", {}).get("application/json", {}).get("schema", {})
    called = re.search(r"/(?:Create|Update)(\w+?)(?:RequestContent|Request)$", str(body.get("$ref", "")))
    if called:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", called[1]).lower()
    words = path.rpartition("/")[2].replace("-", "_")
    return words[:-3] + "y" if words.endswith("ies") else words.removesuffix("s")


def _wider(one: Schema, other: Schema) -> Schema:
    return dataclasses.replace(
        other, properties={**one.properties, **other.properties}, required=one.required | other.required
    )


def _id_field(name: str, path: str, fields: Mapping[str, Sketch], questions: dict[str, list[str]]) -> str:
    parameter = re.findall(r"\{(\w+)\}", path)[-1]
    for each in (parameter, "id", f"{name}_id"):
        if each in fields and fields[each].attributes.get("read_only"):
            return str(each)
    questions["kind"].append("which field holds the id")
    return str(parameter)


def _identity(create: Schema, fields: Mapping[str, Sketch]) -> tuple[str, ...]:
    """What may name an object: a guess, which is marked."""
    fixed = [
        name for name in create.properties if name in create.required and fields[name].attributes.get("create_only")
    ]
    if len(fixed) == 1 and fields[fixed[0]].schema.type == "str" and not fields[fixed[0]].schema.choices:
        return tuple(fixed)
    if "name" in create.properties:
        return ("name",)
    simple = [name for name in create.properties if fields[name].schema.type == "str"]
    return tuple(fixed or [name for name in simple if name in create.required] or simple[:1])


def _collection(description: Description, listing: Json | None, path: str) -> tuple[str, bool]:
    """The key of lists, and whether there is a form of them that is only an array."""
    raw = description.answer(listing)[1] or {}
    forms = [description.resolved(form) for form in (*raw.get("oneOf", ()), *raw.get("anyOf", ()))] or [raw]
    forms += [description.resolved(part) for form in forms for part in form.get("oneOf", ())]
    for form in forms:
        for name, part in form.get("properties", {}).items():
            if description.resolved(part).get("type") == "array":
                return str(name), any(each.get("type") == "array" for each in forms)
    return path.rpartition("/")[2].replace("-", "_"), any(each.get("type") == "array" for each in forms)


def scopes_of(operation: Json | None) -> tuple[str, ...]:
    """Those of which one is enough, and which a client gets for itself."""
    for way in (operation or {}).get("security", ()):
        for name, scopes in way.items():
            if "client" in name.lower() and scopes:
                return tuple(scopes)
    return ()


def _filter(name: str, schema: Schema, parameter: Json) -> Sketch:
    attributes, questions = _limits(schema), []
    if schema.type == "list":
        items = schema.items or Schema(type="str")
        attributes["elements"] = Sketch(_limits(items), [], items)
    if "comma" in str(parameter.get("description", "")).lower():
        questions.append("whether several values are separated by commas (a list, joined)")
    return Sketch(attributes, questions, schema)


def _limits(schema: Schema) -> dict[str, Any]:
    """The attributes that a schema alone says."""
    found: dict[str, Any] = {}
    if schema.type != "str":
        found["type"] = schema.type
    for word in ("choices", "minimum", "maximum", "min_length", "max_length"):
        value = getattr(schema, word)
        if value not in ((), None, 0) or (word in ("minimum", "maximum") and value == 0 and value is not None):
            found[word] = value
    if found.get("choices"):
        for word in ("min_length", "max_length"):
            found.pop(word, None)
    if schema.type == "str" and schema.format in _PATTERNS:
        found["pattern"], found["pattern_says"] = _PATTERNS[schema.format]
    elif schema.type == "str" and schema.pattern and not found.get("choices"):
        found["pattern"], found["pattern_says"] = schema.pattern, f"{DESCRIBE}the pattern in words, behind must"
    if schema.type == "str" and schema.format == "date-time":
        found["time"] = True
    return found


def field_sketch(
    name: str,
    create: Schema,
    update: Schema | None,
    answer: Schema | None,
    top: bool = False,
    of_creation: bool = False,
) -> Sketch:
    """What the objects around a field say of it. top: it is a field of the kind itself. of_creation: what is required
    is said by the creation, because the change does not tell the forms apart."""
    made, sent, shown = (None if around is None else around.properties.get(name) for around in (create, update, answer))
    # What a change takes is what most requests are.
    schema = sent or made or shown
    if schema is None:
        raise KeyError(name)
    # Null can only be sent; the rest is the same value.
    if schema.type == "raw" and made is not None and made.type != "raw":
        schema = made
    questions: list[str] = []
    read_only = made is None and sent is None
    attributes = _limits(schema)
    if made is not None and sent is not None and made.choices and sent.choices:
        attributes["choices"] = tuple(dict.fromkeys((*made.choices, *sent.choices)))
    if read_only:
        attributes = {word: value for word, value in attributes.items() if word in ("type", "time")}
        attributes["read_only"] = True
    changed = update if update is not None and name in update.properties else create
    demanding = create if top or of_creation else changed
    if name in demanding.required and not read_only:
        attributes["required"] = True
    if name in demanding.goes_with and not read_only:
        attributes["goes_with"] = demanding.goes_with[name]
    if not read_only and update is not None:
        if sent is None:
            attributes["create_only"] = True
        elif made is None and top:
            attributes["update_only"] = True
    nulls = sent.nullable if sent is not None else False
    if nulls and not read_only and top:
        attributes["nullable"] = True
    elif nulls and schema.type == "str":
        attributes["empty_is_null"] = True
    if top and name in create.chosen:
        decides, forms = create.chosen[name]
        attributes["chosen_by"] = decides
        attributes["variants"] = {
            value: {key: field_sketch(key, form, sent, shown, of_creation=True) for key in form.properties}
            for value, form in forms.items()
        }
        questions.append("whether a change of it is merged into what is there (merged), or replaces it")
    else:
        _inner(attributes, questions, schema, made, sent, shown, read_only)
    _ask(name, attributes, questions, schema, shown is not None or answer is None, read_only, top)
    handled = {
        "create": made is not None,
        "update": sent is not None,
        "answer": shown is not None,
        "required": top and name in create.required,
        "update_required": top and update is not None and name in update.required,
        "clearable": nulls,
        "null_at_create": made is not None and made.nullable,
        "default": made.default if made is not None else None,
    }
    return Sketch(attributes, questions, schema, handled)


def _inner(
    attributes: dict[str, Any],
    questions: list[str],
    schema: Schema,
    made: Schema | None,
    sent: Schema | None,
    shown: Schema | None,
    read_only: bool,
) -> None:
    """What is inside an object or a list."""
    if read_only:
        return
    if schema.type == "list":
        parts = [None if one is None else one.items for one in (made, sent, shown)]
        inner = parts[1] or parts[0]
        if inner is not None:
            attributes["elements"] = _object(inner, *parts)
            questions += attributes["elements"].questions
            if inner.type == "dict" and inner.properties:
                key = next((word for word in _KEYS if word in inner.properties), None)
                if key and "values" not in attributes["elements"].attributes:
                    attributes["key"] = key
                questions.append("what names an item of the list (key), or whether its order means something (ordered)")
    elif schema.type == "dict":
        whole = _object(schema, made, sent, shown)
        for word in ("min_length", "max_length"):
            attributes.pop(word, None)
        attributes.update(whole.attributes)
        questions += whole.questions
        questions.append("whether a change of it is merged into what is there (merged), or replaces it")


def _object(schema: Schema, made: Schema | None, sent: Schema | None, shown: Schema | None) -> Sketch:
    attributes, questions = _limits(schema), []
    if schema.type == "dict" and schema.min_length == schema.max_length == 1:
        attributes = {"type": "dict", "one_key": True}
    if schema.type == "dict" and schema.properties:
        around = made or sent or schema
        changed = sent if sent is not None and sent.properties else None
        names = dict.fromkeys((*around.properties, *(changed or around).properties))
        attributes["fields"] = {name: field_sketch(name, around, changed, shown) for name in names}
        if schema.forms > 1 and not schema.goes_with:
            questions.append(f"it has {schema.forms} forms: which keys go together (goes_with, one_key)")
    if schema.type == "dict" and schema.values is not None:
        attributes["values"] = Sketch(_limits(schema.values), [], schema.values)
    return Sketch(attributes, questions, schema)


def _ask(
    name: str,
    attributes: dict[str, Any],
    questions: list[str],
    schema: Schema,
    is_shown: bool,
    read_only: bool,
    top: bool,
) -> None:
    """What a schema never says."""
    if read_only:
        return
    if _SECRET.search(name) and schema.type in ("str", "raw"):
        questions.append("whether it is a secret (secret), or may be given with one by mistake (masked)")
    if not is_shown:
        questions.append("whether answers show it (write_only), or under another name (read_as)")
    if schema.type == "str" and (name.endswith(("_id", "_ids")) or str(schema.format).endswith("-id")) and name != "id":
        questions.append("whether it holds a value of another object (refers, local)")
    known = schema.format in (None, "date-time") or schema.format in _PATTERNS or "choices" in attributes
    if schema.type == "str" and not known:
        questions.append(f"what the format {schema.format} refuses (pattern, check)")
    if schema.type == "raw":
        questions.append("which types it can have: the description gives several, or none")
