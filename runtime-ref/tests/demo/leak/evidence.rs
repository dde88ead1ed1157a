//! Every byte that a run left behind.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use rusqlite::types::ValueRef;

/// Returns what lies below `folder`: the paths and contents of files, the rows of databases, and
/// the objects of the remote that are not in `source`, unpacked.
pub(crate) fn left_in(folder: &Path, source: &Path) -> Vec<(String, Vec<u8>)> {
    let mut left = Vec::new();
    walk(folder, &mut left);
    let remote = folder.join("remote.git");
    if remote.exists() {
        let known: BTreeSet<String> = objects(source).into_iter().collect();
        for object in objects(&remote).into_iter().filter(|object| !known.contains(object)) {
            let kind = git(&remote, &["cat-file", "-t", &object]);
            let kind = String::from_utf8(kind).unwrap();
            let content = git(&remote, &["cat-file", kind.trim(), &object]);
            left.push((format!("{} {object} of the remote", kind.trim()), content));
        }
        left.push(("refs of the remote".to_owned(), git(&remote, &["for-each-ref"])));
    }
    left
}

fn walk(folder: &Path, left: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        left.push((format!("the name {name}"), name.clone().into_bytes()));
        if path.is_dir() && !path.ends_with("remote.git/objects") {
            walk(&path, left);
        } else if path.is_file() {
            if name.ends_with(".db") {
                left.push((format!("rows of {name}"), rows(&path)));
            }
            left.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// Returns every value of every table: in the file itself a long one lies in pieces.
fn rows(path: &Path) -> Vec<u8> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(!tables.is_empty());
    let mut out = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap()
                {
                    out.extend_from_slice(bytes);
                    out.push(b'\n');
                }
            }
        }
    }
    out
}

fn objects(repository: &Path) -> Vec<String> {
    let format = "--batch-check=%(objectname)";
    let listed = git(repository, &["cat-file", "--batch-all-objects", format]);
    String::from_utf8(listed).unwrap().lines().map(str::to_owned).collect()
}

/// Returns what git says of `repository`.
pub(crate) fn git(repository: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "-c", "user.name=A"])
        .args(["-c", "user.email=a@example.org", "-C"])
        .arg(repository)
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
