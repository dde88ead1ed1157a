//! A real build with the host's toolchain, without network and without the host's home.

use std::fs;
use std::time::Duration;

use bailiwick_runtime::port::sandbox::Exit;
use bailiwick_runtime::sandbox::toolchain;

use crate::support::adapters;
use crate::support::err;
use crate::support::out;
use crate::support::shell;
use crate::support::workspace;

#[test]
fn cargo_builds_and_tests_a_crate_inside() {
    let toolchain = toolchain::discover().unwrap();
    for sandbox in adapters() {
        let workspace = workspace();
        let manifest = "[package]\nname = \"tiny\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        fs::write(workspace.path().join("Cargo.toml"), manifest).unwrap();
        fs::create_dir(workspace.path().join("src")).unwrap();
        let source = "fn main() { println!(\"built inside\"); }\n\
                      #[test] fn adds() { assert_eq!(1 + 1, 2); }\n";
        fs::write(workspace.path().join("src/main.rs"), source).unwrap();
        let line = "cargo build --offline && target/debug/tiny && cargo test --offline";
        let mut request = shell(workspace.path(), line);
        request.extra_read_only.clone_from(&toolchain.read_only);
        request.env.clone_from(&toolchain.env);
        request.protected = vec![".git".into()];
        request.limits.wall = Duration::from_secs(300);
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!(outcome.exit, Exit::Code(0), "{} {}", out(&outcome), err(&outcome));
        assert!(out(&outcome).contains("built inside"));
        assert!(out(&outcome).contains("1 passed"));
    }
}

#[test]
fn the_toolchain_brings_no_home_along() {
    let toolchain = toolchain::discover().unwrap();
    for folder in &toolchain.read_only {
        assert!(folder.join("bin/rustc").exists());
        assert!(!folder.join("credentials.toml").exists());
        assert!(!folder.ends_with(".cargo") && !folder.ends_with(".rustup"));
    }
}
