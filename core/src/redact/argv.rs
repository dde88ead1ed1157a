//! The words of a command: a flag says what the next word is.

use crate::redact::RedactedKind;
use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::key_name::secret_name;
use crate::redact::placeholder::is_reference;
use crate::redact::redactor::MOST_PASSES;
use crate::redact::span::Span;
use crate::redact::span::replace;

impl Redactor {
    /// Returns the words of a command as `sink` may see them: the word after `--password` goes,
    /// the password in `-u name:password`, and whatever [`Redactor::project`] finds in a word.
    pub fn project_argv(&self, argv: &[String], sink: Sink) -> (Vec<String>, RedactionSummary) {
        let mut summary = RedactionSummary::default();
        let words = self.words(argv, self.limit(sink), &mut summary);
        (words, summary)
    }

    /// Goes over the words until nothing more is found: what a cut leaves behind may be a name.
    pub(super) fn words(
        &self,
        argv: &[String],
        limit: Option<usize>,
        summary: &mut RedactionSummary,
    ) -> Vec<String> {
        let mut words = self.words_once(argv, limit, summary);
        for _ in 1..MOST_PASSES {
            let next = self.words_once(&words, limit, summary);
            if next == words {
                break;
            }
            words = next;
        }
        words
    }

    fn words_once(
        &self,
        argv: &[String],
        limit: Option<usize>,
        summary: &mut RedactionSummary,
    ) -> Vec<String> {
        let program = argv.first().map_or("", String::as_str);
        let program = program.rsplit(['/', '\\']).next().unwrap_or("");
        let mut before = "";
        let mut out = Vec::with_capacity(argv.len());
        for word in argv {
            let secret = secret_part(program, before, word, argv);
            let word_out = match secret {
                Some((start, kind)) => {
                    let span = Span::new(start, word.len(), kind);
                    let shown = replace(word, vec![span], self.hash_key(), summary);
                    self.text(shown.as_deref().unwrap_or(word), limit, summary)
                }
                None => self.text(word, limit, summary),
            };
            out.push(word_out);
            before = word;
        }
        out
    }
}

/// Returns where in `word` a secret begins that only its place in the command tells.
fn secret_part(
    program: &str,
    before: &str,
    word: &str,
    argv: &[String],
) -> Option<(usize, RedactedKind)> {
    if let Some((name, value)) = word.split_once('=')
        && let Some(kind) = secret_name(name.trim_start_matches('-'))
    {
        return shown(value).map(|()| (name.len() + 1, kind));
    }
    let mysql = matches!(program, "mysql" | "mysqldump" | "mysqladmin" | "mariadb");
    if mysql && word.starts_with("-p") && word.len() > 2 {
        return shown(word.get(2..)?).map(|()| (2, RedactedKind::Password));
    }
    if !before.starts_with('-') || before.contains('=') || word.starts_with("--") {
        return None;
    }
    if matches!(before, "-u" | "--user" | "--proxy-user" | "-U") {
        let (user, password) = word.split_once(':')?;
        // `docker run -u 1000:1000` names a group.
        let number = password.bytes().all(|byte| byte.is_ascii_digit());
        let group = number && user.bytes().all(|byte| byte.is_ascii_digit());
        return shown(password)
            .filter(|()| !group)
            .map(|()| (user.len() + 1, RedactedKind::Password));
    }
    let login = argv.get(1).is_some_and(|word| word == "login");
    if before == "-p" && (program == "sshpass" || login) {
        return shown(word).map(|()| (0, RedactedKind::Password));
    }
    let kind = secret_name(before.trim_start_matches('-'))?;
    shown(word).map(|()| (0, kind))
}

fn shown(value: &str) -> Option<()> {
    (!is_reference(value)).then_some(())
}
