//! Finding e-mail addresses.

use crate::model::ordered::set_of;
use crate::redact::RedactedKind;
use crate::redact::scan::byte_before;
use crate::redact::scan::run_end;
use crate::redact::scan::run_start;
use crate::redact::span::Span;

/// Adds the e-mail addresses of `text` to `spans`; an `@` behind a password in a URL is none.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let in_url = set_of(
        spans.iter().filter(|span| span.kind == RedactedKind::UrlPassword).map(|span| span.end),
    );
    for (at, _) in text.match_indices('@') {
        let start = run_start(bytes, at, 64, |byte| {
            byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte)
        });
        let near = bytes.get(..at + 256).unwrap_or(bytes);
        let end = run_end(near, at + 1, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
        });
        let local = text.get(start..at).unwrap_or("");
        let domain = text.get(at + 1..end).unwrap_or("");
        let domain = domain.trim_end_matches(['.', '-']);
        // `git@host:path` and `ssh://git@host` name a server's account, not a person.
        let account = matches!(local, "git" | "hg" | "svn")
            || byte_before(bytes, start).is_some_and(|byte| matches!(byte, b'/' | b':'))
                && text.get(..start).is_some_and(|before| before.ends_with("://"));
        if !local.is_empty() && !account && !in_url.contains(&at) && is_domain(domain) {
            spans.push(Span::new(start, at + 1 + domain.len(), RedactedKind::Email));
        }
    }
}

fn is_domain(domain: &str) -> bool {
    let Some((rest, last)) = domain.rsplit_once('.') else {
        return false;
    };
    let image = ["png", "jpg", "jpeg", "gif", "svg", "webp"];
    !rest.is_empty()
        && !domain.starts_with('.')
        && !domain.contains("..")
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !image.contains(&last.to_ascii_lowercase().as_str())
}
