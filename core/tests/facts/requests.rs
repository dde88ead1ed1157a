//! Paths, links, changes, hosts and patterns.

use bailiwick::ChangeClass;
use bailiwick::HostError;
use bailiwick::NamePattern;
use bailiwick::PathPattern;
use bailiwick::PathTouch;
use bailiwick::UnknownKind;
use bailiwick::host_matches;
use bailiwick::host_of;
use serde_json::json;

use crate::facts;
use crate::is_denied_by;
use crate::paths;
use crate::write;

#[test]
fn a_path_has_one_spelling_however_it_is_written() {
    for path in [
        "src/lib.rs",
        "./src//lib.rs",
        "src/../src/./lib.rs",
        "/ws/repo/src/lib.rs",
        "../repo/src/lib.rs",
        "src\\lib.rs",
    ] {
        let facts = write(path);
        assert_eq!(paths(&facts), ["src/lib.rs"], "{path}");
        assert_eq!(facts.paths.unknown, None, "{path}");
    }
}

#[test]
fn a_path_that_cannot_be_placed_in_the_workspace_is_unreadable() {
    for path in [
        "",
        "..",
        "../x",
        "src/../../x",
        "/etc/passwd",
        "/ws/repo-evil/x",
        "/ws",
        "~/.ssh/id_rsa",
        "~root/x",
        "$HOME/.aws/credentials",
        "${HOME}/x",
        "%USERPROFILE%\\x",
        "C:\\Windows\\x",
        "c:x",
        "\\\\server\\share\\x",
        "//server/share",
        "\\\\?\\C:\\x",
        "a\0b",
        "a\nb",
        "a\u{202e}b",
        "%2e%2e/x",
        "..%2fx",
        "a/%00",
        "a/%ff",
        "/proc/1/root/etc/passwd",
        "a/.. /.. /x",
        "．．/x",
        &"a/".repeat(3000),
        &"a".repeat(300),
    ] {
        let facts = write(path);
        assert_eq!(facts.paths.unknown, Some(UnknownKind::Unreadable), "{path:?}: {facts:?}");
        assert!(facts.unknowns.iter().any(|unknown| unknown.attribute == "paths"));
    }
}

#[test]
fn a_disguised_path_still_meets_the_pattern_that_forbids_it() {
    for (path, pattern) in [
        (".GIT/config", ".git"),
        (".git./config", ".git"),
        (".git ::$INDEX_ALLOCATION/config", ".git"),
        ("git~1/config", ".git"),
        ("GIT~1/hooks/pre-commit", ".git"),
        (".g\u{200c}it/config", ".git"),
        (".\u{fe0f}git/config", ".git"),
        ("%2egit/config", ".git"),
        ("sub\\.git\\hooks", ".git"),
        ("gitmod~1", ".gitmodules"),
        ("INFRA/prod/main.tf", "infra/prod"),
        ("infra%2Fprod/main.tf", "infra/prod"),
        ("infra/PROD./main.tf", "infra/prod"),
        ("\u{2024}github/workflows/build.yml", ".github/workflows/**"),
        (".gith\u{1d562}b/../.github/workflows/x.yml", ".github/workflows"),
        ("．ｇｉｔｈｕｂ/workflows/x.yml", ".github/workflows"),
        (".github/w\u{043e}rkflows/x.yml", ".github/workflows"),
        (".env:stream", ".env"),
        ("ENV~1", ".env"),
        ("ſecrets/key", "secrets/"),
        ("secrets", "secrets/"),
        ("cafe\u{301}/x", "caf\u{e9}"),
    ] {
        let facts = write(path);
        assert!(is_denied_by(&facts, pattern), "{path}: {:?}", facts.paths);
    }
    assert!(!is_denied_by(&write(".envrc.md"), ".envrc"));
    assert!(!is_denied_by(&write("src/git.rs"), ".git"));
}

#[test]
fn a_link_is_what_it_points_at() {
    let linked = |path: &str, name: &str, target: &str| {
        facts(json!({"tool": "file.write", "path": path, "links": {name: target}}))
    };
    assert_eq!(
        paths(&linked("docs/notes", "docs/notes", "symlink:../.env")),
        [".env", "docs/notes"]
    );
    assert_eq!(
        paths(&linked("w/x.yml", "w", "symlink:.github/workflows")),
        [".github/workflows/x.yml", "w/x.yml"]
    );
    assert_eq!(paths(&linked("w/../x", "w", "symlink:a/b")), ["a/x", "x"]);
    assert_eq!(paths(&linked("a", "a", "hardlink:.env")), [".env", "a"]);
    assert_eq!(paths(&linked(".env", "a", "hardlink:.env")), [".env", "a"]);
    assert_eq!(paths(&linked("notes", "notes", "symlink:/ws/repo/.env")), [".env", "notes"]);
    let outside = linked("l", "l", "hardlink:/x");
    assert_eq!(outside.paths.unknown, Some(UnknownKind::Unreadable));
    for target in ["symlink:/etc", "symlink:../..", "symlink:l", "junction:x"] {
        let facts = linked("l/x", "l", target);
        assert_eq!(facts.paths.unknown, Some(UnknownKind::Unreadable), "{target}");
    }
}

