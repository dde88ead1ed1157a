//! The mapping of section 16, and which events show each control.

use crate::audit::AuditRecord;
use crate::audit::EventType;
use crate::model::Action;
use crate::model::DecisionEffect;
use crate::model::Value;

/// One row of section 16.
pub(super) struct Concern {
    pub(super) concern: &'static str,
    pub(super) controls: &'static [Control],
    /// Practices of NIST SP 800-218, version 1.1.
    pub(super) practices: &'static [&'static str],
    /// Requirements of SLSA 1.2.
    pub(super) requirements: &'static [&'static str],
}

/// One control of a row, and the events that show that it was at work.
pub(super) struct Control {
    pub(super) control: &'static str,
    /// What is looked for, for people.
    pub(super) looked_for: &'static str,
    pub(super) signs: &'static [Sign],
}

/// An event that shows a control.
pub(super) struct Sign {
    pub(super) event_type: EventType,
    needs: Needs,
}

/// What an event must have besides its type.
enum Needs {
    /// It is of this action.
    Action(Action),
    /// One of these texts is among its details, and not empty.
    Detail(&'static [&'static str]),
    Nothing,
    /// It carries the hash of what came out, or of what stands behind it.
    Result,
    /// Its verifier is named like a scanner.
    Scanner,
}

const fn sign(event_type: EventType) -> Sign {
    Sign { event_type, needs: Needs::Nothing }
}

impl Sign {
    /// Returns true where `record` shows the control. What failed or was denied was not done; that a
    /// policy denied is what a policy is for.
    pub(super) fn shows(&self, record: &AuditRecord) -> bool {
        let denied = record.decision == Some(DecisionEffect::Denied)
            && self.event_type != EventType::PolicyEvaluated;
        let undone = ["failed", "unfulfilled"].iter().any(|it| record.details.contains_key(*it));
        record.event_type == self.event_type && !denied && !undone && self.needs.are_met(record)
    }
}

impl Needs {
    fn are_met(&self, record: &AuditRecord) -> bool {
        let text = |name: &str| record.details.get(name).and_then(Value::as_text);
        match self {
            Self::Action(action) => record.action == action.name(),
            Self::Detail(names) => {
                names.iter().any(|name| text(name).is_some_and(|text| !text.is_empty()))
            }
            Self::Nothing => true,
            Self::Result => record.result_hash.is_some() || !record.payloads.is_empty(),
            Self::Scanner => {
                let verifier = text("verifier").unwrap_or_default().to_ascii_lowercase();
                SCANNERS.iter().any(|part| verifier.contains(part))
            }
        }
    }
}

/// Parts of the names of verifiers that look for vulnerabilities. The report says how many there
/// were, so that a name that misleads can be seen.
const SCANNERS: &[&str] = &[
    "audit",
    "bandit",
    "codeql",
    "cve",
    "dependency",
    "osv",
    "sast",
    "scan",
    "secret",
    "security",
    "semgrep",
    "snyk",
    "trivy",
    "vuln",
];

