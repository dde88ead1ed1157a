//! `secret_scan_delta` (section 17): whether a change adds a secret. The runtime finds out itself.

use std::collections::BTreeSet;

use bailiwick::CountsAs;
use bailiwick::PullRequestBody;
use bailiwick::Raw;
use bailiwick::RedactAction;
use bailiwick::RedactionSummary;
use bailiwick::Redactor;
use bailiwick::RuleInfo;
use bailiwick::Sink;
use bailiwick::VerifierResult;

use crate::port::repository::Changes;
use crate::port::repository::Hunk;

/// Returns whether the change adds what the redactor takes for a secret: in its lines, in what they
/// come to with the lines around them, in the names of files, or in what links lead to.
pub(super) fn secret_scan_delta(redactor: &Redactor, changes: &Changes) -> VerifierResult {
    let none = harmless(redactor);
    let lines = changes.hunks.iter().any(|hunk| adds(redactor, hunk, &none));
    let names = changes.files.iter().any(|file| {
        let names = [Some(&file.path), file.symlink_target.as_ref()];
        names.into_iter().flatten().any(|name| is_secret(redactor, name))
    });
    match lines || names {
        true => VerifierResult::Failed,
        false => VerifierResult::Passed,
    }
}

/// Returns true where a stretch has more secrets than before, or one on a line that is added: in the
/// place of another one too, and by the words of a line that stood there before.
fn adds(redactor: &Redactor, hunk: &Hunk, none: &BTreeSet<String>) -> bool {
    let look = |raw: &Raw| {
        let (shown, found) = redactor.project_explained(raw, Sink::PullRequestBody);
        (shown.summary().clone(), found)
    };
    let count = |summary: &RedactionSummary| {
        // The lines of a key count for its beginning, which may have stood there before.
        let more = summary.rules.get("private_key_body").copied().unwrap_or(0);
        summary.secret_like_tokens + more
    };
    let (added, _) = look(&hunk.added);
    let ((before, _), (after, found)) = (look(&hunk.before), look(&hunk.after));
    let on_added = found.iter().any(|finding| {
        finding.action > RedactAction::Keep
            && hunk.added_lines.contains(&finding.line)
            && !none.contains(&finding.rule)
    });
    // What is not shown at all was not found to be free of secrets.
    let unseen = added.truncated_bytes > 0 || after.truncated_bytes > 0;
    unseen || on_added || count(&added) > 0 || count(&after) > count(&before)
}

/// Returns the detectors of `redactor` that look for something else than secrets.
fn harmless(redactor: &Redactor) -> BTreeSet<String> {
    let packs = redactor.rules().packs().flat_map(RuleInfo::of_pack);
    let rules = RuleInfo::built_in().into_iter().chain(packs);
    let other = rules.filter(|rule| rule.counts_as != CountsAs::SecretLikeToken);
    other.map(|rule| rule.id).collect()
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
    use std::collections::BTreeSet;

    use bailiwick::ChangedFile;
    use bailiwick::Raw;
    use bailiwick::Redactor;
    use bailiwick::VerifierResult;

    use super::secret_scan_delta;
    use crate::port::repository::Changes;
    use crate::port::repository::Hunk;

    const FAILED: VerifierResult = VerifierResult::Failed;
    const PASSED: VerifierResult = VerifierResult::Passed;

    /// Scans a stretch whose lines are marked as git marks them, in a file of that name.
    fn scan_in(path: &str, lines: &[&str]) -> VerifierResult {
        let of = |marks: &[char]| {
            let kept = lines.iter().filter(|line| line.starts_with(marks));
            let text: Vec<String> = kept.map(|line| format!("{}\n", &line[1..])).collect();
            Raw::new(text.concat())
        };
        let after = lines.iter().filter(|line| !line.starts_with('-'));
        let places = (1..).zip(after).filter(|(_, line)| line.starts_with('+'));
        let hunk = Hunk {
            added: of(&['+']),
            added_lines: places.map(|(place, _)| place).collect::<BTreeSet<u64>>(),
            after: of(&[' ', '+']),
            before: of(&[' ', '-']),
        };
        let changes = Changes {
            files: vec![ChangedFile { path: path.to_owned(), ..ChangedFile::default() }],
            hunks: vec![hunk],
            tree: String::new(),
        };
        secret_scan_delta(&Redactor::builder().known_value("plain-words").build(), &changes)
    }

    fn scan(lines: &[&str]) -> VerifierResult {
        scan_in("a.toml", lines)
    }

    #[test]
    fn a_change_that_adds_a_secret_fails() {
        assert_eq!(scan(&["+a = 1"]), PASSED);
        assert_eq!(scan(&["+it is plain-words"]), FAILED);
        assert_eq!(scan_in("plain-words.toml", &[]), FAILED);
        // What stood there before is not added by what is written beside it.
        assert_eq!(scan(&[" it is plain-words", "+a = 1"]), PASSED);
        assert_eq!(scan(&[" a = 1", "-it is plain-words"]), PASSED);
        assert_eq!(scan(&["+mail ana@shop.example"]), PASSED);
    }

    #[test]
    fn a_secret_in_the_place_of_another_fails() {
        let (old, new) = ("Hq7-vx2Kw9-pLm3", "Zt4-bn8Rc6-yGd1");
        for (head, key) in
            [(" password: |", ""), (" db_password = \\", ""), (" - name: DB_PASSWORD", "value: ")]
        {
            let (gone, kept) = (format!("-  {key}{old}"), format!("   {key}{old}"));
            let added = format!("+  {key}{new}");
            assert_eq!(scan(&[&added]), PASSED, "{head}");
            assert_eq!(scan(&[head, &gone, &added]), FAILED, "{head}");
            assert_eq!(scan(&[head, &kept, "+rotated in May"]), PASSED, "{head}");
        }
    }

    #[test]
    fn what_is_a_secret_only_with_the_line_above_fails() {
        let body = "MIIEowIBAAKCAQEAuNoTrEaLkEyMaTeRiAlAtAlLxXxXxXxXxXxXxXxXxXxXxXxX";
        let head = ["-----BEGIN RSA PRIV", "ATE KEY-----"].concat();
        let (head, added) = (format!(" {head}"), format!("+{body}"));
        assert_eq!(scan(&[&head, &added]), FAILED);
        // In the place of another body too.
        let gone = format!("-{}", body.replace("uNoT", "oThE"));
        assert_eq!(scan(&[&head, &gone, &added]), FAILED);
    }
}