#[test]
fn both_ends_of_a_rename_and_the_target_of_a_new_link_are_changed() {
    let facts = facts(json!({"changed_files": [
        {"path": "docs/x", "from": "infra/prod/x", "status": "renamed", "added": 1, "removed": 2},
        {"path": "docs/l", "symlink_target": "../secrets/key", "added": 1, "removed": 0},
    ]}));
    assert_eq!(paths(&facts), ["docs/l", "docs/x", "infra/prod/x", "secrets/key"]);
    assert!(facts.paths.value.iter().all(|fact| fact.touch == PathTouch::Change));
    assert_eq!(facts.changed_files.value, 2);
    assert_eq!((facts.changed_lines.value, facts.changed_lines.unknown), (4, None));
    let classes = [ChangeClass::ProductionConfigChange, ChangeClass::SourceChange];
    assert_eq!(facts.classes.value, classes);
}

#[test]
fn classes_are_what_is_claimed_and_what_the_paths_bear_out() {
    let classes = |path: &str| {
        let change = json!({"changed_files": [path], "change_class": "source_change"});
        let mut classes = facts(change).classes.value;
        classes.retain(|class| *class != ChangeClass::SourceChange);
        classes
    };
    let ci = [ChangeClass::CiWorkflowChange];
    let instruction = [ChangeClass::InstructionChange];
    for path in [".github/workflows/x.yml", "Jenkinsfile", ".GitLab-CI.yml", ".circleci/config.yml"]
    {
        assert_eq!(classes(path), ci, "{path}");
    }
    for path in [
        "AGENTS.md",
        "docs/agents.MD",
        "a/CLAUDE.md",
        ".cursorrules",
        ".github/copilot-instructions.md",
    ] {
        assert_eq!(classes(path), instruction, "{path}");
    }
    for path in ["infra/prod/main.tf", "deploy/production/x", "a/k8s/prod/x.yaml"] {
        assert_eq!(classes(path), [ChangeClass::ProductionConfigChange], "{path}");
    }
    assert_eq!(classes("src/agents.rs"), []);
    let generated = facts(json!({"changed_files": [{"path": "a", "generated": true}]}));
    assert_eq!(generated.classes.value, [ChangeClass::GeneratedChange]);
    assert_eq!(generated.changed_lines.unknown, Some(UnknownKind::Unreadable));
}

#[test]
fn what_an_action_needs_and_does_not_get_is_unreadable() {
    for (tool, attribute) in [
        ("file.read", "paths"),
        ("change.propose", "change.files"),
        ("net.connect", "network.hosts"),
        ("shell.exec", "command.programs"),
    ] {
        let facts = facts(json!({"tool": tool}));
        let unknown = facts.unknowns.iter().find(|unknown| unknown.attribute == attribute);
        assert_eq!(unknown.map(|unknown| unknown.kind), Some(UnknownKind::Unreadable), "{tool}");
    }
    assert!(facts(json!({"tool": "model.call"})).unknowns.is_empty());
}

#[test]
fn hosts_match_whole_names_only() {
    for (pattern, host, expected) in [
        ("example.org", "example.org", true),
        ("Example.ORG.", "example.org", true),
        ("example.org", "EXAMPLE.org.", true),
        ("example.org", "notexample.org", false),
        ("example.org", "example.org.evil.net", false),
        ("example.org", "a.example.org", false),
        ("*.example.org", "a.b.example.org", true),
        ("*.example.org", "example.org", false),
        ("*.example.org", "evilexample.org", false),
        ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1", "0x0a000001", true),
        ("*.0.0.1", "10.0.0.1", false),
        ("[::1]", "::1", true),
        ("*", "example.org", true),
        ("example.*", "example.org", false),
        ("", "", false),
    ] {
        assert_eq!(host_matches(pattern, host), expected, "{pattern} {host}");
    }
}

