//! The words of a command: a flag says what the next word is.

use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::bytes::KEY;
use crate::redact::kind::Kind;
use crate::redact::marker::is_marker;
use crate::redact::reference::is_reference;
use crate::redact::secret_flag::Flags;
use crate::redact::stream::REFUSED_VALUE;
use crate::redact::tree_limit;

/// How often the words are gone over at most: what a cut leaves behind may be a name.
const MOST_PASSES: usize = 8;

impl Redactor {
    /// Returns the words of a command as `sink` may see them: the word after `--password` goes,
    /// the password in `-u name:password`, and whatever [`Redactor::project`] finds in a word.
    /// Where a policy refuses one of them, a single word that says so stands for the command; where
    /// [`crate::RedactorBuilder::max_bytes`] cuts it, the last word says so.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{Redactor, Sink};
    /// let argv = ["login", "--password", "correct horse"].map(str::to_owned);
    /// let (words, summary) = Redactor::default().project_argv(&argv, Sink::LogViewer);
    /// assert_eq!(words, ["login", "--password", "[REDACTED:password]"]);
    /// assert_eq!(summary.secret_like_tokens, 1);
    /// ```
    pub fn project_argv(&self, argv: &[String], sink: Sink) -> (Vec<String>, RedactionSummary) {
        let mut summary = RedactionSummary::default();
        let mut words = self.words(argv, sink, &mut summary);
        if let Some(max) = self.limit(sink) {
            words = self.cut_words(words, sink, max, &mut summary);
        }
        if summary.refused {
            words = vec![REFUSED_VALUE.to_owned()];
        }
        (words, summary)
    }

    /// Returns `words` with at most `max` bytes. What a cut leaves behind may be a name, and is
    /// looked at again.
    fn cut_words(
        &self,
        mut words: Vec<String>,
        sink: Sink,
        max: usize,
        summary: &mut RedactionSummary,
    ) -> Vec<String> {
        for _ in 0..MOST_PASSES {
            let (cut, removed) = tree_limit::cut_words(self, sink, &words, max);
            if removed == 0 {
                return words;
            }
            summary.truncated_bytes = summary.truncated_bytes.saturating_add(removed);
            words = self.words(&cut, sink, &mut RedactionSummary::default());
        }
        vec![tree_limit::NOTE.to_owned()]
    }

    pub(super) fn words(
        &self,
        argv: &[String],
        sink: Sink,
        summary: &mut RedactionSummary,
    ) -> Vec<String> {
        let mut words = self.words_once(argv, sink, summary);
        for _ in 1..MOST_PASSES {
            let mut again = RedactionSummary::default();
            let next = self.words_once(&words, sink, &mut again);
            if next == words {
                break;
            }
            again.foreign_markers = 0;
            summary.add(&again);
            words = next;
        }
        words
    }

    fn words_once(
        &self,
        argv: &[String],
        sink: Sink,
        summary: &mut RedactionSummary,
    ) -> Vec<String> {
        let mut flags: Option<&Flags> = None;
        let mut before = "";
        let mut out = Vec::with_capacity(argv.len());
        for word in argv {
            let secret = self.secret_part(flags, before, word);
            let part =
                secret.and_then(|(start, kind)| word.split_at_checked(start).map(|p| (p, kind)));
            out.push(match part {
                Some(((name, value), kind)) => {
                    let name = self.text(name.as_bytes(), sink, None, summary);
                    format!("{name}{}", self.mark(value, kind, sink, summary))
                }
                None => self.text(word.as_bytes(), sink, None, summary),
            });
            // Also behind `sudo`, `docker exec db` and the like.
            flags = Flags::of(word).or(flags);
            before = word;
        }
        out
    }

    /// Returns where in `word` a secret begins that only its place in the command tells.
    fn secret_part(
        &self,
        flags: Option<&Flags>,
        before: &str,
        word: &str,
    ) -> Option<(usize, Kind)> {
        let kinds = &self.targets().kinds;
        let shown = |value: &str| {
            let secret = !is_reference(value.as_bytes()) && !is_marker(value, kinds);
            secret.then_some(())
        };
        let name = |name: &str| self.targets().secret_name(name.trim_start_matches('-').as_bytes());
        // What is no name is a text, in which names are looked for.
        if let Some((key, value)) = word.split_once('=')
            && key.bytes().all(|byte| KEY.has(byte))
            && let Some(kind) = name(key)
        {
            return shown(value).map(|()| (key.len() + 1, kind));
        }
        let glued = |flag: &&[u8]| word.as_bytes().starts_with(flag) && word.len() > flag.len();
        if let Some(flag) = flags.and_then(|flags| flags.glued.iter().find(|flag| glued(flag))) {
            return shown(word.get(flag.len()..)?).map(|()| (flag.len(), Kind::Password));
        }
        if !before.starts_with('-') || before.contains('=') || word.starts_with("--") {
            return None;
        }
        if matches!(before, "-u" | "--user" | "--proxy-user" | "-U") {
            let (user, password) = word.split_once(':')?;
            // `docker run -u 1000:1000` names a group.
            let number = password.bytes().all(|byte| byte.is_ascii_digit());
            let group = number && user.bytes().all(|byte| byte.is_ascii_digit());
            return shown(password).filter(|()| !group).map(|()| (user.len() + 1, Kind::Password));
        }
        if flags.is_some_and(|flags| flags.before.contains(&before.as_bytes())) {
            return shown(word).map(|()| (0, Kind::Password));
        }
        let kind = name(before)?;
        shown(word).map(|()| (0, kind))
    }
}
