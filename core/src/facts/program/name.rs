//! Which program a command word names.

/// A command word, resolved as far as its text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProgramName {
    /// What rules see: the base name of a program of the system, else the whole path.
    pub(crate) name: String,
    /// The base name in lower case and without `.exe`, for knowing look-alikes.
    pub(crate) base: String,
    /// The word is exactly the base name of a program, or its path in a folder of the system.
    pub(crate) certain: bool,
}

/// Places that show the root of the system once more.
const ROOTS_AGAIN: [&str; 3] = ["/proc/self/root", "/proc/thread-self/root", "/proc/1/root"];

/// Folders whose programs are known by their base names.
const SYSTEM: [&str; 6] =
    ["/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin"];

impl ProgramName {
    /// Reads a command word; `None` where it has characters that no program's name needs.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let fine =
            !word.is_empty() && word.len() <= 4096 && word.bytes().all(|b| b.is_ascii_graphic());
        if !fine {
            return None;
        }
        let mut path = if word.starts_with('/') { cleaned(word) } else { word.to_owned() };
        // They may stand one in another.
        for root in ROOTS_AGAIN.iter().cycle().take(12) {
            if let Some(rest) = path.strip_prefix(root)
                && rest.starts_with('/')
            {
                path = rest.to_owned();
            }
        }
        if matches!(path.as_str(), "/proc/self/exe" | "/proc/thread-self/exe") {
            // The shell that starts it.
            return Some(Self { name: path, base: "bash".to_owned(), certain: false });
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let lower = file.to_ascii_lowercase();
        let base = lower.strip_suffix(".exe").unwrap_or(&lower).to_owned();
        let in_system = folder.is_empty() && !path.starts_with('/') || SYSTEM.contains(&folder);
        let certain = in_system && base == file && !path.contains('\\');
        let name = if in_system { file } else { &path };
        Some(Self { name: name.to_owned(), base, certain })
    }

    /// Returns true where it is a file by its path, outside the folders of the system.
    pub(crate) fn is_path(&self) -> bool {
        self.name.contains('/')
    }
}

fn cleaned(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    format!("/{}", names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::ProgramName;

    fn name(word: &str) -> Option<(String, bool)> {
        ProgramName::of(word).map(|program| (program.name, program.certain))
    }

    #[test]
    fn a_base_name_stands_only_for_a_program_of_the_system() {
        let certain = |name: &str| Some((name.to_owned(), true));
        let other = |name: &str| Some((name.to_owned(), false));
        assert_eq!(name("cat"), certain("cat"));
        assert_eq!(name("/bin/cat"), certain("cat"));
        assert_eq!(name("/usr/bin/../bin//cat"), certain("cat"));
        assert_eq!(name("/proc/self/root/usr/bin/cat"), certain("cat"));
        assert_eq!(name("/tmp/cat"), other("/tmp/cat"));
        assert_eq!(name("./cat"), other("./cat"));
        assert_eq!(name("bin/cat"), other("bin/cat"));
        assert_eq!(name("/cat"), other("/cat"));
        assert_eq!(name("CURL"), other("CURL"));
        assert_eq!(name("curl.exe"), other("curl.exe"));
    }

    #[test]
    fn a_name_with_look_alikes_or_hidden_characters_is_not_read() {
        for word in ["", "сat", "ls\u{200b}", "l s", "ls\n", "ls\0"] {
            assert_eq!(ProgramName::of(word), None, "{word:?}");
        }
    }
}
