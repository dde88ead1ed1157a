//! A package of one run, whole and not.

use std::collections::BTreeMap;

use crate::audit::AuditEvent;
use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::CheckpointTrust;
use crate::audit::EventType;
use crate::audit::GrowingLog;
use crate::audit::MerkleLog;
use crate::audit::Note;
use crate::audit::NoteSigner;
use crate::audit::PayloadLine;
use crate::audit::PayloadRef;
use crate::audit::TreeHashes;
use crate::audit::prove_inclusion;
use crate::model::DecisionEffect;
use crate::model::Value;
use crate::package::CHECKPOINT;
use crate::package::InclusionLine;
use crate::package::Investigation;
use crate::package::ItemState;
use crate::package::LOG;
use crate::package::MANIFEST;
use crate::package::MANIFEST_NOTE;
use crate::package::Manifest;
use crate::package::ManifestItem;
use crate::package::PAYLOADS;
use crate::package::PROOFS;
use crate::package::Package;
use crate::package::PackageItem;
use crate::package::PackageTrust;
use crate::package::Question;

const RUN: &str = "run_1";
const SALT: [u8; 32] = [5; 32];
const OUTPUT: &str = "exit 0";

fn event(number: usize, event_type: EventType, details: &[(&str, &str)]) -> AuditEvent {
    let details = details.iter();
    AuditEvent {
        action: event_type.name().to_owned(),
        actor: "dana".to_owned(),
        actor_type: "human".to_owned(),
        approval_id: None,
        audit_id: format!("aud_{number}"),
        created_at: "2026-07-04T10:00:00Z".parse().unwrap(),
        decision: None,
        decision_id: None,
        details: details
            .map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())))
            .collect(),
        event_type,
        matched_rules: Vec::new(),
        payloads: BTreeMap::new(),
        policy_version: None,
        request_hash: None,
        resource_id: RUN.to_owned(),
        resource_type: "run".to_owned(),
        result_hash: None,
        run_id: RUN.to_owned(),
        tenant_id: "ten_1".to_owned(),
    }
}

fn story() -> Vec<AuditEvent> {
    let mut decided = event(3, EventType::PolicyEvaluated, &[("intent", "run cargo test <x>")]);
    decided.decision = Some(DecisionEffect::Allowed);
    decided.decision_id = Some("pdec_1".to_owned());
    decided.approval_id = Some("appr_1".to_owned());
    decided.policy_version = Some("sha256:set".to_owned());
    decided.matched_rules = vec!["platform@1#shell".to_owned()];
    let mut granted = event(2, EventType::ApprovalGranted, &[("role", "Approver")]);
    granted.approval_id = Some("appr_1".to_owned());
    let mut executed = event(5, EventType::CommandExecuted, &[("ending", "exit 0")]);
    executed.decision_id = Some("pdec_1".to_owned());
    let until = Some("2026-07-11T00:00:00Z".parse().unwrap());
    let output = PayloadRef::new(&SALT, OUTPUT.as_bytes(), until).unwrap();
    executed.payloads = BTreeMap::from([("tool_output".to_owned(), output)]);
    let sandbox = [("adapter", "embedded"), ("credential", "none"), ("profile_digest", "sha256:p")];
    vec![
        event(0, EventType::RunOpened, &[("kill_switches", "campaign cmp_1")]),
        event(1, EventType::TaskSubmitted, &[("title", "migrate")]),
        granted,
        decided,
        event(4, EventType::SandboxCreated, &sandbox),
        executed,
        event(6, EventType::RunClosed, &[]),
    ]
}

fn signer() -> NoteSigner {
    NoteSigner::new("log.example/ten_1", &[9; 32]).unwrap()
}

fn trust() -> PackageTrust {
    let keys = vec![signer().key().clone()];
    PackageTrust {
        checkpoint: CheckpointTrust { keys, origin: None, witnesses: 0 },
        now: Some("2026-07-05T00:00:00Z".parse().unwrap()),
    }
}

