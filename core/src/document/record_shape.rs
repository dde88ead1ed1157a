//! Requests and states in YAML: what each key holds, so that a finding names the very key.

use crate::document::DocumentError;
use crate::document::Quoted;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::node::Entry;
use crate::document::node::NodeKind;
use crate::model::AutonomyLevel;
use crate::model::ChangeClass;
use crate::model::ChangeStatus;
use crate::model::ContentKind;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::ProjectionKind;
use crate::model::RetentionClass;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::Timestamp;
use crate::model::VerifierResult;

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number that is not negative and not above this.
    Count(u64),
    /// RFC 3339.
    Instant,
    /// A list of values of one shape.
    List(&'static Shape),
    /// A mapping of any keys to values of one shape.
    Map(&'static Shape),
    /// An entry of a closed table.
    Name(Table),
    /// A mapping with these keys.
    Object(&'static Keys),
    /// A text, or a mapping with these keys.
    TextOr(&'static Keys),
    /// Text.
    Text,
}

/// The keys of a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys {
    /// Each key and what it holds.
    pub(crate) known: &'static [(&'static str, Shape)],
    /// Those that must stand there.
    pub(super) required: &'static [&'static str],
    /// What has them.
    pub(super) of: &'static str,
}

impl Keys {
    pub(super) const fn sparse(of: &'static str, known: &'static [(&'static str, Shape)]) -> Self {
        Self { known, required: &[], of }
    }
}

/// A closed table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    has: fn(&str) -> bool,
    suggest: fn(&str) -> Option<&'static str>,
    what: &'static str,
}

macro_rules! table {
    ($name:ident) => {
        Shape::Name(Table {
            has: |name| $name::from_name(name).is_some(),
            suggest: $name::suggest,
            what: $name::WHAT,
        })
    };
}

const U32: u64 = u32::MAX as u64;

const ARTIFACT: &Keys = &Keys::sparse(
    "an artifact",
    &[
        ("class", table!(RetentionClass)),
        ("created_at", Shape::Instant),
        ("encrypted", Shape::Boolean),
        ("held", Shape::Boolean),
        ("id", Shape::Text),
        ("run", Shape::Text),
        ("tenant", Shape::Text),
    ],
);

const CHANGED_FILE: &Keys = &Keys {
    known: &[
        ("added", Shape::Count(U32)),
        ("after", Shape::Text),
        ("before", Shape::Text),
        ("from", Shape::Text),
        ("generated", Shape::Boolean),
        ("path", Shape::Text),
        ("removed", Shape::Count(U32)),
        ("status", table!(ChangeStatus)),
        ("symlink_target", Shape::Text),
    ],
    required: &["path"],
    of: "a changed file",
};

const CONTEXT_ITEM: &Keys = &Keys::sparse(
    "a context item",
    &[
        ("data_class", table!(DataClass)),
        ("found", Shape::List(&table!(ContentKind))),
        ("needed_because", Shape::Text),
        ("path", Shape::Text),
        ("projection", table!(ProjectionKind)),
        ("source", table!(DataSource)),
        ("tenant", Shape::Text),
    ],
);

const MODEL: &Keys = &Keys::sparse(
    "a model",
    &[
        (
            "cost",
            Shape::Object(&Keys {
                known: &[("amount", Shape::Text), ("currency", Shape::Text)],
                required: &["amount", "currency"],
                of: "a cost",
            }),
        ),
        ("data_class", table!(DataClass)),
        ("model", Shape::Text),
        ("name", Shape::Text),
        ("provider", Shape::Text),
        ("region", Shape::Text),
        ("tokens", Shape::Count(U32)),
        ("use_for", Shape::Text),
    ],
);

const PULL_REQUEST: &Keys = &Keys::sparse(
    "a pull request",
    &[
        ("base", Shape::Text),
        ("draft", Shape::Boolean),
        ("head", Shape::Text),
        ("number", Shape::Count(U32)),
        ("title", Shape::Text),
    ],
);

const SUBJECT: &Keys = &Keys::sparse(
    "a subject",
    &[
        ("id", Shape::Text),
        ("kind", Shape::Text),
        ("roles", Shape::List(&table!(Role))),
        ("team", Shape::Text),
        ("tenant", Shape::Text),
    ],
);

const TEXTS: Shape = Shape::List(&Shape::Text);

/// What a request holds.
pub(crate) const REQUEST: &Keys = &Keys::sparse(
    "a request",
    &[
        ("action", Shape::Text),
        ("argv", TEXTS),
        ("artifact", Shape::Object(ARTIFACT)),
        ("attributes", Shape::Map(&Shape::Any)),
        ("autonomy_level", table!(AutonomyLevel)),
        ("branch", Shape::Text),
        ("campaign_id", Shape::Text),
        ("change_class", table!(ChangeClass)),
        ("changed_files", Shape::List(&Shape::TextOr(CHANGED_FILE))),
        ("context_items", Shape::List(&Shape::Object(CONTEXT_ITEM))),
        ("cwd", Shape::Text),
        ("data_class", table!(DataClass)),
        ("diff", Shape::Text),
        ("env", Shape::Map(&Shape::Text)),
        ("git_attributes", Shape::Text),
        ("git_hardened", Shape::Boolean),
        ("host", Shape::Text),
        ("judge", Shape::Text),
        ("labels", TEXTS),
        ("links", Shape::Map(&Shape::Text)),
        ("model", Shape::Object(MODEL)),
        ("network_profile", Shape::Text),
        ("organization", Shape::Text),
        ("path", Shape::Text),
        ("paths", TEXTS),
        ("pr", Shape::Object(PULL_REQUEST)),
        ("repo", Shape::Text),
        ("risk_tier", table!(RiskTier)),
        ("run_id", Shape::Text),
        ("shell", Shape::Text),
        ("subject", Shape::Object(SUBJECT)),
        ("target_count", Shape::Count(U32)),
        ("task_class", Shape::Text),
        ("task_id", Shape::Text),
        ("team", Shape::Text),
        ("tenant", Shape::Text),
        ("tool", Shape::Text),
        ("tool_call_id", Shape::Text),
        ("url", Shape::Text),
        ("verifiers", Shape::Map(&table!(VerifierResult))),
        ("workspace", Shape::Text),
    ],
);

/// What a state holds.
pub(crate) const STATE: &Keys = &Keys::sparse(
    "a state",
    &[
        (
            "approvals",
            Shape::List(&Shape::Object(&Keys {
                known: &[
                    ("approval_id", Shape::Text),
                    ("approver", Shape::Object(SUBJECT)),
                    ("effective_policy_hash", Shape::Text),
                    ("expires_at", Shape::Instant),
                    ("granted_at", Shape::Instant),
                    ("request_hash", Shape::Text),
                ],
                required: &[
                    "approval_id",
                    "approver",
                    "effective_policy_hash",
                    "expires_at",
                    "granted_at",
                    "request_hash",
                ],
                of: "an approval",
            })),
        ),
        ("as_of", Shape::Instant),
        (
            "kill_switches",
            Shape::List(&Shape::Object(&Keys {
                known: &[
                    ("flag", table!(KillSwitchFlag)),
                    ("name", Shape::Text),
                    ("scope", table!(KillSwitchScope)),
                ],
                required: &["flag", "scope"],
                of: "a kill switch",
            })),
        ),
        ("now", Shape::Instant),
        ("usage", Shape::Map(&Shape::Count(super::decode::MAX_NUMBER))),
        ("usage_complete", Shape::Boolean),
        ("version", Shape::Text),
    ],
);

impl Decoder<'_> {
    /// Returns the value at `at` as JSON, checked against `shape`; keys without a value are left
    /// out, as they are in a sparse request.
    pub(crate) fn shaped(&mut self, at: &At<'_>, shape: Shape) -> Option<serde_json::Value> {
        match shape {
            Shape::Any => Some(at.node.to_json()),
            Shape::Boolean => self.boolean(at).map(Into::into),
            Shape::Count(maximum) => self.number(at, 0, maximum).map(Into::into),
            Shape::Instant => self.instant(at).map(|instant| instant.to_string().into()),
            Shape::List(inner) => self.shaped_list(at, *inner),
            Shape::Map(inner) => self.shaped_map(at, |_, _| Some(*inner)),
            Shape::Name(table) => self.named(
                at,
                table.what,
                |name| (table.has)(name).then(|| name.into()),
                table.suggest,
            ),
            Shape::Object(keys) => self.shaped_object(at, keys),
            Shape::TextOr(_) if at.entries().is_none() => self.shaped_text(at),
            Shape::TextOr(keys) => self.shaped_object(at, keys),
            Shape::Text => self.shaped_text(at),
        }
    }

