//! Secrets are planted in the repository, the build log, the environment, the secret store and
//! everything that the model says; then every byte that the run left behind is searched.

mod evidence;
mod plant;
mod repository;
mod script;

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use serde_json::Value;

use self::evidence::left_in;
use self::plant::Planted;

/// A run under way to being made.
struct Run {
    folder: tempfile::TempDir,
    named: Vec<String>,
    planted: Planted,
}

impl Run {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut planted = Planted::default();
        let named = vec![planted.words("the secret store"), planted.words("the environment")];
        let run = Self { folder, named, planted };
        std::fs::create_dir(run.path("temporary")).unwrap();
        run
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program on the planted repository and script, in an environment of secrets.
    fn run(&mut self, folder: &str, arguments: &[&str]) -> Output {
        let repository = self.path("payment-service");
        if !repository.exists() {
            repository::make(&repository, &mut self.planted, &self.named);
            let script = script::script(&mut self.planted, &self.named);
            std::fs::write(self.path("script.yaml"), script).unwrap();
            let secrets = format!("# The gateway's.\nGATEWAY_WORDS={}\n", self.named[0]);
            std::fs::write(self.path("secrets"), secrets).unwrap();
        }
        let planted = &mut self.planted;
        Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
            .args(["demo", "--repo"])
            .arg(&repository)
            .arg("--script")
            .arg(self.folder.path().join("script.yaml"))
            .arg("--secrets")
            .arg(self.folder.path().join("secrets"))
            .arg("--dir")
            .arg(self.folder.path().join(folder))
            .args(arguments)
            .env("TMPDIR", self.folder.path().join("temporary"))
            .env("PAYMENTS_DATABASE", planted.database("the environment"))
            .env("PAYMENTS_TOKEN", planted.code_host("the environment"))
            .env("PAYMENTS_PASSWORD", &self.named[1])
            .output()
            .unwrap()
    }

    /// Returns what was found where, in all that `output` and the folders hold.
    fn found(&self, output: &Output, folder: &str) -> Vec<String> {
        let mut left = left_in(&self.path(folder), &self.path("payment-service"));
        left.extend(left_in(&self.path("temporary"), &self.path("payment-service")));
        assert!(left.len() > 20, "{}", String::from_utf8_lossy(&output.stderr));
        left.push(("standard output".to_owned(), output.stdout.clone()));
        left.push(("standard error".to_owned(), output.stderr.clone()));
        let found = left.iter().flat_map(|(place, bytes)| {
            let found = self.planted.in_bytes(bytes);
            found.into_iter().map(move |what| format!("{what}: in {place}"))
        });
        found.collect()
    }
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn no_secret_is_in_anything_that_a_run_leaves_behind() {
    let mut run = Run::new();
    let output = run.run("demo", &[]);
    assert_eq!(run.found(&output, "demo"), nothing());
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("Pull request  #1 (draft)"), "{said}");

    // The log was really seen, and its secrets were in it.
    let reports = left_in(&run.path("demo/artifacts"), Path::new("/"));
    let report = |(path, _): &&(String, Vec<u8>)| {
        path.ends_with("verification-1-unit_tests.txt") && !path.starts_with("the name")
    };
    let log = reports.iter().find(report);
    let log = String::from_utf8_lossy(&log.unwrap().1).into_owned();
    assert!(log.contains(repository::LAST_LINE), "{log}");
    assert!(log.matches("[REDACTED:").count() > 20, "{log}");

    // What is said of it later says no more.
    let output = Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
        .args(["retention", "apply", "--execute", "--now", "2036-01-01T00:00:00Z", "--dir"])
        .arg(run.path("demo"))
        .output()
        .unwrap();
    assert_eq!(run.found(&output, "demo"), nothing());
}

#[test]
fn no_secret_is_in_what_programs_are_told_of_a_run() {
    let mut run = Run::new();
    let output = run.run("demo", &["--format", "json", "--keep"]);
    // The workspace stays where that is asked for; it is the repository itself.
    std::fs::remove_dir_all(run.path("demo/kept")).unwrap();
    assert_eq!(run.found(&output, "demo"), nothing());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["mismatches"], serde_json::json!([]));
}

#[test]
fn what_stops_a_run_says_no_secret_either() {
    let mut run = Run::new();
    drop(run.run("demo", &[]));
    let script = std::fs::read_to_string(run.path("script.yaml")).unwrap();
    let token = run.planted.code_host("a script that is wrong");
    let words = run.named[0].clone();
    for (folder, wrong, code) in [
        ("shape", script.replace("\"say\"", &format!("\"{token}\"")), 2),
        ("yaml", format!("{token}: [\n{words}: {words}: {words}"), 2),
        ("branch", script.replace("agent/pay", &format!("agent/{token}")), 2),
        ("campaign", script.replace("cmp_retry_policy_v2", &words), 2),
        ("verifier", script.replace("unit_tests", &words), 2),
    ] {
        std::fs::write(run.path("script.yaml"), wrong).unwrap();
        let output = run.run(folder, &[]);
        assert_eq!(output.status.code(), Some(code), "{folder}");
        assert_eq!(run.planted.in_bytes(&output.stderr), nothing(), "{folder}");
        assert_eq!(run.planted.in_bytes(&output.stdout), nothing(), "{folder}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "), "{folder}");
    }
    std::fs::write(run.path("script.yaml"), script).unwrap();
    std::fs::write(run.path("secrets"), format!("A={words}\n{token}\n")).unwrap();
    let output = run.run("refused", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(run.planted.in_bytes(&output.stderr), nothing());
    assert!(!run.path("refused/journal.db").exists());
}