/// Returns the files of the package of `story`, in a log with one other event before it.
fn files(story: Vec<AuditEvent>) -> BTreeMap<String, Vec<u8>> {
    let mut chain = Chain::new("ten_1", RUN);
    let entries: Vec<_> = story.into_iter().map(|event| chain.append(event).unwrap()).collect();
    let mut leaves = vec![[1; 32]];
    leaves.extend(entries.iter().map(|entry| entry.entry_hash.bytes().unwrap()));
    let (mut log, mut subtrees) = (MerkleLog::new(), TreeHashes::new());
    for leaf in &leaves {
        log.append(leaf);
        subtrees.append(leaf);
    }
    let mut growing = GrowingLog::new(log, None).unwrap();
    let note = growing.checkpoint("log.example/ten_1", &[signer()]).unwrap();
    let size = leaves.len() as u64;
    let mut proofs = String::new();
    for (at, entry) in entries.iter().enumerate() {
        let index = at as u64 + 1;
        let proof = prove_inclusion(&subtrees, index, size).unwrap();
        let proof = proof.iter().map(crate::model::Digest::from_bytes).collect();
        let line = InclusionLine { entry_hash: entry.entry_hash.clone(), index, proof };
        proofs.push_str(&(serde_json::to_string(&line).unwrap() + "\n"));
    }
    let shown = entries.iter().find(|entry| !entry.record.payloads.is_empty()).unwrap();
    let payload = PayloadLine::new(RUN, shown.seq, "tool_output", &SALT, OUTPUT);
    let log: String = entries.iter().map(|entry| entry.line.as_str()).collect();
    let mut files = BTreeMap::from([
        (LOG.to_owned(), log.into_bytes()),
        (PROOFS.to_owned(), proofs.into_bytes()),
        (CHECKPOINT.to_owned(), note.note().to_string().into_bytes()),
        (PAYLOADS.to_owned(), (serde_json::to_string(&payload).unwrap() + "\n").into_bytes()),
    ]);
    seal(&mut files);
    files
}

/// Writes the manifest of the files as they are.
fn seal(files: &mut BTreeMap<String, Vec<u8>>) {
    files.remove(MANIFEST);
    files.remove(MANIFEST_NOTE);
    let named = [
        (PackageItem::Log, LOG, ItemState::Captured),
        (PackageItem::Proofs, PROOFS, ItemState::Captured),
        (PackageItem::Checkpoint, CHECKPOINT, ItemState::Captured),
        (PackageItem::ToolResults, PAYLOADS, ItemState::Redacted),
    ];
    let items = named.into_iter().filter_map(|(item, path, state)| {
        let content = files.get(path)?;
        Some((item, ManifestItem::of_files(state, &[(path, content)])))
    });
    let now = "2026-07-04T11:00:00Z".parse().unwrap();
    let manifest = Manifest::new("ten_1", RUN, now, items.collect());
    let text = manifest.to_json().unwrap();
    let mut note = Note::new(Manifest::note_text(RUN, text.as_bytes())).unwrap();
    note.sign(&signer()).unwrap();
    files.insert(MANIFEST.to_owned(), text.into_bytes());
    files.insert(MANIFEST_NOTE.to_owned(), note.to_string().into_bytes());
}

fn investigate(files: BTreeMap<String, Vec<u8>>) -> Investigation {
    Investigation::of(&Package::read(files, &trust()).unwrap())
}

#[test]
fn a_whole_package_answers_all_thirteen_questions() {
    let found = investigate(files(story()));
    assert_eq!(found.package.verdict, AuditVerdict::Ok, "{:?}", found.package.problems);
    assert_eq!(found.answered(), 13, "{}", found.to_text());
    assert!(found.is_complete(), "{}", found.to_text());
    let of = |question: Question| {
        &found.answers.iter().find(|answer| answer.question == question).unwrap().answer
    };
    assert_eq!(of(Question::Initiator), "dana (human): migrate");
    assert_eq!(of(Question::Approval), "dana (human, Approver) by appr_1");
    assert_eq!(of(Question::Commands), "run cargo test <x> → exit 0");
    assert_eq!(of(Question::PullRequest), "no pull request was created");
    assert!(of(Question::Replay).contains("--type trace"), "{}", of(Question::Replay));
}

#[test]
fn without_the_approval_event_that_question_stays_open_and_says_why() {
    let mut story = story();
    story.remove(2);
    let found = investigate(files(story));
    let open: Vec<&str> = (found.answers.iter())
        .filter(|answer| !answer.answered)
        .map(|answer| answer.answer.as_str())
        .collect();
    assert_eq!(open, ["pdec_1 rests on appr_1, and no event says who gave it"]);
    assert!(!found.is_complete());
}

#[test]
fn a_manifest_that_nobody_signed_is_told() {
    let mut files = files(story());
    files.remove(MANIFEST_NOTE);
    let report = Package::read(files, &trust()).unwrap().report().clone();
    let missing = "manifest.note: it is missing: nobody vouches for the manifest";
    assert_eq!(report.problems, [missing]);
}

#[test]
fn nothing_counts_as_nothing_only_where_the_run_is_whole() {
    let mut files = files(story());
    let log = String::from_utf8(files[LOG].clone()).unwrap();
    let cut: String = log.split_inclusive('\n').take(5).collect();
    files.insert(LOG.to_owned(), cut.into_bytes());
    seal(&mut files);
    let found = investigate(files);
    assert_eq!(found.package.verdict, AuditVerdict::Truncated);
    let open: Vec<Question> = (found.answers.iter())
        .filter(|answer| !answer.answered)
        .map(|answer| answer.question)
        .collect();
    assert!(open.contains(&Question::PullRequest) && open.contains(&Question::Judge), "{open:?}");
}

