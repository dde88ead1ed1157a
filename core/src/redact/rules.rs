//! What a redactor goes by: packs, what is no secret, and what each sink may see.

use std::collections::BTreeMap;

use crate::document::CountsAs;
use crate::document::RedactAction;
use crate::facts::PathPattern;
use crate::model::Digest;
use crate::redact::RulePack;
use crate::redact::Sink;

/// The rules that hold for one scope: of all redaction policies that apply, the strictest.
///
/// Without any policy they are those of [`RedactionRules::default`]: the packs of every redactor,
/// and everything that is found is redacted.
#[derive(Clone, Debug, Default)]
pub struct RedactionRules {
    /// For each policy that has a say: by sink and name, what happens.
    pub(crate) actions: Vec<BTreeMap<Sink, BTreeMap<String, RedactAction>>>,
    pub(crate) allow: Vec<AllowedValue>,
    pub(crate) digests: Vec<Digest>,
    pub(crate) max_bytes: BTreeMap<Sink, usize>,
    /// Packs that policies add, and their own detectors as packs.
    pub(crate) packs: Vec<RulePack>,
}

/// A value that is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllowedValue {
    /// Every file where empty.
    pub(crate) paths: Vec<PathPattern>,
    pub(crate) rule: Option<String>,
    /// Hexadecimal digits.
    pub(crate) sha256: Option<String>,
    /// Every sink where empty.
    pub(crate) sinks: Vec<Sink>,
}

/// What was found, as policies speak of it.
#[derive(Clone, Copy, Debug)]
pub struct FoundValue<'f> {
    /// The figure that it counts for.
    pub counts_as: CountsAs,
    /// What its marker says.
    pub kind: &'f str,
    /// The file that it stands in, where that is known.
    pub path: Option<&'f str>,
    /// The detector.
    pub rule: &'f str,
    /// The value.
    pub value: &'f [u8],
}

impl RedactionRules {
    /// Returns every pack that is used: those of every redactor, then those that policies add.
    pub fn packs(&self) -> impl Iterator<Item = &RulePack> {
        let added = |name: &str| self.packs.iter().any(|pack| pack.name() == name);
        let default = RulePack::DEFAULT.iter().filter(move |name| !added(name));
        default.filter_map(|name| RulePack::built_in(name)).chain(&self.packs)
    }

    /// Returns the most bytes that `sink` sees, where a policy says so.
    pub fn max_bytes(&self, sink: Sink) -> Option<usize> {
        self.max_bytes.get(&sink).copied()
    }

    /// Returns the digest of the policies and packs: redaction went by these.
    pub fn digest(&self) -> Digest {
        let mut parts: Vec<&str> = self.digests.iter().map(Digest::as_str).collect();
        parts.extend(self.packs().map(|pack| pack.digest().as_str()));
        parts.sort_unstable();
        parts.dedup();
        Digest::of_parts("bailiwick/redaction-rules/1", parts.into_iter().map(str::as_bytes))
    }

    /// Returns what happens to `found` on its way to `sink`.
    ///
    /// Of all policies the strictest counts; what none speaks of is redacted. A secret that is
    /// not known by its hash never stays in what a model reads.
    pub fn action(&self, sink: Sink, found: &FoundValue<'_>) -> RedactAction {
        let guarded = sink == Sink::ModelContext && found.counts_as == CountsAs::SecretLikeToken;
        if self.is_allowed(sink, guarded, found) {
            return RedactAction::Keep;
        }
        let said = self.actions.iter().filter_map(|sinks| {
            let names = sinks.get(&sink)?;
            let of = |name: &str| names.get(name).copied();
            let exact = of(found.rule).max(of(found.kind));
            exact.or_else(|| of(found.counts_as.name())).or_else(|| of(DEFAULT))
        });
        let action = said.max().unwrap_or(RedactAction::Redact);
        if guarded { action.max(RedactAction::Redact) } else { action }
    }

    fn is_allowed(&self, sink: Sink, guarded: bool, found: &FoundValue<'_>) -> bool {
        let mut digest = None;
        self.allow.iter().any(|allowed| {
            if guarded && allowed.sha256.is_none() {
                return false;
            }
            let rule = allowed.rule.as_deref();
            rule.is_none_or(|rule| rule == found.rule || rule == found.kind)
                && (allowed.sinks.is_empty() || allowed.sinks.contains(&sink))
                && allowed.is_for(found.path)
                && allowed.sha256.as_ref().is_none_or(|expected| {
                    let digest = digest.get_or_insert_with(|| Digest::of(found.value));
                    digest.as_str().strip_prefix("sha256:") == Some(expected)
                })
        })
    }
}

impl AllowedValue {
    /// Returns true where it speaks of the file `path`.
    fn is_for(&self, path: Option<&str>) -> bool {
        if self.paths.is_empty() {
            return true;
        }
        let path = path.and_then(normalised);
        path.is_some_and(|path| self.paths.iter().any(|pattern| pattern.matches(&path)))
    }
}

impl RulePack {
    /// Returns what policies may call what it finds: detectors and kinds.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let detectors = self.detectors.iter();
        let detectors = detectors.flat_map(|it| [it.id.as_str(), it.kind.as_str()]);
        detectors.chain(self.keys.iter().map(|(_, kind)| kind.as_str()))
    }
}

