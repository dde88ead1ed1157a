"""Which model to call, and why no other: the shapes of what goes in and what comes out."""

from __future__ import annotations

from typing import TypedDict

from .inputs import DataClass
from .outputs import Location, Obligation


class _CandidateRequired(TypedDict):
    model: str
    provider: str


class ModelCandidate(_CandidateRequired, total=False):
    """A model that the host could call."""

    available: bool
    region: str | None


# `class` is a keyword, so the functional form.
_LabelRequired = TypedDict(
    "_LabelRequired",
    {"because": str, "class": DataClass, "piece": str},
)


class LabelReason(_LabelRequired, total=False):
    """One label of data; without `policy` it is of the built-in table."""

    location: Location
    policy: str


_LabelClass = TypedDict("_LabelClass", {"class": DataClass | None})


class DataLabel(_LabelClass):
    """What the data of a request is: the stricter label wins."""

    reasons: list[LabelReason]
    seen: DataClass | None


class _ChosenRequired(TypedDict):
    model: str
    provider: str
    obligations: list[Obligation]


class ChosenModel(_ChosenRequired, total=False):
    """A model that may be called."""

    location: Location
    policy: str
    region: str


class _RefusalRequired(TypedDict):
    code: str
    message: str


class RefusalReason(_RefusalRequired, total=False):
    """One reason why a model is refused."""

    location: Location
    policy: str
    rule: str


class _ModelRefusalRequired(TypedDict):
    model: str
    provider: str
    reasons: list[RefusalReason]


class ModelRefusal(_ModelRefusalRequired, total=False):
    """A model that is refused, with every reason."""

    region: str


class ModelChoice(TypedDict):
    """Which model to call."""

    chosen: ChosenModel | None
    data: DataLabel
    explanation: str
    fallbacks: list[ChosenModel]
    refused: list[ModelRefusal]
