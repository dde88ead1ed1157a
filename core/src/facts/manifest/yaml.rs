//! Reads the plain part of YAML into a tree: block maps and lists, scalars on one line, block
//! text. Anchors, tags, merges and text over several lines are refused, never guessed.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::json::read_json;
use crate::facts::manifest::tree::DEEPEST;
use crate::facts::manifest::tree::LONGEST_KEY;
use crate::facts::manifest::tree::Tree;

/// Reads a stream of documents; of several, a list.
pub(crate) fn read_yaml(text: &str) -> Result<Tree, ManifestError> {
    let mut documents = Vec::new();
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line == "---" || line.starts_with("--- #") {
            finish(&mut documents, &mut lines)?;
        } else {
            lines.push((index + 1, line));
        }
    }
    finish(&mut documents, &mut lines)?;
    Ok(if documents.len() == 1 { documents.remove(0) } else { Tree::List(documents) })
}

fn finish(documents: &mut Vec<Tree>, lines: &mut Vec<(usize, &str)>) -> Result<(), ManifestError> {
    let mut reader = Reader { lines: std::mem::take(lines), at: 0, inline: None };
    if reader.peek()?.is_none() {
        return Ok(());
    }
    documents.push(reader.node(0, 0)?);
    match reader.peek()? {
        None => Ok(()),
        Some(line) => Err(ManifestError::Syntax(line.number)),
    }
}

/// A line that says something, without comment and space around.
#[derive(Clone, Copy)]
struct Line<'t> {
    indent: usize,
    number: usize,
    text: &'t str,
}

struct Reader<'t> {
    at: usize,
    /// What follows `- ` on a line is read as a line of its own.
    inline: Option<Line<'t>>,
    lines: Vec<(usize, &'t str)>,
}

impl<'t> Reader<'t> {
    fn peek(&mut self) -> Result<Option<Line<'t>>, ManifestError> {
        if self.inline.is_some() {
            return Ok(self.inline);
        }
        while let Some((number, line)) = self.lines.get(self.at) {
            let text = line.trim_start_matches(' ');
            if text.trim().is_empty() || text.starts_with('#') {
                self.at += 1;
                continue;
            }
            if text.starts_with(['\t', '%']) || text == "..." || text.contains('\t') {
                return Err(ManifestError::Syntax(*number));
            }
            let indent = line.len() - text.len();
            return Ok(Some(Line { indent, number: *number, text: text.trim_end() }));
        }
        Ok(None)
    }

    fn pass(&mut self) {
        if self.inline.take().is_none() {
            self.at += 1;
        }
    }

    /// Reads the list, map or scalar whose lines are indented by `least` or more.
    fn node(&mut self, least: usize, depth: usize) -> Result<Tree, ManifestError> {
        let Some(first) = self.peek()?.filter(|line| line.indent >= least) else {
            return Ok(Tree::Plain(String::new()));
        };
        if depth > DEEPEST {
            return Err(ManifestError::Deep(first.number));
        }
        if first.text == "-" || first.text.starts_with("- ") {
            return self.list(first.indent, depth);
        }
        if key(first)?.is_some() {
            return self.map(first.indent, depth);
        }
        self.pass();
        scalar(first.text, first.number)
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Tree, ManifestError> {
        let mut items = Vec::new();
        while let Some(line) = self.peek()?.filter(|line| line.indent == indent) {
            let Some(rest) = line.text.strip_prefix('-') else {
                break;
            };
            let text = rest.trim_start_matches(' ');
            if text.len() == rest.len() && !rest.is_empty() {
                return Err(ManifestError::Syntax(line.number));
            }
            self.pass();
            if text.is_empty() || text.starts_with('#') {
                items.push(self.node(indent + 1, depth + 1)?);
                continue;
            }
            let inner = Line { indent: indent + 1 + rest.len() - text.len(), text, ..line };
            if let Some(block) = self.block(text, indent) {
                items.push(block);
            } else if text == "-" || text.starts_with("- ") || key(inner)?.is_some() {
                self.inline = Some(inner);
                items.push(self.node(inner.indent, depth + 1)?);
            } else {
                items.push(scalar(text, line.number)?);
            }
        }
        self.no_deeper(indent)?;
        Ok(Tree::List(items))
    }

    fn map(&mut self, indent: usize, depth: usize) -> Result<Tree, ManifestError> {
        let mut map = BTreeMap::new();
        while let Some(line) = self.peek()?.filter(|line| line.indent == indent) {
            let (name, text) = key(line)?
                .filter(|(name, _)| name.len() <= LONGEST_KEY)
                .ok_or(ManifestError::Syntax(line.number))?;
            self.pass();
            let value = if text.is_empty() || text.starts_with('#') {
                // A list may stand as far left as the key that it belongs to.
                let list = self.peek()?.is_some_and(|next| {
                    next.indent == indent && (next.text == "-" || next.text.starts_with("- "))
                });
                if list { self.list(indent, depth + 1)? } else { self.node(indent + 1, depth + 1)? }
            } else if let Some(block) = self.block(text, indent) {
                block
            } else {
                scalar(text, line.number)?
            };
            if map.insert(name, value).is_some() {
                return Err(ManifestError::Twice(line.number));
            }
        }
        self.no_deeper(indent)?;
        Ok(Tree::Map(map))
    }

    /// Refuses text that goes on in deeper lines.
    fn no_deeper(&mut self, indent: usize) -> Result<(), ManifestError> {
        match self.peek()? {
            Some(line) if line.indent > indent => Err(ManifestError::Syntax(line.number)),
            Some(_) | None => Ok(()),
        }
    }

    /// Reads block text after `|` or `>`: the lines that are empty or deeper than `indent`.
    fn block(&mut self, sign: &str, indent: usize) -> Option<Tree> {
        let style = sign.split_once(" #").map_or(sign, |(sign, _)| sign).trim_end();
        let rest = style.strip_prefix(['|', '>'])?;
        if !rest.chars().all(|c| matches!(c, '+' | '-' | '1'..='9')) {
            return None;
        }
        let mut text = style.to_owned();
        while let Some((_, line)) = self.lines.get(self.at) {
            let deep = line.len() - line.trim_start_matches(' ').len() > indent;
            if !deep && !line.trim().is_empty() {
                break;
            }
            text.push('\n');
            text.push_str(line);
            self.at += 1;
        }
        Some(Tree::Text(text.trim_end().to_owned()))
    }
}

