//! Reads what is to be decided: one request, a list, or a stream of lines.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use bailiwick_wire::WireError;
use bailiwick_wire::read_requests;
use serde_json::value::RawValue;

use crate::files::MAX_FILE_BYTES;
use crate::files::cannot_read;
use crate::files::error_at;
use crate::files::open;
use crate::files::text;

/// A request, or why it is none: then it is denied.
#[derive(Debug)]
pub(crate) enum Asked {
    /// JSON text.
    Request(String),
    /// What is wrong with it, and where.
    Unreadable(Box<WireError>),
}

/// The requests of a file.
pub(crate) enum Requests {
    /// One, whose decision is the exit code.
    One(Asked),
    /// A list.
    Many(Vec<Asked>),
    /// One a line, read as they come.
    Lines(Lines),
}

impl Requests {
    /// Reads a file, or standard input.
    pub(crate) fn read(path: &Path, lines: bool) -> Result<Self, WireError> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let mut source = open(path)?;
        if lines || extension.is_some_and(|extension| matches!(extension, "jsonl" | "ndjson")) {
            return Ok(Self::Lines(Lines::new(path, source)));
        }
        let mut bytes = Vec::new();
        source
            .by_ref()
            .take(MAX_TEXT_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| cannot_read(path, &error))?;
        let known = extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"));
        if !known && is_lines(&bytes) {
            // What does not fit is read on from where the sniffing stopped.
            let whole = std::io::Cursor::new(bytes).chain(source);
            return Ok(Self::Lines(Lines::new(path, Box::new(whole))));
        }
        if bytes.len() as u64 > MAX_TEXT_BYTES {
            let message = format!("it is larger than {MAX_TEXT_BYTES} bytes");
            let error = error_at(path, "too_large", message).with_help("use JSON lines");
            return Ok(Self::One(Asked::Unreadable(Box::new(error))));
        }
        Ok(match text(path, bytes) {
            Ok(text) => Self::of_text(path, &text)?,
            Err(error) => Self::One(Asked::Unreadable(Box::new(error))),
        })
    }

    /// Reads JSON where it is JSON, which has escapes that YAML has not; else YAML.
    fn of_text(path: &Path, text: &str) -> Result<Self, WireError> {
        let requests = if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
            list.iter().map(|one| one.get().to_owned()).collect()
        } else if let Ok(one) = serde_json::from_str::<&RawValue>(text) {
            vec![one.get().to_owned()]
        } else {
            let name = error_at(path, "", "").path.unwrap_or_default();
            match read_requests(&name, text) {
                Ok(requests) => requests,
                Err(error) => return Ok(Self::One(Asked::Unreadable(Box::new(error)))),
            }
        };
        let mut asked: Vec<Asked> = requests.into_iter().map(Asked::Request).collect();
        match (asked.pop(), asked.is_empty()) {
            (None, _) => Err(error_at(path, "request_missing", "no request stands here")),
            (Some(only), true) => Ok(Self::One(only)),
            (Some(last), false) => {
                asked.push(last);
                Ok(Self::Many(asked))
            }
        }
    }
}

/// JSON requests, one a line; empty lines are passed over.
pub(crate) struct Lines {
    name: String,
    number: u32,
    source: BufReader<Box<dyn Read>>,
}

impl Lines {
    fn new(path: &Path, source: Box<dyn Read>) -> Self {
        let named = error_at(path, "", "").path;
        Self { name: named.unwrap_or_default(), number: 0, source: BufReader::new(source) }
    }

    /// Returns the next request; a line that is none is one that cannot be read.
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Asked)>, WireError> {
        loop {
            let mut line = Vec::new();
            let limit = MAX_TEXT_BYTES + 1;
            let read = (&mut self.source).take(limit).read_until(b'\n', &mut line);
            let read = read.map_err(|error| cannot_read(Path::new(&self.name), &error))?;
            if read == 0 {
                return Ok(None);
            }
            self.number = self.number.saturating_add(1);
            let whole = line.last() == Some(&b'\n');
            if read as u64 == limit && !whole {
                self.skip_line()?;
                let message = format!("the line is larger than {MAX_TEXT_BYTES} bytes");
                return Ok(Some((self.number, self.unreadable(1, message))));
            }
            let first = self.number == 1;
            let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| first).unwrap_or(&line);
            if !line.trim_ascii().is_empty() {
                return Ok(Some((self.number, self.asked(line))));
            }
        }
    }

    fn asked(&self, line: &[u8]) -> Asked {
        match serde_json::from_slice::<&RawValue>(line) {
            Ok(value) => Asked::Request(value.get().to_owned()),
            Err(error) => {
                let text = error.to_string();
                let message = text.split(" at line ").next().unwrap_or(&text);
                self.unreadable(error.column(), message.to_owned())
            }
        }
    }

    fn unreadable(&self, column: usize, message: String) -> Asked {
        Asked::Unreadable(Box::new(WireError {
            path: Some(self.name.clone()),
            line: Some(self.number),
            column: u32::try_from(column).ok(),
            ..WireError::new("request_unreadable", message)
        }))
    }

    fn skip_line(&mut self) -> Result<(), WireError> {
        loop {
            let mut part = Vec::new();
            let read = (&mut self.source).take(1 << 16).read_until(b'\n', &mut part);
            let read = read.map_err(|error| cannot_read(Path::new(&self.name), &error))?;
            if read == 0 || part.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }
}

/// Returns true for JSON lines: several, of which the first is an object for itself, or all look
/// like one.
fn is_lines(bytes: &[u8]) -> bool {
    let mut lines =
        bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else {
        return false;
    };
    let rest: Vec<&[u8]> = lines.collect();
    let opens = |line: &[u8]| line.starts_with(b"{");
    if rest.is_empty() || !opens(first) || rest.iter().any(|line| line.starts_with(b"---")) {
        return false;
    }
    serde_json::from_slice::<&RawValue>(first).is_ok() || rest.iter().all(|line| opens(line))
}

/// Bytes of one line, or of a text that is no lines: four times what YAML may have.
const MAX_TEXT_BYTES: u64 = 4 * MAX_FILE_BYTES;

#[cfg(test)]
mod tests {
    use super::is_lines;

    #[test]
    fn tells_json_lines_from_yaml_and_json() {
        for lines in ["{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}\ngarbage\n", "{x\n{\"a\":1}"] {
            assert!(is_lines(lines.as_bytes()), "{lines}");
        }
        for other in [
            "",
            "{\"a\":1}\n",
            "{\"a\":1}\n---\n{\"b\":2}\n",
            "{\n\"a\":1}\n",
            "[\n{\"a\":1},\n{}]",
            "a: 1\nb: 2\n",
        ] {
            assert!(!is_lines(other.as_bytes()), "{other}");
        }
    }
}
