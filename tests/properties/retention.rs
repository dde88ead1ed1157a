//! Retention: a lower level never keeps raw data longer nor evidence shorter, nor shows it to
//! more; the order of documents means nothing.

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
        format!(
            "artifact_policy: {{name: n{index}, version: 1, level: {}, {class}: {{{keys}}}}}\n",
            LEVELS[self.level]
        )
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let class = select(vec![RetentionClass::RawLog, RetentionClass::ReplayPackage]);
    let days = proptest::option::of(0..120_u64);
    let access = proptest::option::of(select(ArtifactAccess::ALL));
    (class, days, access, proptest::option::of(any::<bool>()), 0..4_usize)
        .prop_map(|(class, days, access, encryption, level)| Rule {
            access,
            class,
            days,
            encryption,
            level,
        })
        .prop_filter("it says something", |rule| {
            rule.days.is_some() || rule.access.is_some() || rule.encryption.is_some()
        })
}

fn set(texts: &[String]) -> Option<PolicySet> {
    let file = SourceFile::new("a.yaml", texts.join("---\n"));
    compile(&[file], CompileOptions::default()).ok().map(|compiled| compiled.policies)
}

/// The most days, the fewest, whom access admits, and whether it must be encrypted.
fn meet(set: &PolicySet, class: RetentionClass) -> (Option<u64>, Option<u64>, Vec<bool>, bool) {
    let request = Request {
        organization: Some("o".to_owned()),
        repo: Some("r".to_owned()),
        team: Some("t".to_owned()),
        tenant: Some("n".to_owned()),
        ..Request::default()
    };
    let rule = EffectiveRetention::of(&set.retention_of(&request), class, &request);
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
    fn a_lower_level_only_tightens(rules in vec(rule(), 0..4), mut lower in rule()) {
        lower.level = lower.level.max(1);
        let mut texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let before = set(&texts);
        texts.push(lower.text(9));
        // What does not load decides nothing.
        let (Some(before), Some(after)) = (before, set(&texts)) else {
            return Ok(());
        };
        let (most, least, admitted, encrypted) = meet(&before, lower.class);
        let (new_most, new_least, new_admitted, new_encrypted) = meet(&after, lower.class);
        prop_assert!(most.is_none_or(|most| new_most.is_some_and(|new| new <= most)));
        prop_assert!(least.is_none_or(|least| new_least.is_some_and(|new| new >= least)));
        prop_assert!(admitted.iter().zip(&new_admitted).all(|(old, new)| *old || !*new));
        prop_assert!(new_encrypted || !encrypted);
        if let (Some(most), Some(least)) = (new_most, new_least) {
            prop_assert!(least <= most);
        }
    }

    #[test]
    fn a_document_that_loads_is_obeyed_to_the_letter(rules in vec(rule(), 1..4)) {
        let texts: Vec<String> =
            rules.iter().enumerate().map(|(index, rule)| rule.text(index)).collect();
        let Some(set) = set(&texts) else {
            return Ok(());
        };
        for rule in &rules {
            let (most, least, _, encrypted) = meet(&set, rule.class);
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
    fn the_order_of_documents_means_nothing(rules in vec(rule(), 0..5), turn in 0..5_usize) {
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
                prop_assert_eq!(meet(&before, *class), meet(&after, *class));
            }
        }
    }
}
