//! Links and images that carry data out, data URLs, and mark-up that hides text from people.

use crate::lint::LintCode;
use crate::lint::finding::Findings;
use crate::lint::instruction::says_something;
use crate::lint::phrase::Phrases;

/// Adds the comments and hidden elements that hold an instruction.
pub(crate) fn hidden_places(text: &str, phrases: &Phrases, findings: &mut Findings) {
    let mut judge = |start: usize, end: usize| {
        let inner = text.get(start..end).unwrap_or_default();
        if speaks_to_agents(inner) || says_something(inner, phrases) {
            findings.add(start, end, LintCode::HiddenInstruction);
        }
    };
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("<!--")) {
        let start = at + found;
        let inner = start + 4;
        let rest = text.get(inner..).unwrap_or_default();
        // One that is never closed hides all that follows.
        let end = rest.find("-->").map_or(text.len(), |end| inner + end + 3);
        judge(start, end);
        at = end;
    }
    // `[//]: # (…)` and `[comment]: <> (…)` show nothing.
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with("[//]:") || trimmed.to_ascii_lowercase().starts_with("[comment]:") {
            judge(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    let lower = text.to_ascii_lowercase();
    for style in HIDING {
        let mut done = 0;
        for (found, _) in lower.match_indices(style) {
            if found < done {
                continue;
            }
            let near = lower.ceil_char_boundary(found.saturating_sub(NEAR));
            let before = lower.get(near..found).unwrap_or_default();
            let Some(open) = before.rfind('<').map(|open| near + open) else {
                continue;
            };
            if lower.get(open..found).is_some_and(|tag| !tag.contains('>')) {
                let rest = start_of(lower.get(found..).unwrap_or_default());
                let end = rest.find("</").unwrap_or(rest.len());
                done = found + end;
                judge(open, done);
            }
        }
    }
}

/// Adds links that carry data, and data URLs.
pub(crate) fn scan(text: &str, findings: &mut Findings) {
    let mut done = 0;
    for (at, _) in text.match_indices("data:") {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let rest = text.get(at + 5..).unwrap_or_default();
        if at >= done
            && !before.is_some_and(char::is_alphanumeric)
            && let Some(length) = data_url(rest)
        {
            done = at + 5 + length;
            findings.add(at, done, LintCode::DataUrl);
        }
    }
    let mut open = None;
    let mut open_until = 0;
    for (at, c) in text.char_indices() {
        if c == '[' {
            open = Some(at);
        }
        if c != ']' || !text.get(at..).is_some_and(|rest| rest.starts_with("](")) {
            continue;
        }
        // Up to `open_until` nothing closes a link: it is not looked through again.
        let from = open_until.max(at + 2);
        let rest = start_of(text.get(from..).unwrap_or_default());
        let found = rest.find([')', '\n']);
        let end = from + found.unwrap_or(rest.len());
        open_until = if found.is_none() { end } else { open_until };
        let url = start_of(text.get(at + 2..end).unwrap_or_default());
        let image = open
            .and_then(|open| open.checked_sub(1))
            .is_some_and(|before| text.as_bytes().get(before) == Some(&b'!'));
        if carries_data(url, image) {
            findings.add(open.unwrap_or(at), at + 2 + url.len(), LintCode::DataInLink);
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // `[name]: https://…` is where links and images of that name lead.
        if line.trim_start().starts_with('[')
            && let Some((_, url)) = line.split_once("]:")
            && carries_data(url.trim(), true)
        {
            findings.add(at, at + line.trim_end().len(), LintCode::DataInLink);
        }
        at += line.len();
    }
    for (at, _) in text.match_indices("<img") {
        let tag = start_of(text.get(at..).unwrap_or_default());
        let tag = tag.get(..tag.find('>').unwrap_or(tag.len())).unwrap_or_default();
        if let Some((_, source)) = tag.split_once("src=") {
            let source = source.trim_start_matches(['"', '\'']);
            let end = source.find(['"', '\'', ' ']).unwrap_or(source.len());
            if carries_data(source.get(..end).unwrap_or_default(), true) {
                findings.add(at, at + tag.len(), LintCode::DataInLink);
            }
        }
    }
}

/// Returns what a link or an element may at most be, so that none is read to the end of the text.
fn start_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// Returns true where a comment names agents and asks something of them.
fn speaks_to_agents(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut names = false;
    let mut asks = false;
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        names |= AGENTS.contains(&word);
        asks |= ASKS.contains(&word);
    }
    names && asks
}

/// Returns the length of a data URL behind `data:`: `text/html;base64,…`.
fn data_url(rest: &str) -> Option<usize> {
    let (head, _) = rest.get(..rest.floor_char_boundary(100))?.split_once(',')?;
    let (kind, form) = head.split_once('/')?;
    let plain = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.' | b';' | b'='))
    };
    let known = ["application", "audio", "font", "image", "text", "video"];
    let is_url = known.contains(&kind.to_ascii_lowercase().as_str()) && plain(form);
    is_url
        .then(|| rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>')))
        .map(|end| end.unwrap_or(rest.len()))
}

/// Returns true for a URL of another machine with a place for data, or long data, in it; an image
/// is fetched by whoever shows the text.
fn carries_data(url: &str, image: bool) -> bool {
    let url = url.trim_start_matches('<');
    let lower = url.to_ascii_lowercase();
    let Some(rest) = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
        .or_else(|| lower.strip_prefix("//"))
    else {
        return false;
    };
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let place = |text: &str| PLACES.iter().any(|place| text.contains(place)) || has_place(text);
    let names_data = query.split('&').any(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        DATA_KEYS.contains(&key) && (value.is_empty() || place(value))
    });
    // A template's own placeholder stands in a path too; in a query it is what is sent.
    (image && (place(query) || query.len() > LONG_QUERY || is_placeholder_host(rest))) || names_data
}

