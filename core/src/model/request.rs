//! A request: who wants to do what, on what, under which circumstances (design section 4).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::model::Action;
use crate::model::ArtifactUse;
use crate::model::AutonomyLevel;
use crate::model::CanonicalError;
use crate::model::ChangeClass;
use crate::model::ContextItem;
use crate::model::DataClass;
use crate::model::Digest;
use crate::model::HashKey;
use crate::model::Money;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::Value;
use crate::model::canonical::canonical_json_without;
use crate::model::table::closed_table;
use crate::model::value::unique_map;

/// A request, flat and sparse: what is absent was not said.
///
/// # Example
/// ```
/// let request: bailiwick::Request =
///     serde_json::from_str(r#"{"tool": "file.read", "path": "src/lib.rs"}"#)?;
/// assert_eq!(request.action_name(), Some("file.read"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The words of a command; not beside `shell`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub argv: Vec<String>,
    /// The artifact in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact: Option<ArtifactUse>,
    /// Anything else that rules may read as `attributes.<name>`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_map")]
    pub attributes: BTreeMap<String, Value>,
    /// The mode that is asked for; absent means the effective one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autonomy_level: Option<AutonomyLevel>,
    /// The branch worked on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The campaign that the run belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<String>,
    /// The class that the change claims to be of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_class: Option<ChangeClass>,
    /// The files of the change; absent where the action changes none or does not know yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_files: Option<Vec<ChangedFile>>,
    /// The pieces of what a model would see, or of what is retrieved for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub context_items: Vec<ContextItem>,
    /// The working directory of a command, absolute or relative to the workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// The class of the data in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_class: Option<DataClass>,
    /// The change as `git diff` prints it; or `git diff --name-status -z`, or `--raw -z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// Variables set for a command.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_map")]
    pub env: BTreeMap<String, String>,
    /// The text of `.gitattributes` at the root of the repository, before the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git_attributes: Option<String>,
    /// The host runs git with hooks, filters, pagers and aliases off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git_hardened: Option<bool>,
    /// The host to reach, where there is no URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// What the judge said, such as `passed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// Labels on the task or pull request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Links in the workspace: name → `symlink:TARGET` or `hardlink:TARGET`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_map")]
    pub links: BTreeMap<String, String>,
    /// The model to call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelUse>,
    /// The egress profile of the sandbox, such as `no-egress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_profile: Option<String>,
    /// The organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// One path that is read or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Paths that are read or changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The pull request in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pr: Option<PullRequest>,
    /// The repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    /// How much depends on the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_tier: Option<RiskTier>,
    /// The run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// A shell line; not beside `argv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shell: Option<String>,
    /// Who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// How many repositories a campaign targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_count: Option<u32>,
    /// The class of the task, such as `dependency_patch_minor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_class: Option<String>,
    /// The task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The team that owns the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The action; `action` is read too. With `changed_files` or `diff` and no tool: `change.propose`.
    #[serde(skip_serializing_if = "Option::is_none", alias = "action")]
    pub tool: Option<String>,
    /// The call that the request is made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_call_id: Option<String>,
    /// The URL to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What verifiers said: name → `passed`, `failed` or `flaky`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_map")]
    pub verifiers: BTreeMap<String, VerifierResult>,
    /// The root of the workspace, absolute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
}

