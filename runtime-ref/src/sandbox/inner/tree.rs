//! Second stage: build the mount tree and make it the root.

use std::env;
use std::fs;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;

use rustix::mount::MountFlags;
use rustix::mount::MountPropagationFlags;
use rustix::mount::UnmountFlags;
use rustix::mount::mount;
use rustix::mount::mount_bind_recursive;
use rustix::mount::mount_change;
use rustix::mount::mount_remount;
use rustix::mount::unmount;
use rustix::process::pivot_root;

use crate::sandbox::inner::Fault;
use crate::sandbox::layout::Entry;
use crate::sandbox::layout::HIDDEN;
use crate::sandbox::layout::Kind;

/// Builds `entries` in memory, makes that the root, and lets go of the old root.
pub(super) fn build(entries: &[Entry]) -> Result<(), Fault> {
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    mount_change("/", private).map_err(Fault::at("part from the host's mounts"))?;
    // Both roots hang below a third one while the new one is built, so that a workspace in /tmp
    // is still to be found.
    temporary(Path::new("/tmp"), SMALL, "0755")?;
    env::set_current_dir("/tmp").map_err(Fault::at("use the first root"))?;
    for folder in ["new", "old"] {
        fs::create_dir(folder).map_err(Fault::at("make the first root"))?;
    }
    pivot_root(".", "old").map_err(Fault::at("change to the first root"))?;
    env::set_current_dir("/").map_err(Fault::at("use the first root"))?;
    temporary(Path::new(NEW), SMALL, "0755")?;
    for entry in entries {
        place(entry)?;
    }
    seal(entries)?;
    unmount("/old", UnmountFlags::DETACH).map_err(Fault::at("let go of the host's root"))?;
    env::set_current_dir(NEW).map_err(Fault::at("use the new root"))?;
    // The new root lands below the first one, which then can be taken off.
    pivot_root(".", ".").map_err(Fault::at("change to the new root"))?;
    unmount(".", UnmountFlags::DETACH).map_err(Fault::at("let go of the first root"))?;
    env::set_current_dir("/").map_err(Fault::at("use the new root"))
}

fn place(entry: &Entry) -> Result<(), Fault> {
    let at = within(NEW, &entry.at);
    let step = || format!("place `{}`", entry.at.display());
    match &entry.kind {
        Kind::ReadOnly | Kind::Writable => bind(&entry.at),
        Kind::Symlink(to) => {
            make_parent(&at)?;
            symlink(to, &at).map_err(Fault::at(step()))
        }
        Kind::Temporary(bytes) => {
            make_folder(&at)?;
            temporary(&at, *bytes, "1777")
        }
        Kind::Processes => {
            make_folder(&at)?;
            mount("proc", &at, "proc", GUARDED, None).map_err(Fault::at(step()))?;
            // No further user namespaces in this one. The filter refuses them too.
            let _ = fs::write(at.join("sys/user/max_user_namespaces"), "0");
            hide_kernel_files(&at)
        }
        Kind::Devices(shared) => devices(&at, *shared),
    }
}

/// Shows a host path at the same path. Whether it may be written is settled by [`seal`].
fn bind(path: &Path) -> Result<(), Fault> {
    let (from, to) = (within("/old", path), within(NEW, path));
    let step = || format!("show `{}`", path.display());
    if fs::symlink_metadata(&from).map_err(Fault::at(step()))?.is_dir() {
        make_folder(&to)?;
    } else {
        make_parent(&to)?;
        if fs::symlink_metadata(&to).is_err() {
            OpenOptions::new().write(true).create_new(true).open(&to).map_err(Fault::at(step()))?;
        }
    }
    mount_bind_recursive(&from, &to).map_err(Fault::at(step()))
}

