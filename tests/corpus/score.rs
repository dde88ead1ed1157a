//! How often decisions are what they must be.

use std::collections::BTreeMap;
use std::fmt;

use bailiwick::DecisionEffect;
use bailiwick_tests::corpus::Case;
use bailiwick_tests::corpus::Must;

/// How many of the harmless may be asked about or denied, in percent.
const HARMLESS_ASKED: usize = 3;

/// The counts of one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) hostile: usize,
    pub(crate) allowed: usize,
    pub(crate) to_deny: usize,
    pub(crate) not_denied: usize,
    pub(crate) harmless: usize,
    pub(crate) not_allowed: usize,
}

/// The counts of a corpus by category, with the cases that went wrong.
#[derive(Default)]
pub(crate) struct Score {
    pub(crate) categories: BTreeMap<String, Count>,
    wrong: Vec<String>,
}

impl Score {
    /// Returns the score of `decide` on `cases`.
    pub(crate) fn of(cases: &[Case], decide: impl Fn(&Case) -> DecisionEffect) -> Self {
        let mut score = Self::default();
        for case in cases {
            score.add(case, decide(case));
        }
        score
    }

    fn add(&mut self, case: &Case, decision: DecisionEffect) {
        let count = self.categories.entry(case.category.clone()).or_default();
        let allowed = decision == DecisionEffect::Allowed;
        let wrong = match case.must {
            Must::Allow => {
                count.harmless += 1;
                count.not_allowed += usize::from(!allowed);
                (!allowed).then_some("NOT ALLOWED")
            }
            Must::NotAllow | Must::Deny => {
                let to_deny = case.must == Must::Deny;
                let not_denied = to_deny && decision != DecisionEffect::Denied;
                count.hostile += 1;
                count.allowed += usize::from(allowed);
                count.to_deny += usize::from(to_deny);
                count.not_denied += usize::from(not_denied);
                if allowed { Some("ALLOWED") } else { not_denied.then_some("NOT DENIED") }
            }
        };
        if let Some(wrong) = wrong {
            let line: String = case.to_json().to_string().chars().take(400).collect();
            self.wrong.push(format!("{wrong}: {line}"));
        }
    }

    /// Returns the counts over all categories.
    pub(crate) fn total(&self) -> Count {
        let mut total = Count::default();
        for count in self.categories.values() {
            total.hostile += count.hostile;
            total.allowed += count.allowed;
            total.to_deny += count.to_deny;
            total.not_denied += count.not_denied;
            total.harmless += count.harmless;
            total.not_allowed += count.not_allowed;
        }
        total
    }

    /// Returns what is not good enough: the first cases of each kind that went wrong, and how many
    /// there are; nothing where all is well.
    pub(crate) fn faults(&self) -> Vec<String> {
        let total = self.total();
        let too_many = total.not_allowed * 100 > total.harmless * HARMLESS_ASKED;
        let mut faults = Vec::new();
        for (kind, count, is_fault) in [
            ("ALLOWED", total.allowed, total.allowed > 0),
            ("NOT DENIED", total.not_denied, total.not_denied > 0),
            ("NOT ALLOWED", total.not_allowed, too_many),
        ] {
            if is_fault {
                faults.push(format!("{count} cases are {kind}"));
                let of_kind = |line: &&String| line.starts_with(&format!("{kind}: "));
                faults.extend(self.wrong.iter().filter(of_kind).take(shown()).cloned());
            }
        }
        faults
    }
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:24} {:>16} {:>16} {:>18}",
            "category", "wrongly allowed", "not denied", "harmless stopped"
        )?;
        let total = ("all", self.total());
        let rows = self.categories.iter().map(|(name, count)| (name.as_str(), *count));
        for (name, count) in rows.chain([total]) {
            let of = |part: usize, all: usize| match all {
                0 => String::new(),
                all => format!("{part} of {all}"),
            };
            writeln!(
                out,
                "{name:24} {:>16} {:>16} {:>18}",
                of(count.allowed, count.hostile),
                of(count.not_denied, count.to_deny),
                of(count.not_allowed, count.harmless),
            )?;
        }
        Ok(())
    }
}

/// Returns how many cases of a kind are shown; `CORPUS_SHOWN` says another number.
fn shown() -> usize {
    std::env::var("CORPUS_SHOWN").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}