/// Returns true for `{data}.example.org`, which leaks by name service alone.
fn is_placeholder_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    has_place(host)
}

/// Returns true for `{data}`, `<data>`, `[data]`, `$DATA` and `$(…)`.
fn has_place(text: &str) -> bool {
    let named = |mark: char| {
        let mut rest = text.split(mark).skip(1);
        rest.any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
    };
    text.contains(['{', '<']) || text.contains("$(") || named('$') || named('[')
}

/// What hides an element.
const HIDING: [&str; 8] = [
    "display:none",
    "display: none",
    "font-size:0",
    "font-size: 0",
    "opacity:0",
    "visibility:hidden",
    "visibility: hidden",
    " hidden>",
];
/// Who a hidden comment must not speak to.
const AGENTS: [&str; 14] = [
    "agent",
    "agents",
    "ai",
    "assistant",
    "assistants",
    "chatgpt",
    "claude",
    "codex",
    "copilot",
    "cursor",
    "gemini",
    "gpt",
    "llm",
    "llms",
];
/// What asks something.
const ASKS: [&str; 20] = [
    "add", "approve", "delete", "execute", "fetch", "follow", "ignore", "include", "install",
    "merge", "must", "please", "push", "reply", "run", "send", "should", "upload", "write", "you",
];
/// Words in a query that stand for data to be filled in.
const PLACES: [&str; 12] = [
    "%7b", "%24", "%3c", "%5b", "your_", "your-", "secret", "insert", "base64", "api_key",
    "password", "contents",
];
/// Keys of a query that are named after what is to be sent.
const DATA_KEYS: [&str; 12] = [
    "content", "d", "data", "env", "exfil", "key", "leak", "output", "payload", "q", "secret",
    "token",
];
/// Letters of a query that no badge has.
const LONG_QUERY: usize = 300;
/// Bytes between a tag's start and its style.
const NEAR: usize = 400;
/// Bytes of a link or a hidden element that are read.
const LONGEST: usize = 2000;
