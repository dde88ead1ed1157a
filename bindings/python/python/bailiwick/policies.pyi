from collections.abc import Mapping, Sequence
from os import PathLike

from . import _bailiwick
from .backtest import BacktestReport, RedecideReport
from .choices import ModelCandidate, ModelChoice
from .inputs import PolicyFiles, RedactionScope, Request, RulePackFile, Sink, State
from .outputs import (
    CheckReport,
    DecisionBatch,
    DecisionRecord,
    Effective,
    Explanation,
    Projection,
    TestReport,
)
from .retention import RetentionHold, RetentionItem, RetentionPlan

class Policies:
    def __init__(self, native: _bailiwick.Policies) -> None: ...
    @classmethod
    def load(cls, policies: PolicyFiles, *, strict: bool = ...) -> Policies: ...
    @classmethod
    def from_directory(cls, directory: str | PathLike[str], *, strict: bool = ...) -> Policies: ...
    def backtest(
        self,
        records: str,
        *,
        examples: int = ...,
        old_policies: PolicyFiles | None = ...,
    ) -> BacktestReport: ...
    def check(
        self,
        *,
        strict: bool = ...,
    ) -> CheckReport: ...
    def choose_model(
        self,
        request: Request,
        *,
        candidates: Sequence[ModelCandidate] | None = ...,
        state: State | None = ...,
        now: str | None = ...,
        what_if: bool = ...,
    ) -> ModelChoice: ...
    def effective(
        self,
        *,
        tenant: str | None = ...,
        organization: str | None = ...,
        team: str | None = ...,
        repo: str | None = ...,
        campaign_id: str | None = ...,
        task_id: str | None = ...,
        action: str | None = ...,
    ) -> Effective: ...
    def decide(
        self,
        request: Request | None = ...,
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
        request_text: str | None = ...,
        request_unreadable: str | None = ...,
        decision_id: str | None = ...,
    ) -> DecisionRecord: ...
    def decide_batch(
        self,
        requests: Sequence[Request],
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
    ) -> DecisionBatch: ...
    def explain(
        self,
        request: Request | None = ...,
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
        request_text: str | None = ...,
        request_unreadable: str | None = ...,
        decision_id: str | None = ...,
    ) -> Explanation: ...
    def redact(
        self,
        text: str,
        *,
        sink: Sink = ...,
        known: Sequence[str] = ...,
        key: str | None = ...,
        max_bytes: int | None = ...,
        packs: Sequence[str] = ...,
        rule_packs: Sequence[RulePackFile] = ...,
        path: str | None = ...,
        scope: RedactionScope | None = ...,
        seal_key: str | None = ...,
        explain: bool = ...,
    ) -> Projection: ...
    def redecide(
        self,
        records: str,
    ) -> RedecideReport: ...
    def retention_plan(
        self,
        items: Sequence[RetentionItem],
        *,
        now: str,
        holds: Sequence[RetentionHold] = ...,
    ) -> RetentionPlan: ...
    def test(
        self,
        cases: Mapping[str, str],
        *,
        filter: str = ...,
    ) -> TestReport: ...
