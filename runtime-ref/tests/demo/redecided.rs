//! What a demonstration decided is decided again from what it left.

use std::path::Path;
use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::RecordedDecision;
use bailiwick::RedecideVerdict;
use bailiwick::SourceFile;
use bailiwick::compile;
use bailiwick::redecide;

use crate::support::demo;
use crate::support::text;

#[test]
fn every_decision_of_the_demonstration_is_decided_again_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let journal = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    let query = "SELECT text FROM payload WHERE name = 'decision_record' ORDER BY run_id, seq";
    let mut statement = journal.prepare(query).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let lines: Vec<String> = rows.collect::<Result<_, _>>().unwrap();
    assert!(lines.len() > 30, "{} decisions", lines.len());

    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/policies");
    let mut files: Vec<SourceFile> = std::fs::read_dir(policies)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            SourceFile::new(name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let policies = Arc::new(compile(&files, CompileOptions { strict: true }).unwrap().policies);
    for line in lines {
        let found = redecide(&policies, &RecordedDecision::from_json(&line).unwrap());
        assert_eq!(found.verdict, RedecideVerdict::Same, "{found:?}\n{line}");
    }
}
