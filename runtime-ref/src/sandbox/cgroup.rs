//! Control groups, version 1 and 2: limits on all processes of a sandbox together.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

/// Where this process may make groups, and of which version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Groups {
    /// Folders in which a group can be made, with what it then can limit.
    places: Vec<Place>,
}

/// A folder in which a group can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    parent: PathBuf,
    /// File for bytes of memory, if memory can be limited here.
    memory: Option<&'static str>,
    /// Whether processes can be counted here.
    processes: bool,
}

impl Groups {
    /// Returns where groups can be made, found out by making some.
    pub(crate) fn discover() -> Self {
        let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let mut this = Self::default();
        for candidate in candidates(&own, &mounts) {
            if this.memory() && this.processes() {
                break;
            }
            if let Some(place) = probe(&candidate) {
                let adds = (place.memory.is_some() && !this.memory())
                    || (place.processes && !this.processes());
                if adds && !this.places.iter().any(|known| known.parent == place.parent) {
                    this.places.push(place);
                }
            }
        }
        this
    }

    /// Returns whether memory can be limited.
    pub(crate) fn memory(&self) -> bool {
        self.places.iter().any(|place| place.memory.is_some())
    }

    /// Returns whether processes can be counted.
    pub(crate) fn processes(&self) -> bool {
        self.places.iter().any(|place| place.processes)
    }

    /// Makes the groups of one run.
    pub(crate) fn make(&self, memory: u64, processes: u64) -> io::Result<Group> {
        let mut group = Group { folders: Vec::new() };
        for place in &self.places {
            let folder = place.parent.join(fresh_name());
            fs::create_dir(&folder)?;
            group.folders.push(folder.clone());
            if let Some(file) = place.memory {
                fs::write(folder.join(file), memory.to_string())?;
                // No way round by swapping; the files are there only where swap is counted.
                for (file, value) in
                    [("memory.swap.max", 0), ("memory.memsw.limit_in_bytes", memory)]
                {
                    if folder.join(file).exists() {
                        fs::write(folder.join(file), value.to_string())?;
                    }
                }
            }
            if place.processes {
                fs::write(folder.join("pids.max"), processes.to_string())?;
            }
        }
        Ok(group)
    }
}

/// The groups of one run. Dropping it removes them.
#[derive(Debug)]
pub(crate) struct Group {
    folders: Vec<PathBuf>,
}

impl Group {
    /// Puts a process, and what it will start, into the groups.
    pub(crate) fn add(&self, pid: u32) -> io::Result<()> {
        self.folders
            .iter()
            .try_for_each(|folder| fs::write(folder.join("cgroup.procs"), pid.to_string()))
    }

    /// Returns whether the kernel killed a process in them for want of memory.
    pub(crate) fn out_of_memory(&self) -> bool {
        let reports = ["memory.events", "memory.oom_control"];
        let paths = self.folders.iter().flat_map(|folder| reports.map(|file| folder.join(file)));
        paths.filter_map(|path| fs::read_to_string(path).ok()).any(|text| {
            text.lines()
                .filter_map(|line| line.strip_prefix("oom_kill "))
                .any(|count| count.trim() != "0")
        })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        for folder in &self.folders {
            // The last process leaves its group a moment after it was waited for.
            for _ in 0..50 {
                match fs::remove_dir(folder) {
                    Err(cause) if cause.kind() == io::ErrorKind::ResourceBusy => {
                        sleep(Duration::from_millis(2));
                    }
                    Ok(()) | Err(_) => break,
                }
            }
        }
    }
}

/// Makes a group in `parent`, sees what it can limit, and removes it.
fn probe(parent: &Path) -> Option<Place> {
    sweep(parent);
    let folder = parent.join(fresh_name());
    fs::create_dir(&folder).ok()?;
    let memory = ["memory.max", "memory.limit_in_bytes"];
    let memory = memory.into_iter().find(|file| folder.join(file).exists());
    let processes = folder.join("pids.max").exists();
    let _ = fs::remove_dir(&folder);
    let useful = memory.is_some() || processes;
    useful.then(|| Place { parent: parent.to_owned(), memory, processes })
}

/// Removes groups that a killed runtime left behind. The kernel refuses while one is in use.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split('-').next());
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            let _ = fs::remove_dir(entry.path());
        }
    }
}

fn fresh_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{PREFIX}{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Returns the folders to try: in version 1 the own group of each hierarchy; in version 2 the own
/// group and those above it, since a group with processes in it cannot have limited children.
fn candidates(own: &str, mounts: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for line in own.lines() {
        let mut fields = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (fields.next(), fields.next()) else {
            continue;
        };
        if controllers.is_empty() {
            let Some((mount, below)) = locate(mounts, path, |kind, _| kind == "cgroup2") else {
                continue;
            };
            found.extend(below.ancestors().map(|above| mount.join(above)));
        } else if controllers.split(',').any(|one| one == "memory" || one == "pids") {
            let wanted = |kind: &str, options: &str| {
                let has = |controller| options.split(',').any(|option| option == controller);
                kind == "cgroup" && controllers.split(',').all(has)
            };
            found.extend(locate(mounts, path, wanted).map(|(mount, below)| mount.join(below)));
        }
    }
    found
}

/// Finds the mount of a hierarchy and the place of the group `path` below it.
fn locate(
    mounts: &str,
    path: &str,
    wanted: impl Fn(&str, &str) -> bool,
) -> Option<(PathBuf, PathBuf)> {
    mounts.lines().find_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let mut left = left.split(' ').skip(3);
        let (root, at) = (left.next()?, left.next()?);
        let mut right = right.split(' ');
        let (kind, options) = (right.next()?, right.nth(1)?);
        if !wanted(kind, options) {
            return None;
        }
        let below = Path::new(path).strip_prefix(root).ok()?;
        Some((PathBuf::from(at), below.to_owned()))
    })
}

const PREFIX: &str = "bailiwick-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_1_tries_the_own_group_of_each_hierarchy() {
        let own = "8:pids:/\n4:memory:/a/b\n1:cpu:/\n0::/\n";
        let mounts = "30 29 0:1 / /cg/memory rw - cgroup cgroup rw,memory\n\
                      31 29 0:2 / /cg/pids rw - cgroup cgroup rw,pids\n";
        let expected = vec![PathBuf::from("/cg/pids/"), PathBuf::from("/cg/memory/a/b")];
        assert_eq!(candidates(own, mounts), expected);
    }

    #[test]
    fn version_2_tries_the_own_group_and_those_above_it() {
        let own = "0::/user.slice/app.slice/x.scope\n";
        let mounts = "30 29 0:1 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n";
        let expected = [
            "/sys/fs/cgroup/user.slice/app.slice/x.scope",
            "/sys/fs/cgroup/user.slice/app.slice",
            "/sys/fs/cgroup/user.slice",
            "/sys/fs/cgroup/",
        ];
        assert_eq!(candidates(own, mounts), expected.map(PathBuf::from));
    }

    #[test]
    fn a_group_that_is_not_in_sight_is_not_tried() {
        let own = "4:memory:/elsewhere\n";
        let mounts = "30 29 0:1 /here /cg/memory rw - cgroup cgroup rw,memory\n";
        assert_eq!(candidates(own, mounts), Vec::<PathBuf>::new());
    }
}