/// Makes every mount what its entry says, those below a host folder included, and checks that
/// each stands where it was meant to and not behind a symbolic link.
fn seal(entries: &[Entry]) -> Result<(), Fault> {
    let mounts = mounts().map_err(Fault::at("read the mount table"))?;
    for entry in entries.iter().filter(|entry| !matches!(entry.kind, Kind::Symlink(_))) {
        let at = within(NEW, &entry.at);
        if !mounts.iter().any(|mount| mount.at == at) {
            let cause = io::Error::other("it is not where it was put");
            return Err(Fault::at(format!("check `{}`", entry.at.display()))(cause));
        }
    }
    for found in mounts.iter().filter(|mount| mount.at.starts_with(NEW)) {
        let rule = entries
            .iter()
            .filter(|entry| found.at.starts_with(within(NEW, &entry.at)))
            .max_by_key(|entry| entry.at.components().count());
        let flags = match rule.map(|entry| &entry.kind) {
            Some(Kind::Writable | Kind::Temporary(_)) => GUARDED_DATA,
            Some(Kind::ReadOnly) => GUARDED_DATA | MountFlags::RDONLY,
            Some(Kind::Processes) => GUARDED | MountFlags::RDONLY,
            Some(Kind::Devices(_)) if found.at.ends_with("shm") => GUARDED,
            // Device files must stay devices; nothing else is in there.
            Some(Kind::Devices(_)) => MountFlags::NOSUID | MountFlags::NOEXEC | MountFlags::RDONLY,
            Some(Kind::Symlink(_)) | None => GUARDED_DATA | MountFlags::RDONLY,
        };
        mount_remount(&found.at, MountFlags::BIND | flags | found.locked, "")
            .map_err(Fault::at(format!("seal `{}`", found.at.display())))?;
    }
    Ok(())
}

fn devices(at: &Path, shared_memory: u64) -> Result<(), Fault> {
    let step = "make /dev";
    make_folder(at)?;
    temporary(at, SMALL, "0755")?;
    for device in ["null", "zero", "full", "random", "urandom", "tty"] {
        // A container need not have a terminal.
        if device == "tty" && !Path::new("/old/dev/tty").exists() {
            continue;
        }
        bind(&Path::new("/dev").join(device))?;
    }
    for (name, to) in [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ] {
        symlink(to, at.join(name)).map_err(Fault::at(step))?;
    }
    let shared = at.join("shm");
    make_folder(&shared)?;
    temporary(&shared, shared_memory, "1777")
}

/// Covers what of the new `/proc` tells about the machine.
fn hide_kernel_files(proc: &Path) -> Result<(), Fault> {
    for name in HIDDEN {
        let at = proc.join(name);
        let Ok(found) = fs::symlink_metadata(&at) else {
            continue;
        };
        let step = format!("hide `/proc/{name}`");
        if found.is_dir() {
            temporary(&at, SMALL, "0555")?;
        } else {
            mount_bind_recursive("/old/dev/null", &at).map_err(Fault::at(step))?;
        }
    }
    Ok(())
}

fn temporary(at: &Path, bytes: u64, mode: &str) -> Result<(), Fault> {
    let options = format!("mode={mode},size={bytes},nr_inodes=1m\0");
    let options = std::ffi::CString::from_vec_with_nul(options.into_bytes())
        .map_err(|cause| Fault::at("make a folder in memory")(io::Error::other(cause)))?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mount("tmpfs", at, "tmpfs", flags, options.as_c_str())
        .map_err(Fault::at(format!("make a folder in memory at `{}`", at.display())))
}

fn make_folder(at: &Path) -> Result<(), Fault> {
    fs::create_dir_all(at).map_err(Fault::at(format!("make `{}`", at.display())))
}

fn make_parent(at: &Path) -> Result<(), Fault> {
    at.parent().map_or(Ok(()), make_folder)
}

/// One line of the mount table: where, and the flags that a remount must repeat.
struct Mount {
    at: PathBuf,
    locked: MountFlags,
}

fn mounts() -> io::Result<Vec<Mount>> {
    let table = fs::read_to_string("/old/proc/self/mountinfo")?;
    Ok(table.lines().filter_map(mount_line).collect())
}

fn mount_line(line: &str) -> Option<Mount> {
    let mut fields = line.split(' ').skip(4);
    let at = unescape(fields.next()?);
    let options = fields.next()?;
    let flag = |option: &str| match option {
        "ro" => MountFlags::RDONLY,
        "nosuid" => MountFlags::NOSUID,
        "nodev" => MountFlags::NODEV,
        "noexec" => MountFlags::NOEXEC,
        _ => MountFlags::empty(),
    };
    Some(Mount { at, locked: options.split(',').map(flag).collect() })
}

/// Undoes the kernel's `\040` for a space and the like.
fn unescape(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..3).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 8).ok());
        match (first, code) {
            (b'\\', Some(code)) => {
                bytes.push(code);
                rest = after.get(3..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

/// Returns the absolute `path` below `root`.
fn within(root: &str, path: &Path) -> PathBuf {
    Path::new(root).join(path.strip_prefix("/").unwrap_or(path))
}

const NEW: &str = "/new";
const SMALL: u64 = 4 << 20;
const GUARDED_DATA: MountFlags = MountFlags::NOSUID.union(MountFlags::NODEV);
const GUARDED: MountFlags = GUARDED_DATA.union(MountFlags::NOEXEC);
