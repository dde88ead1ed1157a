//! Files against everything that leads out of a workspace.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use bailiwick::Action;
use bailiwick::Digest;
use bailiwick::Request;
use bailiwick::Value;

use crate::pep::Permit;
use crate::port::files::Files;
use crate::port::files::FilesError;
use crate::workspace::WorkspaceFiles;

struct World {
    files: WorkspaceFiles,
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        std::fs::create_dir_all(root.join("src")).unwrap();
        std::fs::write(root.join("src/a.txt"), "inside").unwrap();
        std::fs::create_dir(folder.path().join("outside")).unwrap();
        std::fs::write(folder.path().join("outside/secret"), "outside").unwrap();
        Self { files: WorkspaceFiles::new(&root), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("workspace").join(name)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FilesError> {
        self.files.read(permit(Action::FileRead, path, ""))
    }

    fn write(&self, path: &str, content: &str) -> Result<(), FilesError> {
        self.files.write(permit(Action::FileWrite, path, content), content.as_bytes())
    }

    fn delete(&self, path: &str) -> Result<(), FilesError> {
        self.files.delete(permit(Action::FileDelete, path, ""))
    }

    fn outside(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("outside/secret")).unwrap()
    }
}

fn permit(action: Action, path: &str, content: &str) -> Permit {
    let hash = Value::Text(Digest::of(content.as_bytes()).as_str().to_owned());
    let request = Request {
        attributes: BTreeMap::from([("content_hash".to_owned(), hash)]),
        path: Some(path.to_owned()),
        ..Request::default()
    };
    Permit::for_test(action, request)
}

#[test]
fn files_within_the_workspace_are_read_written_and_deleted() {
    let world = World::new();
    assert_eq!(world.read("src/a.txt").unwrap(), b"inside");
    assert_eq!(world.read("./src/a.txt").unwrap(), b"inside");
    world.write("new/folder/b.txt", "written").unwrap();
    assert_eq!(world.read("new/folder/b.txt").unwrap(), b"written");
    world.delete("new/folder/b.txt").unwrap();
    assert_eq!(world.read("new/folder/b.txt").unwrap_err().code(), "file_io");
    assert_eq!(std::fs::read_dir(world.path("new/folder")).unwrap().count(), 0);
}

#[test]
fn a_script_stays_executable() {
    let world = World::new();
    let path = world.path("run.sh");
    std::fs::write(&path, "#!/bin/sh\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    world.write("run.sh", "#!/bin/sh\nls\n").unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
}

#[test]
fn nothing_outside_is_reached() {
    let world = World::new();
    let outside = world.folder.path().join("outside");
    symlink(&outside, world.path("linked")).unwrap();
    symlink("../outside", world.path("relative")).unwrap();
    symlink(outside.join("secret"), world.path("file")).unwrap();
    symlink("/proc/self/root", world.path("magic")).unwrap();
    let absolute = outside.join("secret").display().to_string();
    for path in [
        "../outside/secret",
        "src/../../outside/secret",
        absolute.as_str(),
        "linked/secret",
        "relative/secret",
        "file",
        "magic/etc/hostname",
    ] {
        let read = world.read(path).unwrap_err();
        assert_eq!(read.code(), "path_escapes", "read {path}: {read}");
        assert!(world.write(path, "overwritten").is_err(), "write {path}");
        if path != "file" {
            assert!(world.delete(path).is_err(), "delete {path}");
        }
    }
    assert_eq!(world.outside(), "outside");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 1);
}

#[test]
fn a_link_that_is_deleted_takes_nothing_with_it() {
    let world = World::new();
    symlink("../outside/secret", world.path("file")).unwrap();
    world.delete("file").unwrap();
    assert!(!world.path("file").is_symlink());
    assert_eq!(world.outside(), "outside");
}

#[test]
fn another_name_of_a_file_outside_does_not_change_with_it() {
    let world = World::new();
    let secret = world.folder.path().join("outside/secret");
    std::fs::hard_link(secret, world.path("hard")).unwrap();
    assert_eq!(world.files.links("hard")["hard"], "hardlink:/");
    world.write("hard", "overwritten").unwrap();
    assert_eq!(world.outside(), "outside");
}

#[test]
fn links_on_the_way_are_told() {
    let world = World::new();
    symlink("../outside", world.path("linked")).unwrap();
    let links = world.files.links("linked/secret");
    assert_eq!(links, BTreeMap::from([("linked".to_owned(), "symlink:../outside".to_owned())]));
    assert!(world.files.links("src/a.txt").is_empty());
    symlink("a.txt", world.path("src/b.txt")).unwrap();
    let all: Vec<String> = world.files.all_links().unwrap().into_keys().collect();
    assert_eq!(all, ["linked", "src/b.txt"]);
}

#[test]
fn what_is_no_regular_file_is_neither_read_nor_replaced() {
    let world = World::new();
    let status = std::process::Command::new("mkfifo").arg(world.path("pipe")).status().unwrap();
    assert!(status.success());
    // Neither waits for somebody at the other end.
    assert_eq!(world.read("pipe").unwrap_err().code(), "file_not_regular");
    assert_eq!(world.write("pipe", "x").unwrap_err().code(), "file_not_regular");
    assert_eq!(world.read("src").unwrap_err().code(), "file_not_regular");
    assert_eq!(world.write("src", "x").unwrap_err().code(), "file_not_regular");
    assert!(world.delete("src").is_err());
}

#[test]
fn content_that_was_not_permitted_is_not_written() {
    let world = World::new();
    let permitted = permit(Action::FileWrite, "src/a.txt", "permitted");
    let error = world.files.write(permitted, b"something else").unwrap_err();
    assert_eq!(error.code(), "permit_differs");
    let read = permit(Action::FileRead, "src/a.txt", "x");
    assert_eq!(world.files.write(read, b"x").unwrap_err().code(), "permit_other_action");
    assert_eq!(world.read("src/a.txt").unwrap(), b"inside");
}
