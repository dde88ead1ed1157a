"""The shapes of a provenance: the record, and what its signed statements say."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

ProblemCode: TypeAlias = Literal[
    "base64_invalid",
    "bundle_empty",
    "commit_mismatch",
    "digest_algorithm_unknown",
    "digest_invalid",
    "digest_missing",
    "digest_mixed",
    "document_mismatch",
    "keyid_missing",
    "keyid_other",
    "keyid_repeated",
    "member_missing",
    "member_repeated",
    "member_type",
    "member_unknown",
    "not_canonical",
    "not_json",
    "not_signed",
    "number_unsafe",
    "patch_mismatch",
    "payload_type_unknown",
    "predicate_type_unknown",
    "resource_empty",
    "signature_false",
    "signature_form",
    "statement_type_unknown",
    "statements_disagree",
    "subject_kind_missing",
    "subject_missing",
    "subject_repeated",
    "timestamp_invalid",
    "timestamp_order",
    "too_large",
    "too_many",
    "uri_invalid",
]

VersionedPart: TypeAlias = Literal[
    "agent_runtime",
    "prompt_contract",
    "system_prompt",
    "tool_schema",
    "verifier_profile",
    "policy",
    "sandbox_image",
    "model_router",
    "repository_base",
    "context_manifest",
    "judge_rubric",
    "redaction_policy",
]


class ProvenanceProblem(TypedDict):
    """One thing that is wrong; line 0 where it is about no line of the bundle."""

    code: ProblemCode
    line: int
    message: str
    path: str


class SignedStatement(TypedDict):
    """A statement of a bundle, and the trusted keys that signed it."""

    build_type: str | None
    builder_id: str | None
    finished_on: str | None
    invocation_id: str | None
    line: int
    signers: list[str]
    started_on: str | None
    subjects: list[str]


class ProvenanceReport(TypedDict):
    """What became of a bundle; it is verified where nothing is wrong."""

    problems: list[ProvenanceProblem]
    statements: list[SignedStatement]
    verified: bool


class SignedProvenance(TypedDict):
    """The signed statements about a change, one envelope a line."""

    bundle: str
    document_digest: str
    key_ids: list[str]
    public_keys: list[str]


class ShownStatement(TypedDict):
    """A statement as it stands, not verified."""

    problems: list[ProvenanceProblem]
    statement: str


class ShownProvenance(TypedDict):
    """What a record or a bundle says."""

    missing_versions: list[VersionedPart]
    provenance: dict[str, Any] | None
    statements: list[ShownStatement]
    text: str