/// Returns the path as patterns see it: from the root of the workspace, without `.` and `..`; none
/// where it is not known to lie in the workspace.
fn normalised(path: &str) -> Option<String> {
    if path.starts_with(SLASHES) {
        return None;
    }
    let mut names = Vec::new();
    for name in path.split(SLASHES) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// Some hosts write paths with the other one.
const SLASHES: [char; 2] = ['/', '\\'];
/// The name that stands for everything that is not named.
const DEFAULT: &str = "default";

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::AllowedValue;
    use super::FoundValue;
    use super::RedactionRules;
    use crate::document::CountsAs;
    use crate::document::RedactAction;
    use crate::facts::PathPattern;
    use crate::model::Digest;
    use crate::redact::Sink;

    const EMAIL: FoundValue<'_> = FoundValue {
        counts_as: CountsAs::EmailAddress,
        kind: "email",
        path: Some("docs/a.md"),
        rule: "email",
        value: b"a@b.example",
    };
    const TOKEN: FoundValue<'_> = FoundValue {
        counts_as: CountsAs::SecretLikeToken,
        kind: "jwt",
        path: Some("docs/a.md"),
        rule: "json_web_token",
        value: b"token",
    };

    fn says(
        sink: Sink,
        list: &[(&str, RedactAction)],
    ) -> BTreeMap<Sink, BTreeMap<String, RedactAction>> {
        let names = list.iter().map(|(name, action)| ((*name).to_owned(), *action));
        BTreeMap::from([(sink, names.collect())])
    }

    fn allowed() -> AllowedValue {
        AllowedValue { paths: Vec::new(), rule: None, sha256: None, sinks: Vec::new() }
    }

    #[test]
    fn what_no_policy_speaks_of_is_redacted() {
        let rules = RedactionRules::default();
        assert_eq!(rules.action(Sink::LogViewer, &EMAIL), RedactAction::Redact);
        assert!(rules.packs().count() >= 5);
    }

    #[test]
    fn of_several_policies_the_strictest_counts() {
        let keep = says(Sink::LogViewer, &[("email", RedactAction::Keep)]);
        let strict = says(Sink::LogViewer, &[("default", RedactAction::RemoveLine)]);
        let one = RedactionRules { actions: vec![keep.clone()], ..RedactionRules::default() };
        assert_eq!(one.action(Sink::LogViewer, &EMAIL), RedactAction::Keep);
        assert_eq!(one.action(Sink::ModelContext, &EMAIL), RedactAction::Redact);
        assert_eq!(one.action(Sink::LogViewer, &TOKEN), RedactAction::Redact);
        let both = RedactionRules { actions: vec![keep, strict], ..RedactionRules::default() };
        assert_eq!(both.action(Sink::LogViewer, &EMAIL), RedactAction::RemoveLine);
    }

    #[test]
    fn a_secret_stays_for_a_model_only_by_its_hash() {
        let everywhere = RedactionRules {
            actions: vec![says(Sink::ModelContext, &[("jwt", RedactAction::Keep)])],
            allow: vec![AllowedValue { rule: Some("jwt".to_owned()), ..allowed() }],
            ..RedactionRules::default()
        };
        assert_eq!(everywhere.action(Sink::ModelContext, &TOKEN), RedactAction::Redact);
        assert_eq!(everywhere.action(Sink::LogViewer, &TOKEN), RedactAction::Keep);
        let digest = Digest::of(b"token").as_str().replace("sha256:", "");
        let known = RedactionRules {
            allow: vec![AllowedValue { sha256: Some(digest), ..allowed() }],
            ..RedactionRules::default()
        };
        assert_eq!(known.action(Sink::ModelContext, &TOKEN), RedactAction::Keep);
        assert_eq!(known.action(Sink::ModelContext, &EMAIL), RedactAction::Redact);
    }

    #[test]
    fn a_path_allows_only_where_the_path_is_known() {
        let paths = vec![PathPattern::new("docs/**").unwrap()];
        let rules = RedactionRules {
            allow: vec![AllowedValue { paths, sinks: vec![Sink::LogViewer], ..allowed() }],
            ..RedactionRules::default()
        };
        assert_eq!(rules.action(Sink::LogViewer, &TOKEN), RedactAction::Keep);
        assert_eq!(rules.action(Sink::TraceViewer, &TOKEN), RedactAction::Redact);
        let nowhere = FoundValue { path: None, ..TOKEN };
        assert_eq!(rules.action(Sink::LogViewer, &nowhere), RedactAction::Redact);
        for path in ["src/a.rs", "docs/../.env", "docs/../../docs/a", "/docs/a", "docs\\..\\.env"] {
            let elsewhere = FoundValue { path: Some(path), ..TOKEN };
            assert_eq!(rules.action(Sink::LogViewer, &elsewhere), RedactAction::Redact, "{path}");
        }
        let spelt = FoundValue { path: Some("./src/../docs//a.md"), ..TOKEN };
        assert_eq!(rules.action(Sink::LogViewer, &spelt), RedactAction::Keep);
    }
}