    /// Returns the instant at `at`.
    pub(crate) fn instant(&mut self, at: &At<'_>) -> Option<Timestamp> {
        let text = self.text(at)?;
        let instant = text.parse().ok();
        if instant.is_none() {
            let text = Quoted::from(text.as_str());
            self.report(at, &DocumentError::InvalidInstant { text });
        }
        instant
    }

    /// Returns the text at `at`, which may be empty: an argument or a variable can be.
    fn shaped_text(&mut self, at: &At<'_>) -> Option<serde_json::Value> {
        match &at.node.kind {
            NodeKind::Text(text) => Some(text.as_str().into()),
            NodeKind::Integer(number) => Some(number.to_string().into()),
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                self.wrong_type(at, "text");
                None
            }
        }
    }

    fn shaped_list(&mut self, at: &At<'_>, inner: Shape) -> Option<serde_json::Value> {
        let Some(items) = at.items() else {
            self.wrong_type(at, "a list");
            return None;
        };
        let values = items.iter().map(|item| self.shaped(item, inner));
        values.collect::<Option<Vec<_>>>().map(Into::into)
    }

    /// Returns the mapping at `at`, whose keys are checked.
    pub(crate) fn shaped_object(
        &mut self,
        at: &At<'_>,
        keys: &'static Keys,
    ) -> Option<serde_json::Value> {
        let find = |name: &str| keys.known.iter().find(|(key, _)| *key == name);
        let known: Vec<&str> = keys.known.iter().map(|(key, _)| *key).collect();
        if let Some(entries) = at.entries() {
            for entry in entries {
                if find(&entry.key).is_none() {
                    self.unknown_key(at, entry, &known);
                }
            }
            for key in keys.required {
                let full = |entry: &Entry| entry.key == *key && entry.value.kind != NodeKind::Null;
                if !entries.iter().any(full) {
                    let of = keys.of;
                    self.report(at, &DocumentError::MissingKey { key, of });
                }
            }
        }
        self.shaped_map(at, |_, key| find(key).map(|(_, shape)| *shape))
    }

    fn shaped_map(
        &mut self,
        at: &At<'_>,
        shape_of: impl Fn(&mut Self, &str) -> Option<Shape>,
    ) -> Option<serde_json::Value> {
        let Some(entries) = at.entries() else {
            self.wrong_type(at, "a mapping");
            return None;
        };
        let mut object = serde_json::Map::new();
        for entry in entries {
            let empty = entry.value.kind == NodeKind::Null;
            let Some(shape) = shape_of(self, &entry.key) else {
                continue;
            };
            if empty && !matches!(shape, Shape::Any) {
                continue;
            }
            if let Some(value) = self.shaped(&at.entry(entry), shape) {
                object.insert(entry.key.clone(), value);
            }
        }
        Some(object.into())
    }
}
