//! One archive of a package: ustar (POSIX.1-1988), the same bytes for the same files.

use std::collections::BTreeMap;

use crate::package::PackagingError;

/// Returns the archive of `files`, by their paths: sorted, without owner and time.
///
/// # Errors
/// Where a path does not fit.
pub fn archive(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, PackagingError> {
    let mut out = Vec::new();
    for (path, content) in files {
        out.extend_from_slice(&header(path, content.len())?);
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(BLOCK), 0);
    }
    // Two empty blocks end it.
    out.resize(out.len() + 2 * BLOCK, 0);
    Ok(out)
}

/// Returns the block that stands before the content of a file.
fn header(path: &str, size: usize) -> Result<Vec<u8>, PackagingError> {
    let too_long = || PackagingError::Name(path.to_owned());
    let (prefix, name) = split(path).ok_or_else(too_long)?;
    let size = format!("{size:011o}");
    if size.len() > 11 {
        return Err(too_long());
    }
    // Field after field, each with its width; the checksum is counted as if it were spaces.
    let block = |checksum: &str| {
        let fields = [
            (name, 100),
            ("0000644", 8),
            ("0000000", 8),
            ("0000000", 8),
            (size.as_str(), 12),
            ("00000000000", 12),
            (checksum, 8),
            ("0", 1),
            ("", 100),
            ("ustar", 6),
            ("00", 2),
            ("", 32),
            ("", 32),
            ("0000000", 8),
            ("0000000", 8),
            (prefix, 155),
        ];
        let mut block = Vec::with_capacity(BLOCK);
        for (text, width) in fields {
            let end = block.len() + width;
            block.extend_from_slice(text.as_bytes());
            block.resize(end, 0);
        }
        block.resize(BLOCK, 0);
        block
    };
    let sum: u32 = block("        ").iter().map(|byte| u32::from(*byte)).sum();
    Ok(block(&format!("{sum:06o}\0 ")))
}

/// Returns the folder and the name as they fit into their fields.
fn split(path: &str) -> Option<(&str, &str)> {
    if path.len() <= 100 {
        return Some(("", path));
    }
    let fits = |(at, _): &(usize, &str)| *at <= 155 && path.len() - at - 1 <= 100;
    let (at, _) = path.match_indices('/').find(fits)?;
    let (prefix, rest) = path.split_at_checked(at)?;
    Some((prefix, rest.strip_prefix('/')?))
}

const BLOCK: usize = 512;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::process::Command;

    use super::archive;

    #[test]
    fn another_program_unpacks_what_was_packed_and_a_path_that_does_not_fit_is_refused() {
        let long = format!("{}/{}", "folder".repeat(20), "n".repeat(90));
        let files = BTreeMap::from([
            ("a/empty".to_owned(), Vec::new()),
            ("b".to_owned(), vec![7; 513]),
            (long, b"long".to_vec()),
        ]);
        let folder = tempfile::tempdir().unwrap();
        let packed = archive(&files).unwrap();
        assert_eq!(packed.len() % 512, 0);
        std::fs::write(folder.path().join("a.tar"), packed).unwrap();
        let tar = Command::new("tar").args(["-xf", "a.tar"]).current_dir(folder.path()).status();
        assert!(tar.unwrap().success());
        for (path, content) in &files {
            assert_eq!(&std::fs::read(folder.path().join(path)).unwrap(), content, "{path}");
        }
        assert!(archive(&BTreeMap::from([("n".repeat(101), Vec::new())])).is_err());
    }
}
