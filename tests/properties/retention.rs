//! Retention: a lower level never keeps raw data longer nor evidence shorter, nor shows it to
//! more; the order of documents means nothing.

use bailiwick::Action;
use bailiwick::ArtifactAccess;
use bailiwick::CompileOptions;
use bailiwick::EffectiveRetention;
use bailiwick::PolicySet;
use bailiwick::Request;
use bailiwick::RetentionClass;
use bailiwick::Role;
use bailiwick::SourceFile;
use bailiwick::compile;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::config;

/// A document of one class at one level.
#[derive(Clone, Debug)]
struct Rule {
    access: Option<ArtifactAccess>,
    class: RetentionClass,
    days: Option<u64>,
    encryption: Option<bool>,
    level: usize,
    scope: Option<(&'static str, &'static str)>,
}

const LEVELS: [&str; 4] = ["platform", "organization", "team", "repository"];

impl Rule {
    fn text(&self, index: usize) -> String {
        let mut keys = Vec::new();
        keys.extend(self.access.map(|word| format!("access: {word}")));
        keys.extend(self.days.map(|days| format!("retention_days: {days}")));
        let word = |required| if required { "required" } else { "optional" };
        keys.extend(self.encryption.map(|required| format!("encryption: {}", word(required))));
        let (class, keys) = (self.class, keys.join(", "));
        let scope = self.scope.map(|(key, name)| format!("{key}: {name}, ")).unwrap_or_default();
        format!(
            "artifact_policy: {{name: n{index}, version: 1, level: {}, {scope}{class}: {{{keys}}}}}\n",
            LEVELS[self.level]
        )
    }

    /// Returns true where it is for what the whole request is about.
    fn is_met(&self) -> bool {
        self.scope.is_none_or(|(key, name)| (key, name) != ("team", "other"))
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let class = select(vec![RetentionClass::RawLog, RetentionClass::ReplayPackage]);
    let days = proptest::option::of(0..120_u64);
    let access = proptest::option::of(select(ArtifactAccess::ALL));
    let scope = [("organization", "o"), ("repo", "r"), ("team", "t"), ("team", "other")];
    let scope = proptest::option::of(select(scope.to_vec()));
    (class, days, access, proptest::option::of(any::<bool>()), 0..4_usize, scope)
        .prop_map(|(class, days, access, encryption, level, scope)| Rule {
            access,
            class,
            days,
            encryption,
            level,
            scope,
        })
        .prop_filter("it says something", |rule| {
            rule.days.is_some() || rule.access.is_some() || rule.encryption.is_some()
        })
}

fn set(texts: &[String]) -> Option<PolicySet> {
    let file = SourceFile::new("a.yaml", texts.join("---\n"));
    compile(&[file], CompileOptions::default()).ok().map(|compiled| compiled.policies)
}

/// What a thing is of, as far as it says so.
fn about(organization: bool, repo: bool, team: bool) -> Request {
    let named = |said: bool, name: &str| said.then(|| name.to_owned());
    Request {
        organization: named(organization, "o"),
        repo: named(repo, "r"),
        team: named(team, "t"),
        tenant: named(true, "n"),
        ..Request::default()
    }
}

fn any_about() -> impl Strategy<Value = Request> {
    let said = any::<bool>;
    let some = (said(), said(), said()).prop_map(|(one, two, three)| about(one, two, three));
    prop_oneof![Just(about(true, true, true)), some]
}

/// The most days, the fewest, whom access admits, and whether it must be encrypted.
fn meet(
    set: &PolicySet,
    class: RetentionClass,
    request: &Request,
) -> (Option<u64>, Option<u64>, Vec<bool>, bool) {
    let documents = set.retention_of(request, Action::ArtifactDelete, false);
    let rule = EffectiveRetention::of(&documents, class, request);
    let mut admitted = Vec::new();
    for role in Role::ALL {
        for member in [false, true] {
            admitted.push(rule.access.iter().all(|(word, _)| word.admits(*role, member)));
        }
    }
    let days = |limit: &Option<(u64, _)>| limit.as_ref().map(|(days, _)| *days);
    (days(&rule.at_most), days(&rule.at_least), admitted, rule.encryption.is_some())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_lower_level_only_tightens(
        rules in vec(rule(), 0..4), mut lower in rule(), request in any_about(),
    ) {
        lower.level = lower.level.max(1);
        let mut texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let before = set(&texts);
        texts.push(lower.text(9));
        // What does not load decides nothing.
        let (Some(before), Some(after)) = (before, set(&texts)) else {
            return Ok(());
        };
        let (most, least, admitted, encrypted) = meet(&before, lower.class, &request);
        let (new_most, new_least, new_admitted, new_encrypted) = meet(&after, lower.class, &request);
        prop_assert!(most.is_none_or(|most| new_most.is_some_and(|new| new <= most)));
        prop_assert!(least.is_none_or(|least| new_least.is_some_and(|new| new >= least)));
        prop_assert!(admitted.iter().zip(&new_admitted).all(|(old, new)| *old || !*new));
        prop_assert!(new_encrypted || !encrypted);
        // Where it is not said whose a thing is, the fewest days of others may count.
        let whole = request == about(true, true, true);
        if let (Some(most), Some(least), true) = (new_most, new_least, whole) {
            prop_assert!(least <= most);
        }
    }

    #[test]
    fn what_is_not_said_to_be_anybodys_is_not_kept_shorter(
        rules in vec(rule(), 1..4), request in any_about(),
    ) {
        let texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let Some(set) = set(&texts) else {
            return Ok(());
        };
        for rule in &rules {
            let (most, least, ..) = meet(&set, rule.class, &about(true, true, true));
            let (doubtful_most, doubtful_least, ..) = meet(&set, rule.class, &request);
            prop_assert!(doubtful_most >= most, "{most:?} {doubtful_most:?}");
            prop_assert!(doubtful_least >= least, "{least:?} {doubtful_least:?}");
        }
    }

    #[test]
    fn a_document_that_loads_is_obeyed_to_the_letter(rules in vec(rule(), 1..4)) {
        let texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let Some(set) = set(&texts) else {
            return Ok(());
        };
        for rule in rules.iter().filter(|rule| rule.is_met()) {
            let request = about(true, true, true);
            let (most, least, _, encrypted) = meet(&set, rule.class, &request);
            let Some(days) = rule.days else { continue };
            if rule.class.is_evidence() {
                prop_assert!(least.is_some_and(|least| least >= days));
            } else {
                prop_assert!(most.is_some_and(|most| most <= days));
            }
            prop_assert!(encrypted || rule.encryption != Some(true));
        }
    }

    #[test]
    fn the_order_of_documents_means_nothing(
        rules in vec(rule(), 0..5), turn in 0..5_usize, request in any_about(),
    ) {
        let mut texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let before = set(&texts);
        texts.reverse();
        let middle = turn.min(texts.len());
        texts.rotate_left(middle);
        let after = set(&texts);
        prop_assert_eq!(before.is_some(), after.is_some());
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert_eq!(before.digest(), after.digest());
            for class in RetentionClass::ALL {
                let (before, after) =
                    (meet(&before, *class, &request), meet(&after, *class, &request));
                prop_assert_eq!(before, after);
            }
        }
    }
}