impl Request {
    /// What may come after an approval.
    const UNBOUND: &'static [&'static str] = &["judge", "labels", "tool_call_id", "verifiers"];

    /// Returns the name of the action as the request gives it, or what its fields imply.
    pub fn action_name(&self) -> Option<&str> {
        match &self.tool {
            Some(tool) => Some(tool),
            None => {
                let change = self.changed_files.is_some() || self.diff.is_some();
                change.then_some(Action::ChangePropose.name())
            }
        }
    }

    /// Returns the action; `None` where it is unknown or not given.
    pub fn action(&self) -> Option<Action> {
        self.action_name().and_then(Action::from_name)
    }

    /// Returns the hash that approvals bind to: the canonical request without `tool_call_id`,
    /// `verifiers`, `judge` and `labels`, which may come later.
    ///
    /// # Errors
    /// Where an attribute holds a number that has no canonical form.
    pub fn hash(&self, key: Option<&HashKey>) -> Result<Digest, CanonicalError> {
        let action = self.action().map(Action::name);
        let text = if action.is_none_or(|name| self.tool.as_deref() == Some(name)) {
            canonical_json_without(self, Self::UNBOUND)?
        } else {
            let named = Self { tool: action.map(str::to_owned), ..self.clone() };
            canonical_json_without(&named, Self::UNBOUND)?
        };
        Ok(match key {
            Some(key) => key.digest(text.as_bytes()),
            None => Digest::of(text.as_bytes()),
        })
    }

    /// Returns true where it tells what is in the files of a change, not only their names.
    pub(crate) fn tells_content(&self) -> bool {
        let mut files = self.changed_files.iter().flatten();
        self.diff.is_some() || files.any(|file| file.before.is_some() || file.after.is_some())
    }

    /// Returns true where the pull request in question is a draft.
    pub fn is_draft(&self) -> bool {
        self.pr.as_ref().and_then(|pr| pr.draft) == Some(true)
    }
}

/// Who asks, or who approved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subject {
    /// The id, such as `user:ana` or `agent-worker-17`.
    pub id: String,
    /// What it is: `human`, `service`, `installation`, `worker` or `capability`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The roles it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// The team it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The tenant it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

closed_table! {
    /// What happened to a file.
    ChangeStatus: "change status" {
        /// It is new.
        Added = "added",
        /// It is a copy.
        Copied = "copied",
        /// It is gone.
        Deleted = "deleted" | "removed",
        /// Its content or mode differs.
        Modified = "modified",
        /// It has another name.
        Renamed = "renamed",
    }
}

closed_table! {
    /// What a verifier said.
    VerifierResult: "verifier result" {
        /// It failed.
        Failed = "failed",
        /// It passed and failed on the same input.
        Flaky = "flaky",
        /// It passed.
        Passed = "passed",
    }
}

/// A changed file: in text a plain path, or an object with what is known of the change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangedFile {
    /// Lines added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<u32>,
    /// Its text after the change, where what it declares is to be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Its text before the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The path before a rename or copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Written by a generator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated: Option<bool>,
    /// The path.
    pub path: String,
    /// Lines removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<u32>,
    /// What happened to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ChangeStatus>,
    /// Where it points, if it is a symbolic link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symlink_target: Option<String>,
}

impl<'de> Deserialize<'de> for ChangedFile {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Object {
            added: Option<u32>,
            after: Option<String>,
            before: Option<String>,
            from: Option<String>,
            generated: Option<bool>,
            path: String,
            removed: Option<u32>,
            status: Option<ChangeStatus>,
            symlink_target: Option<String>,
        }

        struct FileVisitor;
        impl<'de> serde::de::Visitor<'de> for FileVisitor {
            type Value = ChangedFile;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, or an object with `path`")
            }

            fn visit_str<E>(self, path: &str) -> Result<ChangedFile, E> {
                Ok(ChangedFile { path: path.to_owned(), ..ChangedFile::default() })
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                access: A,
            ) -> Result<ChangedFile, A::Error> {
                let object =
                    Object::deserialize(serde::de::value::MapAccessDeserializer::new(access))?;
                Ok(ChangedFile {
                    added: object.added,
                    after: object.after,
                    before: object.before,
                    from: object.from,
                    generated: object.generated,
                    path: object.path,
                    removed: object.removed,
                    status: object.status,
                    symlink_target: object.symlink_target,
                })
            }
        }
        deserializer.deserialize_any(FileVisitor)
    }
}

/// The model that a request would call, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelUse {
    /// What the call is expected to cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
    /// The highest data class in what it would see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_class: Option<DataClass>,
    /// The model's name.
    #[serde(skip_serializing_if = "Option::is_none", alias = "name")]
    pub model: Option<String>,
    /// The provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The region that it runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Tokens that the call adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u32>,
    /// What it is used for, such as `planning_and_repair`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_for: Option<String>,
}

/// The pull request that a request would create or change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PullRequest {
    /// The branch it would merge into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// It is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// The branch it would merge from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
