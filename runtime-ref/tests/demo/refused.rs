//! What stops it before anything happens.

use std::path::Path;

use crate::support::demo;
use crate::support::text;

#[test]
fn policies_that_cannot_be_read_stop_it_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    std::fs::write(policies.join("a.yaml"), "platform_policy:\n  allowed_actions: [file.read\n")
        .unwrap();
    let dir = folder.path().join("demo");
    let output = demo(&dir, &["--policies", policies.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("a.yaml:"), "{}", text(&output));
    assert!(!dir.exists());
}

#[test]
fn without_a_sandbox_no_command_is_run() {
    use bailiwick_runtime::port::sandbox::Exit;
    use bailiwick_runtime::port::sandbox::Limits;
    use bailiwick_runtime::port::sandbox::SandboxRequest;
    use bailiwick_runtime::sandbox::Choice;
    use bailiwick_runtime::sandbox::select_with;

    // In our own sandbox there is no way to make another.
    let program = Path::new(env!("CARGO_BIN_EXE_bailiwick-runtime"));
    let sandbox = select_with(Choice::Auto, program).unwrap();
    let workspace = tempfile::tempdir().unwrap();
    let request = SandboxRequest {
        argv: ["bailiwick-runtime", "demo", "--dir", "demo"].map(str::to_owned).to_vec(),
        workspace: workspace.path().to_path_buf(),
        cwd: Default::default(),
        env: [(
            "PATH".to_owned(),
            format!("{}:/usr/bin:/bin", program.parent().unwrap().display()),
        )]
        .into(),
        limits: Limits::default(),
        protected: Vec::new(),
        writable: true,
        extra_read_only: vec![program.parent().unwrap().to_path_buf()],
    };
    let outcome = sandbox.run(&request).unwrap();
    let said = String::from_utf8_lossy(&outcome.stderr);
    assert_eq!(outcome.exit, Exit::Code(3), "{said}");
    assert!(said.contains("no sandbox, so no command is run"), "{said}");
    assert!(said.contains("help: allow unprivileged user namespaces"), "{said}");
    assert!(!workspace.path().join("demo").exists());
}
