//! Wildcards that go through folders for source text.

/// Returns a path whose folders are wildcards and whose last name is that of source text, with
/// those folders made names that nothing has; `None` for any other path.
///
/// `src/*/mod.rs` and `**/*.py` look for code in whatever folders there are, as a search of the
/// whole tree does, and are meant for none of them: a folder that holds secrets under any name
/// is not named by them. `*/*` and `*/key.pem` are.
pub(crate) fn source_text(glob: &str) -> Option<String> {
    let (folders, last) = glob.rsplit_once('/')?;
    let named = is_source_text(last);
    let is_any = |name: &str| matches!(name, "*" | "**");
    if !named || !folders.split('/').any(is_any) {
        return None;
    }
    let mut out = String::with_capacity(glob.len());
    for name in folders.split('/') {
        out.push_str(if is_any(name) { NOWHERE } else { name });
        out.push('/');
    }
    out.push_str(last);
    Some(out)
}

/// Returns true for the name of a file that people write for compilers and readers.
pub(crate) fn is_source_text(name: &str) -> bool {
    NAMES.contains(&name)
        || name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// A name that no file has.
const NOWHERE: &str = "\u{0}";

/// Endings of files that people write for compilers and readers.
const ENDINGS: [&str; 40] = [
    "c", "cc", "cjs", "clj", "cpp", "cs", "css", "cts", "dart", "erl", "ex", "exs", "go",
    "graphql", "h", "hpp", "hs", "html", "java", "js", "jsx", "kt", "less", "lua", "md", "mjs",
    "mts", "php", "proto", "py", "pyi", "rb", "rs", "rst", "scala", "scss", "swift", "ts", "tsx",
    "vue",
];

/// Names of files that say how a project is built.
const NAMES: [&str; 9] = [
    "CMakeLists.txt",
    "Cargo.toml",
    "Makefile",
    "build.gradle",
    "go.mod",
    "package.json",
    "pom.xml",
    "pyproject.toml",
    "tsconfig.json",
];

#[cfg(test)]
mod tests {
    use super::ENDINGS;
    use super::NAMES;
    use super::source_text;

    #[test]
    fn folders_on_the_way_to_source_text_stand_for_none_in_particular() {
        assert_eq!(source_text("src/*/mod.rs").as_deref(), Some("src/\0/mod.rs"));
        assert_eq!(source_text("**/*.py").as_deref(), Some("\0/*.py"));
        for named in ["*/*", "*/key.pem", "s*/mod.rs", "src/mod.rs", "*.rs", "*/.env", "*/main*"] {
            assert_eq!(source_text(named), None, "{named}");
        }
    }

    #[test]
    fn the_tables_are_in_order() {
        assert!(ENDINGS.is_sorted() && NAMES.is_sorted());
    }
}
