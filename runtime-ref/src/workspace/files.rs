//! Files beneath the workspace, opened so that the kernel itself refuses to leave it.

use std::collections::BTreeMap;
use std::fs::DirEntry;
use std::fs::File;
use std::fs::FileType;
use std::io::Read;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Action;
use bailiwick::Digest;
use bailiwick::Request;
use bailiwick::Value;
use rustix::fs::AtFlags;
use rustix::fs::Mode;
use rustix::fs::OFlags;
use rustix::fs::ResolveFlags;
use rustix::io::Errno;

use crate::pep::Permit;
use crate::pep::PermitError;
use crate::port::files::FileId;
use crate::port::files::Files;
use crate::port::files::FilesError;

/// The files of one workspace. Every path is resolved by the kernel beneath the workspace's own
/// folder, following no link at all, in one step: there is no moment between check and use.
pub struct WorkspaceFiles {
    root: PathBuf,
}

impl WorkspaceFiles {
    /// Returns the files of the workspace at `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    fn open(&self, path: &str, flags: OFlags, mode: Mode) -> Result<OwnedFd, FilesError> {
        let root = self.root()?;
        let flags = flags | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        rustix::fs::openat2(&root, path, flags, mode, BENEATH).map_err(|errno| refused(path, errno))
    }

    fn root(&self) -> Result<OwnedFd, FilesError> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        rustix::fs::open(&self.root, flags, Mode::empty()).map_err(|errno| refused(".", errno))
    }

    /// Opens the folder of `path`, making what is missing of it, and returns it with the name.
    fn parent<'a>(&self, path: &'a str, make: bool) -> Result<(OwnedFd, &'a str), FilesError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let plain = |component| matches!(component, Component::Normal(_));
        if name.is_empty() || !Path::new(path).components().all(plain) {
            return Err(FilesError::Escapes { path: path.to_owned() });
        }
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let mut at = self.root()?;
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            if make {
                match rustix::fs::mkdirat(&at, part, Mode::from_raw_mode(0o755)) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(errno) => return Err(refused(path, errno)),
                }
            }
            at = rustix::fs::openat2(&at, part, flags, Mode::empty(), BENEATH)
                .map_err(|errno| refused(path, errno))?;
        }
        Ok((at, name))
    }
}

impl Files for WorkspaceFiles {
    fn read(&self, permit: Permit) -> Result<Vec<u8>, FilesError> {
        let path = path(permit.spend(Action::FileRead)?)?;
        let file = File::from(self.open(&path, OFlags::RDONLY, Mode::empty())?);
        let io = |source| FilesError::Io { path: path.clone(), source };
        if !file.metadata().map_err(io)?.is_file() {
            return Err(FilesError::NotRegular { path });
        }
        let mut content = Vec::new();
        let mut limited = file.take(MAX_READ + 1);
        limited.read_to_end(&mut content).map_err(io)?;
        match u64::try_from(content.len()) {
            Ok(length) if length <= MAX_READ => Ok(content),
            Ok(_) | Err(_) => Err(FilesError::TooLarge { path, limit: MAX_READ }),
        }
    }

