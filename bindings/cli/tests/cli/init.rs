//! `init`, `call`, `version` and `schema`.

use tempfile::TempDir;

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::initialised;
use crate::support::write;

#[test]
fn what_init_writes_is_sound_and_passes_its_cases() {
    let dir = initialised();
    let check = bailiwick(dir.path(), &["check", "--strict", "p"]);
    assert_eq!(check.code, Some(0), "{}", check.out);
    assert!(check.out.starts_with("p: 5 documents, no findings\nsha256:"), "{}", check.out);
    let test = bailiwick(dir.path(), &["test", "p"]);
    assert_eq!((test.code, test.out.as_str()), (Some(0), "9 passed, 0 failed, 0 skipped\n"));
}

#[test]
fn init_fills_an_empty_folder_and_makes_those_around_it() {
    let dir = TempDir::new().unwrap();
    let here = dir.path().join("here");
    std::fs::create_dir(&here).unwrap();
    assert_eq!(bailiwick(&here, &["init", "."]).code, Some(0));
    assert_eq!(bailiwick(dir.path(), &["init", "a/b/c/"]).code, Some(0));
    for folder in ["here", "a/b/c"] {
        assert_eq!(bailiwick(dir.path(), &["test", folder]).code, Some(0), "{folder}");
        let entries = std::fs::read_dir(dir.path().join(folder)).unwrap();
        assert_eq!(entries.count(), 7, "{folder}");
    }
    assert_eq!(std::fs::read_dir(dir.path().join("a/b")).unwrap().count(), 1);
}

#[test]
fn init_touches_nothing_that_is_there() {
    let dir = initialised();
    write(&dir.path().join("full/.git/config"), "mine");
    write(&dir.path().join("file"), "mine");
    for path in ["p", "full", "file", "file/below"] {
        let ran = bailiwick(dir.path(), &["init", path]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{path}");
    }
    assert_eq!(std::fs::read_dir(dir.path().join("full")).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3);
    assert_eq!(std::fs::read_to_string(dir.path().join("file")).unwrap(), "mine");
}

#[test]
fn version_and_schema_answer() {
    let dir = initialised();
    let text = bailiwick(dir.path(), &["version"]);
    assert!(text.out.starts_with(concat!("bailiwick ", env!("CARGO_PKG_VERSION"))));
    let json = bailiwick(dir.path(), &["version", "--format", "json"]).json();
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    let schema = bailiwick(dir.path(), &["schema"]);
    assert!(schema.code == Some(0) && schema.json().is_object());
}

#[test]
fn call_answers_every_operation_as_the_libraries_do() {
    let dir = initialised();
    for operation in bailiwick_wire::operations() {
        let ran = feed(dir.path(), &["--format=json", "call", operation.name], b"{}");
        match bailiwick_wire::call(operation.name, "{}") {
            Ok(answer) => assert_eq!((ran.code, ran.out), (Some(0), answer + "\n")),
            Err(error) => assert_eq!((ran.code, ran.err), (Some(2), error.to_json() + "\n")),
        }
    }
    let unknown = feed(dir.path(), &["call", "dcide"], b"{}");
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("error[operation_unknown]"), "{}", unknown.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let dir = initialised();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = crate::support::command(dir.path(), &["check", "p"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("error[output_failed]"), "{err}");
}