#[test]
fn every_changed_byte_of_every_file_is_noticed() {
    let whole = files(story());
    for (path, content) in &whole {
        for at in (0..content.len()).step_by(5) {
            let mut edited = whole.clone();
            edited.get_mut(path).unwrap()[at] ^= 1;
            let noticed = match Package::read(edited, &trust()) {
                Err(_) => true,
                Ok(package) => !package.report().problems.is_empty(),
            };
            assert!(noticed, "{path} byte {at}");
        }
    }
}

#[test]
fn what_the_manifest_was_made_to_fit_is_still_noticed_by_proofs_and_commitments() {
    let whole = files(story());
    for path in [LOG, PROOFS, CHECKPOINT, PAYLOADS] {
        let content = whole[path].clone();
        for at in (0..content.len()).step_by(11) {
            let mut edited = whole.clone();
            edited.get_mut(path).unwrap()[at] ^= 1;
            if path == PAYLOADS && edited[path].iter().eq(content.iter()) {
                continue;
            }
            seal(&mut edited);
            let package = Package::read(edited, &trust()).unwrap();
            assert!(!package.report().is_ok(), "{path} byte {at}");
        }
    }
}

#[test]
fn missing_stray_and_hostile_files_are_named() {
    let mut missing = files(story());
    missing.remove(PROOFS);
    let report = Package::read(missing, &trust()).unwrap().report().clone();
    assert!(report.problems.iter().any(|problem| problem == "proofs.jsonl: it is missing"));
    let mut stray = files(story());
    stray.insert("../outside\n".to_owned(), Vec::new());
    let report = Package::read(stray, &trust()).unwrap().report().clone();
    let named = r"../outside\n: the manifest does not name it";
    assert!(report.problems.iter().any(|problem| problem == named), "{report:?}");
    let hostile = files(story());
    let text = String::from_utf8(hostile[MANIFEST].clone()).unwrap();
    for path in ["../log.jsonl", "/log.jsonl", "a//b", ".hidden", "manifest.json", "a\\\\b", ""] {
        let edited = text.replace("\"log.jsonl\"", &format!("\"{path}\""));
        assert_ne!(edited, text);
        let read = Manifest::from_json(edited.as_bytes());
        assert!(read.is_err(), "{path}");
    }
    assert!(Package::read(BTreeMap::new(), &trust()).is_err());
}

#[test]
fn an_unsigned_or_foreign_checkpoint_anchors_nothing() {
    let foreign = PackageTrust {
        checkpoint: CheckpointTrust {
            keys: vec![NoteSigner::new("log.example/ten_1", &[8; 32]).unwrap().key().clone()],
            ..CheckpointTrust::default()
        },
        ..trust()
    };
    let package = Package::read(files(story()), &foreign).unwrap();
    assert_eq!(package.report().verdict, AuditVerdict::UnknownKey);
    let nobody = PackageTrust { checkpoint: CheckpointTrust::default(), ..trust() };
    let package = Package::read(files(story()), &nobody).unwrap();
    assert_eq!(package.report().verdict, AuditVerdict::OkUnanchored);
    assert!(package.report().is_ok());
}

#[test]
fn a_payload_that_is_gone_in_time_leaves_its_question_open() {
    let mut files = files(story());
    files.remove(PAYLOADS);
    seal(&mut files);
    let late = PackageTrust { now: Some("2026-08-01T00:00:00Z".parse().unwrap()), ..trust() };
    let found = Investigation::of(&Package::read(files.clone(), &late).unwrap());
    assert_eq!(found.package.verdict, AuditVerdict::PayloadExpired);
    let output = found.answers.iter().find(|answer| answer.question == Question::Output).unwrap();
    let why = "the outputs of 1 are not there, kept until 2026-07-11T00:00:00Z";
    assert_eq!((output.answered, output.answer.as_str()), (false, why));
    let early = Package::read(files, &trust()).unwrap();
    assert_eq!(early.report().verdict, AuditVerdict::PayloadMissingEarly);
}

#[test]
fn the_page_needs_nothing_else_and_escapes_what_it_shows() {
    let page = investigate(files(story())).to_html();
    assert!(page.contains("run cargo test &lt;x&gt; → exit 0"), "{page}");
    for stranger in ["<script", "http://", "https://", "src=", "<x>"] {
        assert!(!page.contains(stranger), "{stranger}");
    }
    assert!(page.contains("default-src 'none'"));
}