/// Takes `key: rest` apart; `None` where the line has no key.
fn key<'t>(line: Line<'t>) -> Result<Option<(String, &'t str)>, ManifestError> {
    let wrong = ManifestError::Syntax(line.number);
    if let Some(quote @ ('"' | '\'')) = line.text.chars().next() {
        let body = line.text.get(1..).unwrap_or_default();
        let Some((name, rest)) = body.split_once(quote) else {
            return Ok(None);
        };
        let Some(rest) = rest.trim_start().strip_prefix(':') else {
            return Ok(None);
        };
        if name.contains(['\\', '\'']) || !(rest.is_empty() || rest.starts_with(' ')) {
            return Err(wrong);
        }
        return Ok(Some((name.to_owned(), rest.trim_start())));
    }
    let (name, rest) = match line.text.split_once(": ") {
        Some(found) => found,
        None => match line.text.strip_suffix(':') {
            Some(name) => (name, ""),
            None => return Ok(None),
        },
    };
    let strange = name.starts_with(['&', '*', '!', '?', '|', '>', '@', '`', '[', '{', '-'])
        || name.contains(" #")
        || name == "<<";
    if strange {
        // `- a` and `-a` are other things; the rest is YAML that is not read.
        return if name.starts_with(['[', '{']) { Ok(None) } else { Err(wrong) };
    }
    Ok(Some((name.trim_end().to_owned(), rest.trim_start())))
}

/// Reads a scalar, or a list or map in brackets, that fills a line.
fn scalar(text: &str, number: usize) -> Result<Tree, ManifestError> {
    let wrong = ManifestError::Syntax(number);
    if text.starts_with(['[', '{']) {
        let text = text.split_once(" #").map_or(text, |(text, _)| text);
        return flow(text).ok_or(wrong);
    }
    if let Some(rest) = text.strip_prefix('\'') {
        let rest = rest.split_once(" #").map_or(rest, |(text, _)| text).trim_end();
        let inside = rest.strip_suffix('\'').ok_or(wrong)?;
        if inside.replace("''", "").contains('\'') {
            return Err(wrong);
        }
        return Ok(Tree::Text(inside.replace("''", "'")));
    }
    if text.starts_with('"') {
        let text = text.split_once(" #").map_or(text, |(text, _)| text).trim_end();
        // JSON's escapes mean the same in YAML; others are refused.
        return read_json(text).map_err(|_| wrong);
    }
    if text.starts_with(['&', '*', '!', '|', '>', '@', '`', '%', ',', ']', '}', '#']) {
        return Err(wrong);
    }
    let text = text.split_once(" #").map_or(text, |(text, _)| text).trim_end();
    if text.contains(": ") || text.ends_with(':') {
        return Err(wrong);
    }
    Ok(Tree::Plain(text.to_owned()))
}

/// Reads `[a, b]` of plain words, and whatever is JSON.
fn flow(text: &str) -> Option<Tree> {
    let text = text.trim_end();
    if let Ok(tree) = read_json(text) {
        return Some(tree);
    }
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let plain = |c: char| c.is_alphanumeric() || "_-./+ ,*@".contains(c);
    if !inside.chars().all(plain) || inside.split(',').any(|item| item.trim().is_empty()) {
        return None;
    }
    Some(Tree::List(inside.split(',').map(|item| Tree::Plain(item.trim().to_owned())).collect()))
}
