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
        let program = std::env::var_os("LEAK_OLD")
            .unwrap_or_else(|| env!("CARGO_BIN_EXE_bailiwick-runtime").into());
        Command::new(program)
            .args(["demo", "--repo"])
            .arg(&repository)
            .arg("--script")
            .arg(self.folder.path().join("script.yaml"))
            .args(std::env::var_os("LEAK_OLD").is_none().then_some("--secrets"))
            .args(
                std::env::var_os("LEAK_OLD")
                    .is_none()
                    .then_some(self.folder.path().join("secrets")),
            )
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
    let log = reports.iter().find(|(path, _)| path.ends_with("verification-1-unit_tests.txt"));
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
    std::fs::remove_dir_all(run.path("demo/runs")).unwrap();
    assert_eq!(run.found(&output, "demo"), nothing());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["mismatches"], serde_json::json!([]));
}
