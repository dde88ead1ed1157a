//! Reads keys and values of TOML.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::json::hex;
use crate::facts::manifest::tree::DEEPEST;
use crate::facts::manifest::tree::LONGEST_KEY;
use crate::facts::manifest::tree::Tree;

/// A place in a TOML text.
pub(crate) struct Reader<'t> {
    /// The line, from 1.
    pub(crate) line: usize,
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Starts at the beginning of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { line: 1, rest: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    const fn wrong(&self) -> ManifestError {
        ManifestError::Syntax(self.line)
    }

    /// Returns true at the end of the text.
    pub(crate) const fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes `sign` where it stands here.
    pub(crate) fn takes(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Passes over spaces, comments and line ends.
    pub(crate) fn lines(&mut self) {
        loop {
            self.space();
            if self.rest.starts_with('#') {
                let comment = self.rest.split_once('\n').map_or(self.rest, |(line, _)| line);
                let text = comment.strip_suffix('\r').unwrap_or(comment);
                if text.chars().any(|c| c != '\t' && c.is_control()) {
                    return;
                }
                self.rest = self.rest.strip_prefix(text).unwrap_or_default();
            }
            if !self.takes("\n") && !self.takes("\r\n") {
                return;
            }
            self.line += 1;
        }
    }

    /// Demands that nothing but a comment follows on this line.
    pub(crate) fn end_of_line(&mut self) -> Result<(), ManifestError> {
        let line = self.line;
        self.lines();
        if self.is_done() || self.line > line { Ok(()) } else { Err(self.wrong()) }
    }

    /// Reads `a."b.c".d` and the `end` behind it.
    pub(crate) fn keys(&mut self, end: &str) -> Result<Vec<String>, ManifestError> {
        let mut keys = Vec::new();
        loop {
            self.space();
            let key = if self.takes("\"") {
                self.basic(false)?
            } else if self.takes("'") {
                self.literal("'")?
            } else {
                let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                let length = self.rest.find(|c| !bare(c)).unwrap_or(self.rest.len());
                let (key, rest) = self.rest.split_at_checked(length).unwrap_or_default();
                if key.is_empty() {
                    return Err(self.wrong());
                }
                self.rest = rest;
                key.to_owned()
            };
            if key.len() > LONGEST_KEY || keys.len() > DEEPEST {
                return Err(self.wrong());
            }
            keys.push(key);
            self.space();
            if self.takes(end) {
                return Ok(keys);
            }
            if !self.takes(".") {
                return Err(self.wrong());
            }
        }
    }

    /// Reads a value.
    pub(crate) fn value(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        if depth > DEEPEST {
            return Err(ManifestError::Deep(self.line));
        }
        self.space();
        if self.takes("\"\"\"") {
            self.first_newline();
            return self.basic(true).map(Tree::Text);
        }
        if self.takes("\"") {
            return self.basic(false).map(Tree::Text);
        }
        if self.takes("'''") {
            self.first_newline();
            return self.literal("'''").map(Tree::Text);
        }
        if self.takes("'") {
            return self.literal("'").map(Tree::Text);
        }
        if self.takes("[") {
            return self.list(depth);
        }
        if self.takes("{") {
            return self.map(depth);
        }
        self.plain()
    }

    fn list(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        let mut items = Vec::new();
        loop {
            self.lines();
            if self.takes("]") {
                return Ok(Tree::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.lines();
            if self.takes("]") {
                return Ok(Tree::List(items));
            }
            if !self.takes(",") {
                return Err(self.wrong());
            }
        }
    }

    /// An inline table on one line, as every version of TOML has it.
    fn map(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        let mut map = BTreeMap::new();
        let mut values = Vec::new();
        self.space();
        if self.takes("}") {
            return Ok(Tree::Map(map));
        }
        loop {
            let keys = self.keys("=")?;
            let value = self.value(depth + keys.len())?;
            // INVARIANT: only tables that dotted keys of this very table opened may grow.
            if values.iter().any(|way: &Vec<String>| keys.starts_with(way)) {
                return Err(ManifestError::Twice(self.line));
            }
            insert(&mut map, &keys, value).ok_or(ManifestError::Twice(self.line))?;
            values.push(keys);
            self.space();
            if self.takes("}") {
                return Ok(Tree::Map(map));
            }
            if !self.takes(",") || values.len() > MOST_INLINE {
                return Err(self.wrong());
            }
        }
    }

    fn plain(&mut self) -> Result<Tree, ManifestError> {
        let word = |c: char| c.is_ascii_alphanumeric() || "+-_.:".contains(c);
        let mut length = self.rest.find(|c| !word(c)).unwrap_or(self.rest.len());
        // A date and its time may be parted by a space.
        if length == 10 && self.rest.as_bytes().get(4) == Some(&b'-') {
            let time = self.rest.get(11..).unwrap_or_default();
            if self.rest.get(10..11) == Some(" ") && time.starts_with(|c: char| c.is_ascii_digit())
            {
                length += 1 + time.find(|c| !word(c)).unwrap_or(time.len());
            }
        }
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        let first = text.trim_start_matches(['+', '-']);
        let known = matches!(text, "true" | "false")
            || matches!(first, "inf" | "nan")
            || first.starts_with(|c: char| c.is_ascii_digit());
        if !known {
            return Err(self.wrong());
        }
        self.rest = rest;
        Ok(Tree::Plain(text.to_owned()))
    }

    fn first_newline(&mut self) {
        if self.takes("\n") || self.takes("\r\n") {
            self.line += 1;
        }
    }

    /// Reads text up to `end`, in which nothing is escaped.
    fn literal(&mut self, end: &str) -> Result<String, ManifestError> {
        let many = end.len() == 3;
        let (text, rest) = self.rest.split_once(end).ok_or(self.wrong())?;
        if text.chars().any(|c| is_bad(c, many)) {
            return Err(self.wrong());
        }
        let mut text = text.to_owned();
        self.rest = rest;
        self.line += text.matches('\n').count();
        self.more_quotes(&mut text, '\'', many);
        Ok(text)
    }

    /// Up to two quotes may stand right before the closing three.
    fn more_quotes(&mut self, text: &mut String, quote: char, many: bool) {
        for _ in 0..2 {
            if let Some(rest) = self.rest.strip_prefix(quote).filter(|_| many) {
                self.rest = rest;
                text.push(quote);
            }
        }
    }

    /// Reads text with escapes after its opening quotes.
    fn basic(&mut self, many: bool) -> Result<String, ManifestError> {
        let mut out = String::new();
        loop {
            if self.takes(if many { "\"\"\"" } else { "\"" }) {
                self.more_quotes(&mut out, '"', many);
                return Ok(out);
            }
            let mut chars = self.rest.chars();
            let c = chars.next().ok_or(self.wrong())?;
            self.rest = chars.as_str();
            if is_bad(c, many) {
                return Err(self.wrong());
            }
            if c == '\n' {
                self.line += 1;
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            if let Some(c) = self.escape(many)? {
                out.push(c);
            }
        }
    }

    /// Reads what follows a backslash; nothing where it joins lines.
    fn escape(&mut self, many: bool) -> Result<Option<char>, ManifestError> {
        let mut chars = self.rest.chars();
        let c = match chars.next() {
            Some('b') => '\u{8}',
            Some('t') => '\t',
            Some('n') => '\n',
            Some('f') => '\u{c}',
            Some('r') => '\r',
            Some(c @ ('"' | '\\')) => c,
            Some(sign @ ('u' | 'U')) => {
                let digits = if sign == 'u' { 4 } else { 8 };
                hex(&mut chars, digits).and_then(char::from_u32).ok_or(self.wrong())?
            }
            Some(' ' | '\t' | '\n' | '\r') if many => {
                let line = self.line;
                let text = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
                let passed = self.rest.len() - text.len();
                let passed = self.rest.get(..passed).unwrap_or_default();
                self.line += passed.matches('\n').count();
                self.rest = text;
                return if self.line > line { Ok(None) } else { Err(self.wrong()) };
            }
            Some(_) | None => return Err(self.wrong()),
        };
        self.rest = chars.as_str();
        Ok(Some(c))
    }
}

/// Keys of one inline table: each is compared with all before.
const MOST_INLINE: usize = 64;

fn is_bad(c: char, many: bool) -> bool {
    c.is_control()
        && c != '\t'
        && !(many && matches!(c, '\n' | '\r'))
        && !('\u{80}'..='\u{9f}').contains(&c)
}

fn insert(map: &mut BTreeMap<String, Tree>, keys: &[String], value: Tree) -> Option<()> {
    let (last, folders) = keys.split_last()?;
    let mut map = map;
    for key in folders {
        let next = map.entry(key.clone()).or_insert_with(|| Tree::Map(BTreeMap::new()));
        let Tree::Map(next) = next else {
            return None;
        };
        map = next;
    }
    map.insert(last.clone(), value).is_none().then_some(())
}