pub(super) const CONCERNS: &[Concern] = &[
    Concern {
        concern: "secure development practice",
        controls: &[
            Control {
                control: "policy",
                looked_for: "decisions on requests",
                signs: &[sign(EventType::PolicyEvaluated)],
            },
            Control {
                control: "verifier",
                looked_for: "verifiers that were run",
                signs: &[sign(EventType::VerifierExecuted)],
            },
            Control {
                control: "review",
                looked_for: "approvals, and judgements of a judge",
                signs: &[
                    sign(EventType::ApprovalGranted),
                    sign(EventType::JudgeExecuted),
                    sign(EventType::TaskApproved),
                ],
            },
            Control {
                control: "audit",
                looked_for: "chains that were opened and closed",
                signs: &[sign(EventType::RunOpened), sign(EventType::RunClosed)],
            },
        ],
        practices: &["PO.1", "PO.3", "PO.4"],
        requirements: &["source track: continuous technical controls"],
    },
    Concern {
        concern: "vulnerability mitigation",
        controls: &[Control {
            control: "dependency or security scanner",
            looked_for: "verifiers that are named like a scanner",
            signs: &[Sign { event_type: EventType::VerifierExecuted, needs: Needs::Scanner }],
        }],
        practices: &["PW.4", "PW.7", "PW.8", "RV.1"],
        requirements: &[],
    },
    Concern {
        concern: "provenance",
        controls: &[
            Control {
                control: "run trace",
                looked_for: "calls of models and tools, commands, changes of files",
                signs: &[
                    sign(EventType::CommandExecuted),
                    sign(EventType::FileChanged),
                    sign(EventType::ModelCalled),
                    sign(EventType::ToolCalled),
                ],
            },
            Control {
                control: "artifact hash",
                looked_for: "changes and results with the hash of what came out",
                signs: &[
                    Sign { event_type: EventType::FileChanged, needs: Needs::Result },
                    Sign { event_type: EventType::VerifierExecuted, needs: Needs::Result },
                ],
            },
            Control {
                control: "pull request evidence",
                looked_for: "pull requests that name their provenance by its digest",
                signs: &[Sign {
                    event_type: EventType::PrCreated,
                    needs: Needs::Detail(&["provenance_digest"]),
                }],
            },
        ],
        practices: &["PS.3"],
        requirements: &["build track: provenance exists"],
    },
    Concern {
        concern: "tampering prevention",
        controls: &[
            Control {
                control: "sandbox",
                looked_for: "sandboxes that were created",
                signs: &[sign(EventType::SandboxCreated)],
            },
            Control {
                control: "signed artifact",
                looked_for: "nothing: no event of a log tells that an artifact was signed",
                signs: &[],
            },
            Control {
                control: "immutable audit",
                looked_for: "closed chains, which this report verified, and signed checkpoints",
                signs: &[sign(EventType::RunClosed), sign(EventType::CheckpointSigned)],
            },
        ],
        practices: &["PO.5", "PS.1", "PS.2"],
        requirements: &["build track: isolated", "build track: provenance is unforgeable"],
    },
    Concern {
        concern: "review",
        controls: &[
            Control {
                control: "pull request orchestration",
                looked_for: "pull requests that were created or updated",
                signs: &[sign(EventType::PrCreated), sign(EventType::PrUpdated)],
            },
            Control {
                control: "approval",
                looked_for: "approvals that were given",
                signs: &[sign(EventType::ApprovalGranted), sign(EventType::TaskApproved)],
            },
        ],
        practices: &["PW.7"],
        requirements: &["source track: two-party review"],
    },
    Concern {
        concern: "traceability",
        controls: &[
            Control {
                control: "task",
                looked_for: "tasks that were submitted",
                signs: &[sign(EventType::TaskSubmitted)],
            },
            Control {
                control: "run",
                looked_for: "runs that were opened",
                signs: &[sign(EventType::RunOpened)],
            },
            Control {
                control: "patch",
                looked_for: "files that were changed",
                signs: &[sign(EventType::FileChanged)],
            },
            Control {
                control: "pull request",
                looked_for: "pull requests that were created",
                signs: &[sign(EventType::PrCreated)],
            },
            Control {
                control: "merge",
                looked_for: "merges",
                signs: &[Sign {
                    event_type: EventType::ToolCalled,
                    needs: Needs::Action(Action::PrMerge),
                }],
            },
        ],
        practices: &["PO.3", "PS.3"],
        requirements: &["source track: history"],
    },
    Concern {
        concern: "reproducibility",
        controls: &[
            Control {
                control: "pinned repository snapshot",
                looked_for: "clones that name the commit",
                signs: &[Sign {
                    event_type: EventType::RepositoryCloned,
                    needs: Needs::Detail(&["base_sha", "commit"]),
                }],
            },
            Control {
                control: "container image digest",
                looked_for: "sandboxes that name the digest of their image",
                signs: &[Sign {
                    event_type: EventType::SandboxCreated,
                    needs: Needs::Detail(&["image_digest"]),
                }],
            },
        ],
        practices: &["PO.5", "PS.3", "PW.6"],
        requirements: &["build track: provenance exists"],
    },
];
