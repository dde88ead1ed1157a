//! Folders and files that somebody prepared.

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::initialised;
use crate::support::write;

const READ: &[u8] = b"{tool: file.read, path: a}";
const DENY: &str = "platform_policy:\n  version: 1\n  name: n\n  rules:\n    - {id: d, effect: deny, \
                    action: file.read, explain: no}\n";

#[test]
fn a_policy_file_that_is_too_large_or_no_text_is_refused() {
    let dir = initialised();
    let path = dir.path().join("p/big.yaml");
    write(&path, &"#".repeat((1 << 20) + 1));
    let big = bailiwick(dir.path(), &["check", "p"]);
    assert_eq!(big.code, Some(2));
    assert!(big.err.contains("p/big.yaml: error[too_large]"), "{}", big.err);
    assert_eq!(feed(dir.path(), &["decide", "--policies=p"], READ).code, Some(4));
    std::fs::write(&path, b"# fine\n# \xc3\x28\n").unwrap();
    let bytes = bailiwick(dir.path(), &["check", "p"]);
    assert_eq!(bytes.code, Some(2));
    assert!(bytes.err.contains("p/big.yaml:2:3: error[not_utf8]"), "{}", bytes.err);
}

#[test]
fn a_folder_of_too_many_files_is_refused() {
    let dir = initialised();
    let many = dir.path().join("many");
    std::fs::create_dir(&many).unwrap();
    for number in 0..10_001 {
        std::fs::write(many.join(format!("{number}.yaml")), "").unwrap();
    }
    let ran = bailiwick(dir.path(), &["check", "many"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("many: error[too_many_files]"), "{}", ran.err);
}

#[test]
fn deeply_nested_folders_are_refused() {
    let dir = initialised();
    write(&dir.path().join(format!("p/{}x.yaml", "a/".repeat(80))), DENY);
    let ran = feed(dir.path(), &["decide", "--policies", "p"], READ);
    assert_eq!(ran.code, Some(4));
    assert!(ran.err.contains("p: error[too_many_files]"), "{}", ran.err);
}

#[test]
fn hidden_files_are_passed_over_and_no_other_spelling_is() {
    let dir = initialised();
    write(&dir.path().join("p/.git/x.yaml"), "not: a policy");
    write(&dir.path().join("p/.x.yaml"), "not: a policy");
    assert_eq!(bailiwick(dir.path(), &["check", "--strict", "p"]).code, Some(0));
    for name in ["X.YAML", "x.Yml", "-x.yaml", "cases.yaml", "a\u{202e}b.yaml"] {
        let path = dir.path().join("p").join(name);
        write(&path, DENY);
        let ran = feed(dir.path(), &["decide", "--policies", "p"], READ);
        assert_eq!(ran.code, Some(4), "{name} {}", ran.out);
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn endless_lines_are_denied_and_the_next_is_answered() {
    let dir = initialised();
    let mut input = vec![b'{'; (4 << 20) + 100];
    input.extend(b"\n{\"tool\":\"file.read\",\"path\":\"a\"}\n\xff\n\0\n");
    let ran = feed(dir.path(), &["decide", "--policies", "p", "--lines"], &input);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = ran.lines();
    let decisions: Vec<&str> = records.iter().filter_map(|one| one["decision"].as_str()).collect();
    assert_eq!(decisions, ["denied", "allowed", "denied", "denied"]);
    let whole = feed(dir.path(), &["decide", "--policies", "p"], &vec![b' '; (4 << 20) + 1]);
    assert_eq!(whole.code, Some(4), "{}", whole.err);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert_eq!(feed(dir.path(), &["decide", "--policies", "p"], &deep).code, Some(4));
}

#[test]
fn nothing_printed_for_people_acts_upon_their_terminal() {
    let dir = initialised();
    let request = "{\"tool\": \"file.read\", \"path\": \"secrets/\\u001b[2J\\u202e\"}";
    let ran = feed(dir.path(), &["explain", "--policies", "p"], request.as_bytes());
    assert_eq!(ran.code, Some(4));
    assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.out);
    let missing = bailiwick(dir.path(), &["check", "a\u{1b}[2Jb"]);
    assert!(!missing.err.contains('\u{1b}'), "{:?}", missing.err);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::DENY;
    use super::READ;
    use crate::support::bailiwick;
    use crate::support::feed;
    use crate::support::initialised;
    use crate::support::write;

    #[test]
    fn names_that_hide_a_policy_are_refused() {
        let dir = initialised();
        for name in [&b"cases\\deny.yaml"[..], b"a\nb.yaml", b"a\x1b[2J.yaml", b"\xff.yaml"] {
            let path = dir.path().join("p").join(OsStr::from_bytes(name));
            write(&path, DENY);
            let ran = feed(dir.path(), &["decide", "--policies", "p"], READ);
            assert_eq!(ran.code, Some(4), "{name:?}");
            assert!(ran.err.contains("error[name_refused]"), "{}", ran.err);
            assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn links_are_followed_but_not_in_circles() {
        let dir = initialised();
        symlink("..", dir.path().join("p/loop")).unwrap();
        symlink(".", dir.path().join("p/self")).unwrap();
        let ran = bailiwick(dir.path(), &["check", "--strict", "p"]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        write(&dir.path().join("outside/deny.yaml"), DENY);
        // A folder that is reached twice, once as cases, still counts as policies.
        symlink("../outside", dir.path().join("p/zlink")).unwrap();
        std::fs::remove_dir_all(dir.path().join("p/cases")).unwrap();
        symlink("../outside", dir.path().join("p/cases")).unwrap();
        std::fs::remove_file(dir.path().join("p/loop")).unwrap();
        let ran = feed(dir.path(), &["decide", "--policies", "p"], READ);
        assert_eq!(ran.code, Some(4), "{}", ran.out);
        assert_eq!(ran.json()["reasons"][0]["code"], "rule_deny", "{}", ran.out);
    }

    #[test]
    fn arguments_need_not_be_text() {
        let dir = initialised();
        for word in ["check", "chekc"] {
            let mut command = crate::support::command(dir.path(), &[word]);
            let output = command.arg(OsStr::from_bytes(b"\xff")).output().unwrap();
            assert_eq!(output.status.code(), Some(2));
            assert!(output.stderr.starts_with(b"\xef\xbf\xbd: error[") || word == "chekc");
        }
    }

    #[test]
    fn linked_cases_belong_to_the_folder_that_names_them() {
        let dir = initialised();
        std::fs::rename(dir.path().join("p/cases"), dir.path().join("shared")).unwrap();
        symlink("../shared", dir.path().join("p/cases")).unwrap();
        for path in ["p", "p/cases", "p/cases/first.cases.yaml"] {
            let ran = bailiwick(dir.path(), &["test", path]);
            assert_eq!(ran.code, Some(0), "{path}: {}", ran.out);
        }
    }

    #[test]
    fn what_cannot_be_opened_denies_and_never_blocks() {
        let dir = initialised();
        symlink("nowhere", dir.path().join("p/dangling.yaml")).unwrap();
        let dangling = feed(dir.path(), &["decide", "--policies", "p"], READ);
        assert_eq!(dangling.code, Some(4));
        assert!(dangling.err.contains("p/dangling.yaml: error[unreadable]"), "{}", dangling.err);
        std::fs::remove_file(dir.path().join("p/dangling.yaml")).unwrap();
        symlink("/dev/zero", dir.path().join("p/zero.yaml")).unwrap();
        let device = feed(dir.path(), &["decide", "--policies", "p"], READ);
        assert_eq!(device.code, Some(4));
        assert!(device.err.contains("p/zero.yaml: error[not_a_file]"), "{}", device.err);
    }
}
