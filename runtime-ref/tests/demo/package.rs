//! The replay package of a demonstration: whole, the same each time, and enough for every question.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use bailiwick::AuditVerdict;
use bailiwick::CheckpointTrust;
use bailiwick::Investigation;
use bailiwick::ItemState;
use bailiwick::LOG;
use bailiwick::Package;
use bailiwick::PackageItem;
use bailiwick::PackageTrust;
use bailiwick::Question;
use serde_json::Value;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::files;
use crate::support::report;
use crate::support::text;

fn made(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"));
    command.args(["package", "--dir"]).arg(folder).args(arguments).output().unwrap()
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Returns the files of an archive, as another program unpacks it.
fn unpacked(archive: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "tar", &["-xf", archive.to_str().unwrap()]);
    below(folder.path())
}

fn below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = |(path, content): (String, Vec<u8>)| {
        let path = Path::new(&path).strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, content)
    };
    files(folder, "none").into_iter().map(named).collect()
}

fn read(folder: &Path, files: BTreeMap<String, Vec<u8>>) -> Package {
    let keys = std::fs::read_to_string(folder.join("audit.vkey")).unwrap();
    let keys = keys.lines().map(|key| key.parse().unwrap()).collect();
    let checkpoint = CheckpointTrust { keys, ..CheckpointTrust::default() };
    Package::read(files, &PackageTrust { checkpoint, now: None }).unwrap()
}

fn answer(found: &Investigation, question: Question) -> (bool, String) {
    let answer = found.answers.iter().find(|answer| answer.question == question).unwrap();
    (answer.answered, answer.answer.clone())
}

#[test]
fn the_package_of_the_demonstration_is_whole_and_answers_every_question() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(folder.path(), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let report = report(&output);
    let archive = PathBuf::from(report["places"]["Package"].as_str().unwrap());
    let name = format!("packages/{}.tar", report["run_id"].as_str().unwrap());
    assert!(archive.ends_with(name));
    let files = unpacked(&archive);
    let package = read(folder.path(), files.clone());
    assert_eq!(package.report().problems, Vec::<String>::new());
    assert_eq!(package.report().verdict, AuditVerdict::Ok);
    let found = Investigation::of(&package);
    assert_eq!(found.answered(), 13, "{}", found.to_text());
    let (_, approval) = answer(&found, Question::Approval);
    assert!(approval.starts_with("user:ben (human, Approver) by appr_"), "{approval}");
    assert_eq!(
        answer(&found, Question::Initiator).1,
        "user:ana (human): migrate RetryPolicy config from v1 to v2"
    );
    let (_, stop) = answer(&found, Question::Stop);
    assert!(stop.contains("campaign cmp_retry_policy_v2, repository payment-service"), "{stop}");
    let absent: Vec<PackageItem> = package
        .manifest()
        .items
        .iter()
        .filter(|(_, item)| !item.state.has_files())
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(absent, [PackageItem::ContextProjection, PackageItem::JudgePacket]);
    let policies = package.manifest().item(PackageItem::EffectivePolicy).unwrap();
    assert_eq!((policies.state, policies.files.len()), (ItemState::Captured, 15));

    every_make_is_the_same(folder.path(), &archive, &files);
    without_the_approval_that_question_is_open(folder.path(), &files);
    the_patch_gives_the_tree_that_was_committed(&files);
}

/// Made again, as an archive and as a folder, it has the same bytes.
fn every_make_is_the_same(folder: &Path, archive: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let again = folder.join("again.tar");
    let output = made(folder, &["--out", again.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(std::fs::read(&again).unwrap() == std::fs::read(archive).unwrap());
    let out = folder.join("unpacked");
    let to_folder = ["--out", out.to_str().unwrap()];
    assert_eq!(made(folder, &to_folder).status.code(), Some(0));
    assert!(below(&out) == *files);
    // What is there is not written over.
    assert_eq!(made(folder, &to_folder).status.code(), Some(1));
    // In its place it is made once, and only its owner reads it.
    let output = made(folder, &[]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), archive.to_str().unwrap());
    for path in [again.as_path(), archive] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}

fn without_the_approval_that_question_is_open(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let mut edited = files.clone();
    let log = String::from_utf8(edited[LOG].clone()).unwrap();
    let granted = |line: &&str| line.contains("\"event_type\":\"approval.granted\"");
    assert_eq!(log.lines().filter(granted).count(), 1);
    let left: String = log.split_inclusive('\n').filter(|line| !granted(line)).collect();
    edited.insert(LOG.to_owned(), left.into_bytes());
    let package = read(folder, edited);
    assert!(!package.report().is_ok());
    let (answered, why) = answer(&Investigation::of(&package), Question::Approval);
    assert!(!answered && why.ends_with("and no event says who gave it"), "{why}");
}

fn the_patch_gives_the_tree_that_was_committed(files: &BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["patch.diff", "base.pack"] {
        std::fs::write(folder.path().join(name), &files[name]).unwrap();
    }
    run(folder.path(), "git", &["init", "-q", "--bare", "clone"]);
    let clone = folder.path().join("clone");
    let pack = std::fs::File::open(folder.path().join("base.pack")).unwrap();
    let unpacked = std::process::Command::new("git")
        .args(["index-pack", "--stdin", "--fsck-objects"])
        .current_dir(&clone)
        .stdin(pack)
        .output()
        .unwrap();
    assert!(unpacked.status.success(), "{unpacked:?}");
    let log = String::from_utf8(files[LOG].clone()).unwrap();
    let records = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let details: Vec<Value> = records.map(|line| line["record"]["details"].clone()).collect();
    let committed = details.iter().find(|of| of["commit"].is_string() && of["tree"].is_string());
    let cloned = details.iter().find(|of| of["credential"] == "none: the remote is a local path");
    let base = cloned.unwrap()["commit"].as_str().unwrap();
    // The files that the change does not touch are not there, so no secret of theirs is.
    let all = run(&clone, "git", &["cat-file", "--batch-check", "--batch-all-objects"]);
    assert!(all.lines().filter(|line| line.contains(" blob ")).count() == 3, "{all}");
    run(&clone, "git", &["read-tree", &format!("{base}^{{tree}}")]);
    run(&clone, "git", &["apply", "--cached", "../patch.diff"]);
    let tree = run(&clone, "git", &["write-tree", "--missing-ok"]);
    assert_eq!(tree, committed.unwrap()["tree"].as_str().unwrap());
}

#[test]
fn policies_that_the_run_was_not_decided_on_by_are_not_packed_and_a_run_that_is_not_there_is_refused()
 {
    let folder = tempfile::tempdir().unwrap();
    let (script, dir) = (folder.path().join("script.yaml"), folder.path().join("demo"));
    std::fs::write(&script, SHORT).unwrap();
    let output = demo(&dir, &["--script", script.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    let other = "platform_policy:\n  name: other\n  version: 1\n  allowed_actions: [file.read]\n";
    std::fs::write(policies.join("other.yaml"), other).unwrap();
    let out = folder.path().join("out");
    let arguments = ["--policies", policies.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = made(&dir, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let package = read(&dir, below(&out));
    let item = package.manifest().item(PackageItem::EffectivePolicy).unwrap();
    let why = "the policies at hand are not those of the run";
    assert_eq!((item.state, item.why.as_deref()), (ItemState::HashOnly, Some(why)));

    let output = made(&dir, &["--run", "run_none"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("[package_not_closed]"), "{}", text(&output));
    assert!(!dir.join("packages/run_none.tar").exists());
}