#[test]
fn hosts_are_read_as_browsers_read_them() {
    for (text, host) in [
        ("EXAMPLE.org:443", "example.org"),
        ("user:pw@example.org", "example.org"),
        ("evil.com@example.org", "example.org"),
        ("ex%61mple.org", "example.org"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("[::FFFF:7f00:1]:80", "127.0.0.1"),
        ("[0:0::1]", "::1"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ] {
        assert_eq!(host_of(text).as_deref(), Ok(host), "{text}");
    }
    for (text, code) in [
        ("", "host_missing"),
        (".", "host_missing"),
        ("a..b", "host_character"),
        ("a b", "host_character"),
        ("bücher.example", "host_character"),
        ("ｅｘａｍｐｌｅ.org", "host_character"),
        ("1.2.3.4.5", "host_ipv4"),
        ("256.0.0.1", "host_ipv4"),
        ("0x1ffffffff", "host_ipv4"),
        ("09.0.0.1", "host_ipv4"),
        ("[::1", "host_ipv6"),
        ("[fe80::1%25eth0]", "host_ipv6"),
        ("example.org:99999", "host_port"),
        ("example.org:8o", "host_port"),
        (&"a".repeat(64), "host_too_long"),
    ] {
        assert_eq!(host_of(text).map_err(HostError::code), Err(code), "{text}");
    }
}

#[test]
fn patterns_that_would_protect_nothing_are_refused() {
    for (pattern, code) in [
        ("", "pattern_empty"),
        ("/", "pattern_empty"),
        ("  ", "pattern_empty"),
        ("!secrets/", "pattern_negated"),
        ("#secrets/", "pattern_comment"),
        ("secrets[", "pattern_bracket"),
        ("[[:nope:]]", "pattern_bracket"),
        ("secrets\\", "pattern_escape"),
        ("secrets\n", "pattern_escape"),
        ("./secrets", "pattern_unreachable"),
        ("a//b", "pattern_unreachable"),
        ("a/../b", "pattern_unreachable"),
        (&"a".repeat(2000), "pattern_too_long"),
    ] {
        let error = PathPattern::new(pattern).unwrap_err();
        assert_eq!(error.code(), code, "{pattern}");
    }
}

#[test]
fn names_match_as_a_whole() {
    for (pattern, name, expected) in [
        ("release/*", "release/1/2", true),
        ("release/?", "release/12", false),
        ("*-svc", "pay-svc", true),
        ("*-svc", "pay-svc-2", false),
        ("main", "Main", false),
        ("*", "", true),
    ] {
        assert_eq!(NamePattern::new(pattern).matches(name), expected, "{pattern} {name}");
    }
}

#[test]
fn a_claim_that_the_files_refute_cannot_be_read_and_one_that_is_open_asks() {
    let claimed = |class: &str, file: serde_json::Value| {
        let facts = facts(json!({"changed_files": [file], "change_class": class}));
        let reasons: Vec<String> =
            facts.unknowns.iter().map(|unknown| unknown.reason.clone()).collect();
        (facts.classes.unknown, reasons.join("; "))
    };
    let pom = |before: &str, after: &str| {
        let text = |version: &str| {
            let artifact = "<groupId>g</groupId><artifactId>a</artifactId>";
            format!(
                "<project><dependencies><dependency>{artifact}<version>{version}</version>\
                 </dependency></dependencies></project>"
            )
        };
        json!({
            "path": "pom.xml", "status": "modified", "added": 1, "removed": 1,
            "before": text(before), "after": text(after),
        })
    };
    let class = "dependency_patch_minor";
    assert_eq!(claimed(class, pom("1.2.3", "1.3.0")), (None, String::new()));
    let (unknown, reasons) = claimed(class, pom("1.2.3", "2.0.0"));
    assert_eq!(unknown, Some(UnknownKind::Unreadable));
    assert_eq!(
        reasons,
        "the change claims to be dependency_patch_minor, and `pom.xml` is \
         dependency_major_upgrade: `project.dependencies.dependency g:a::` is major from \
         `1.2.3` to `2.0.0`"
    );
    let named = json!({"path": "pom.xml", "status": "modified", "added": 1, "removed": 1});
    assert_eq!(claimed(class, named), (None, String::new()));
    let half = json!({
        "path": "pom.xml", "status": "modified", "added": 1, "removed": 1, "after": "<project/>",
    });
    let (unknown, reasons) = claimed(class, half);
    assert_eq!(unknown, Some(UnknownKind::Dynamic));
    assert!(reasons.contains("its text before and after is not known"), "{reasons}");
    let (unknown, reasons) = claimed("test_change", json!("src/lib.rs"));
    assert_eq!(unknown, Some(UnknownKind::Unreadable));
    assert!(reasons.contains("`src/lib.rs` is source_change: by its path"), "{reasons}");
}

#[test]
fn a_diff_alone_tells_the_files_their_lines_and_their_classes() {
    let diff = "diff --git a/a.rs b/infra/prod/a.rs\nsimilarity index 90%\nrename from a.rs\n\
        rename to infra/prod/a.rs\nindex 1..2 100644\n--- a/a.rs\n+++ b/infra/prod/a.rs\n\
        @@ -1 +1,2 @@\n-x\n+y\n+z\n";
    let found = facts(json!({"tool": "change.propose", "diff": diff}));
    assert_eq!(paths(&found), ["a.rs", "infra/prod/a.rs"]);
    assert_eq!((found.changed_files.value, found.changed_lines.value), (1, 3));
    assert_eq!(found.classes.value, [ChangeClass::ProductionConfigChange]);
    assert_eq!(found.unknowns, []);
    let broken = facts(json!({"tool": "change.propose", "diff": &diff[..60]}));
    assert_eq!(broken.paths.unknown, Some(UnknownKind::Unreadable));
    assert_eq!(broken.classes.unknown, Some(UnknownKind::Unreadable));
    assert_eq!(broken.changed_lines.unknown, Some(UnknownKind::Unreadable));
}