    fn write(&self, permit: Permit, content: &[u8]) -> Result<(), FilesError> {
        let request = permit.spend(Action::FileWrite)?;
        let permitted = request.attributes.get(CONTENT_HASH).and_then(Value::as_text);
        if permitted != Some(Digest::of(content).as_str()) {
            return Err(PermitError::Differs { field: "content" }.into());
        }
        let path = path(request)?;
        let (folder, name) = self.parent(&path, true)?;
        // A file with another name elsewhere must not change with it: what stands there is
        // replaced by a new file, and not written into.
        let temporary = format!(".{name}.bailiwick-new");
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(self.mode(&path));
        match rustix::fs::unlinkat(&folder, &temporary, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => {}
            Err(errno) => return Err(refused(&path, errno)),
        }
        let file = rustix::fs::openat(&folder, &temporary, flags | OFlags::NOFOLLOW, mode)
            .map_err(|errno| refused(&path, errno))?;
        let mut file = File::from(file);
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.map_err(|source| FilesError::Io { path: path.clone(), source })?;
        match rustix::fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(there) if rustix::fs::FileType::from_raw_mode(there.st_mode).is_file() => {}
            Err(Errno::NOENT) => {}
            Ok(_) => {
                let _ = rustix::fs::unlinkat(&folder, &temporary, AtFlags::empty());
                return Err(FilesError::NotRegular { path });
            }
            Err(errno) => return Err(refused(&path, errno)),
        }
        rustix::fs::renameat(&folder, &temporary, &folder, name)
            .map_err(|errno| refused(&path, errno))
    }

    fn delete(&self, permit: Permit) -> Result<(), FilesError> {
        let path = path(permit.spend(Action::FileDelete)?)?;
        let (folder, name) = self.parent(&path, false)?;
        rustix::fs::unlinkat(&folder, name, AtFlags::empty()).map_err(|errno| refused(&path, errno))
    }

    fn all(&self) -> Result<BTreeMap<String, FileId>, FilesError> {
        let mut files = BTreeMap::new();
        scan(&self.root, Path::new(""), &mut |entry, name, kind| {
            if !kind.is_symlink() {
                let about = entry.metadata()?;
                let id = FileId { device: about.dev(), inode: about.ino() };
                files.insert(name.to_string_lossy().into_owned(), id);
            }
            Ok(())
        })?;
        Ok(files)
    }

    fn all_links(&self) -> Result<BTreeMap<String, String>, FilesError> {
        let mut links = BTreeMap::new();
        scan(&self.root, Path::new(""), &mut |entry, name, kind| {
            if kind.is_symlink() {
                let target = std::fs::read_link(entry.path())?;
                let target = format!("symlink:{}", target.to_string_lossy());
                links.insert(name.to_string_lossy().into_owned(), target);
            }
            Ok(())
        })?;
        Ok(links)
    }

    fn links(&self, path: &str) -> BTreeMap<String, String> {
        let mut links = BTreeMap::new();
        let mut at = self.root.clone();
        let mut name = PathBuf::new();
        for component in Path::new(path).components() {
            let Component::Normal(part) = component else {
                break;
            };
            at.push(part);
            name.push(part);
            let Ok(metadata) = std::fs::symlink_metadata(&at) else {
                break;
            };
            let shown = name.to_string_lossy().into_owned();
            if metadata.is_symlink() {
                let target = std::fs::read_link(&at).unwrap_or_default();
                links.insert(shown, format!("symlink:{}", target.to_string_lossy()));
                break;
            }
            if metadata.is_file() && metadata.nlink() > 1 {
                // Where its other names are is not known; outside is possible.
                links.insert(shown, "hardlink:/".to_owned());
            }
        }
        links
    }
}

impl WorkspaceFiles {
    /// Returns the mode of the file at `path`, so that a script stays executable.
    fn mode(&self, path: &str) -> u32 {
        let open = self.open(path, OFlags::RDONLY, Mode::empty());
        let mode = open.and_then(|file| {
            File::from(file)
                .metadata()
                .map_err(|source| FilesError::Io { path: path.to_owned(), source })
        });
        mode.map_or(0o644, |metadata| metadata.mode() & 0o755)
    }
}

/// Has `see` look at everything in `folder`, which lies at `name` in the workspace, but folders.
fn scan(
    folder: &Path,
    name: &Path,
    see: &mut dyn FnMut(&DirEntry, &Path, FileType) -> std::io::Result<()>,
) -> Result<(), FilesError> {
    let io = |source| FilesError::Io { path: name.display().to_string(), source };
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = name.join(entry.file_name());
        let kind = entry.file_type().map_err(io)?;
        if !kind.is_dir() {
            see(&entry, &name, kind).map_err(io)?;
        } else if name != Path::new(".git") {
            scan(&entry.path(), &name, see)?;
        }
    }
    Ok(())
}

fn path(request: Request) -> Result<String, FilesError> {
    let path = request.path.ok_or(PermitError::Lacks { field: "path" })?;
    Ok(path.strip_prefix("./").unwrap_or(&path).to_owned())
}

fn refused(path: &str, errno: Errno) -> FilesError {
    let path = path.to_owned();
    match errno {
        // Beyond the root, a link on the way, or a link at the end.
        Errno::XDEV | Errno::LOOP => FilesError::Escapes { path },
        other => FilesError::Io { path, source: other.into() },
    }
}

/// The attribute that binds a write to its content.
pub(crate) const CONTENT_HASH: &str = "content_hash";
const BENEATH: ResolveFlags = ResolveFlags::BENEATH
    .union(ResolveFlags::NO_SYMLINKS)
    .union(ResolveFlags::NO_MAGICLINKS)
    .union(ResolveFlags::NO_XDEV);
const MAX_READ: u64 = 4 << 20;
