//! `secret_scan_delta` (section 17): whether a change adds a secret. The runtime finds out itself.

use bailiwick::PullRequestBody;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::VerifierResult;

use crate::port::repository::Changes;

/// Returns whether the change adds what the redactor takes for a secret: in its lines, in what they
/// come to with the lines around them, in the names of files, or in what links lead to.
pub(super) fn secret_scan_delta(redactor: &Redactor, changes: &Changes) -> VerifierResult {
    let added = |raw: &Raw| {
        let summary = redactor.project::<PullRequestBody>(raw).summary().clone();
        // What is not shown at all was not found to be free of secrets.
        // The lines of a key count for its beginning, which may have stood there before.
        let more = summary.rules.get("private_key_body").copied().unwrap_or(0);
        summary.secret_like_tokens + more + u64::from(summary.truncated_bytes > 0)
    };
    let lines = changes
        .hunks
        .iter()
        .any(|hunk| added(&hunk.added) > 0 || added(&hunk.after) > added(&hunk.before));
    let names = changes.files.iter().any(|file| {
        let names = [Some(&file.path), file.symlink_target.as_ref()];
        names.into_iter().flatten().any(|name| is_secret(redactor, name))
    });
    match lines || names {
        true => VerifierResult::Failed,
        false => VerifierResult::Passed,
    }
}

/// Returns true where the redactor takes a part of `name` for a secret.
pub(super) fn is_secret(redactor: &Redactor, name: &str) -> bool {
    let shown = redactor.project::<PullRequestBody>(&Raw::new(name));
    shown.summary().secret_like_tokens > 0
}

/// What it is called where verifiers are named.
pub const SECRET_SCAN_DELTA: &str = "secret_scan_delta";

#[cfg(test)]
mod tests {
    use bailiwick::ChangedFile;
    use bailiwick::Raw;
    use bailiwick::Redactor;
    use bailiwick::VerifierResult;

    use super::secret_scan_delta;
    use crate::port::repository::Changes;
    use crate::port::repository::Hunk;

    fn scan(before: &str, added: &str, after: &str, path: &str) -> VerifierResult {
        let raw = |text: &str| Raw::new(text);
        let changes = Changes {
            files: vec![ChangedFile { path: path.to_owned(), ..ChangedFile::default() }],
            hunks: vec![Hunk { added: raw(added), after: raw(after), before: raw(before) }],
            tree: String::new(),
        };
        secret_scan_delta(&Redactor::builder().known_value("plain-words").build(), &changes)
    }

    #[test]
    fn a_change_that_adds_a_secret_fails() {
        let (failed, passed) = (VerifierResult::Failed, VerifierResult::Passed);
        assert_eq!(scan("", "a = 1\n", "a = 1\n", "a.toml"), passed);
        assert_eq!(scan("", "it is plain-words\n", "", "a.toml"), failed);
        assert_eq!(scan("", "", "", "plain-words.toml"), failed);
        // What stood there before is not added by what is written beside it.
        let old = "it is plain-words\n";
        assert_eq!(scan(old, "a = 1\n", &format!("{old}a = 1\n"), "a.toml"), passed);
    }

    #[test]
    fn what_is_a_secret_only_with_the_line_above_fails() {
        let body = "MIIEowIBAAKCAQEAuNoTrEaLkEyMaTeRiAlAtAlLxXxXxXxXxXxXxXxXxXxXxXxX\n";
        let head = ["-----BEGIN RSA PRIV", "ATE KEY-----\n"].concat();
        let result = scan(&head, body, &format!("{head}{body}"), "a.pem");
        assert_eq!(result, VerifierResult::Failed);
    }
}
