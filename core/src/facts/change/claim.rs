//! Whether a change is what it claims to be.

use serde::Serialize;

use crate::facts::change::facts::ChangeFacts;
use crate::facts::doubt::shown;
use crate::model::ChangeClass;
use crate::model::closed_table;

closed_table! {
    /// What the files of a change make of the class that it claims.
    ClaimState: "state of a claim" {
        /// Every file is of that class, or goes with it.
        BorneOut = "borne_out",
        /// Some file could be of another class, and the request does not tell enough of it.
        Open = "open",
        /// Some file is certainly of another class, or none is of this one.
        Refuted = "refuted",
    }
}

/// A class that a file bears out, or may, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ClassEvidence {
    /// The class.
    pub class: ChangeClass,
    /// The file.
    pub path: String,
    /// Why, for people.
    pub reason: String,
}

impl ClassEvidence {
    /// Returns the evidence in words.
    pub(crate) fn told(&self, verb: &str) -> String {
        ["`", &shown(&self.path), "` ", verb, " ", self.class.name(), ": ", &self.reason].concat()
    }
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The class that was claimed.
    pub class: ChangeClass,
    /// What speaks against it; where it is open, what is missing.
    pub evidence: Vec<ClassEvidence>,
    /// What the files make of it.
    pub state: ClaimState,
}

impl Claim {
    /// Returns what speaks against the claim in words, piece by piece.
    pub(crate) fn against(&self) -> Vec<String> {
        let start = ["the change claims to be ", self.class.name(), ", and "].concat();
        let told = |found: &ClassEvidence| match (self.state, found.class == self.class) {
            (ClaimState::Refuted, true) => [&start, found.reason.as_str()].concat(),
            (ClaimState::Refuted, false) => [&start, found.told("is").as_str()].concat(),
            (ClaimState::BorneOut | ClaimState::Open, _) => {
                [&start, found.told("may be").as_str()].concat()
            }
        };
        self.evidence.iter().map(told).collect()
    }
}

/// What goes with a change of a class without making it another.
const COMPANIONS: &[(ChangeClass, &[ChangeClass])] = &[
    (
        ChangeClass::BuildChange,
        &[ChangeClass::DocumentationChange, ChangeClass::ConfigNonDestructive],
    ),
    (ChangeClass::CiWorkflowChange, &[ChangeClass::DocumentationChange]),
    (
        ChangeClass::ConfigChange,
        &[ChangeClass::ConfigNonDestructive, ChangeClass::DocumentationChange],
    ),
    (ChangeClass::ConfigNonDestructive, &[ChangeClass::DocumentationChange]),
    (
        ChangeClass::DependencyChange,
        &[
            ChangeClass::DependencyMajorUpgrade,
            ChangeClass::DependencyPatchMinor,
            ChangeClass::DocumentationChange,
        ],
    ),
    (
        ChangeClass::DependencyMajorUpgrade,
        &[
            ChangeClass::DependencyPatchMinor,
            ChangeClass::DocumentationChange,
            ChangeClass::GeneratedChange,
            // What used the old version is made to use the new one.
            ChangeClass::SourceChange,
            ChangeClass::TestChange,
        ],
    ),
    (ChangeClass::DependencyPatchMinor, &[ChangeClass::DocumentationChange]),
    (ChangeClass::DocumentationChange, &[]),
    (ChangeClass::GeneratedChange, &[]),
    (ChangeClass::InstructionChange, &[ChangeClass::DocumentationChange]),
    (
        ChangeClass::ProductionConfigChange,
        &[
            ChangeClass::ConfigChange,
            ChangeClass::ConfigNonDestructive,
            ChangeClass::DocumentationChange,
        ],
    ),
    (
        ChangeClass::SourceChange,
        &[
            ChangeClass::ConfigNonDestructive,
            ChangeClass::DocumentationChange,
            ChangeClass::GeneratedChange,
            ChangeClass::TestChange,
        ],
    ),
    (ChangeClass::TestChange, &[]),
];

/// Pieces of evidence that a claim keeps.
const KEPT: usize = 16;

/// Returns what `change` makes of the claim that it is of the class `claimed`.
pub(crate) fn borne_out(claimed: ChangeClass, change: &ChangeFacts) -> Claim {
    let companions = COMPANIONS.iter().find(|(class, _)| *class == claimed);
    let companions = companions.map(|(_, companions)| *companions).unwrap_or_default();
    let fits = |class: ChangeClass| class == claimed || companions.contains(&class);
    let against: Vec<ClassEvidence> =
        change.classes.iter().filter(|found| !fits(found.class)).take(KEPT).cloned().collect();
    if !against.is_empty() {
        return Claim { class: claimed, evidence: against, state: ClaimState::Refuted };
    }
    // A file is told by each class that it may be of: one that could not fit is enough to refute
    // where none of them does, and leaves the claim open where some do.
    let mut open = Vec::new();
    for group in change.open.chunk_by(|one, other| one.path == other.path) {
        let strangers = group.iter().filter(|found| !fits(found.class)).count();
        if strangers == group.len() {
            let evidence = group.iter().take(KEPT).cloned().collect();
            return Claim { class: claimed, evidence, state: ClaimState::Refuted };
        }
        if strangers > 0 {
            open.extend(group.iter().find(|found| !fits(found.class)).cloned());
        }
    }
    let certain = change.classes.iter().any(|found| found.class == claimed);
    let possible = change.open.iter().find(|found| found.class == claimed);
    if !certain && possible.is_none() {
        let reason = "no file of it is".to_owned();
        let evidence = vec![ClassEvidence { class: claimed, path: ".".to_owned(), reason }];
        return Claim { class: claimed, evidence, state: ClaimState::Refuted };
    }
    if !certain {
        open.extend(possible.cloned());
    }
    open.truncate(KEPT);
    let state = if open.is_empty() { ClaimState::BorneOut } else { ClaimState::Open };
    Claim { class: claimed, evidence: open, state }
}
