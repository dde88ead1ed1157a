//! Reads XML without a document type: elements and their text, as manifests use it.

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::tree::DEEPEST;
use crate::facts::manifest::tree::LONGEST_KEY;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its attributes in order, without declarations of name spaces.
    pub(crate) attributes: Vec<(String, String)>,
    /// The elements in it.
    pub(crate) children: Vec<Element>,
    /// Its name.
    pub(crate) name: String,
    /// The text in it, without that of its children.
    pub(crate) text: String,
}

impl Element {
    /// Returns the first element of that name in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns the text of the first element of that name in it, without space around.
    pub(crate) fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }
}

/// Reads the root element of a document. A document type is refused: with it go entities.
pub(crate) fn read_xml(text: &str) -> Result<Element, ManifestError> {
    let mut reader = Reader { rest: text.strip_prefix('\u{feff}').unwrap_or(text), text };
    // The open elements; the first holds the root.
    let mut open = vec![Element::default()];
    while !reader.rest.is_empty() {
        reader.step(&mut open)?;
    }
    let document = open.pop().filter(|_| open.is_empty()).ok_or(reader.wrong())?;
    let mut roots = document.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(root), None) if document.text.trim().is_empty() => Ok(root),
        (Some(_) | None, _) => Err(reader.wrong()),
    }
}

struct Reader<'t> {
    rest: &'t str,
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn wrong(&self) -> ManifestError {
        let passed = self.text.len().saturating_sub(self.rest.len());
        let passed = self.text.get(..passed).unwrap_or_default();
        ManifestError::Syntax(passed.matches('\n').count() + 1)
    }

    /// Takes what stands before `end`, and `end`.
    fn until(&mut self, end: &str) -> Result<&'t str, ManifestError> {
        let (text, rest) = self.rest.split_once(end).ok_or_else(|| self.wrong())?;
        self.rest = rest;
        Ok(text)
    }

    fn step(&mut self, open: &mut Vec<Element>) -> Result<(), ManifestError> {
        let Some(markup) = self.rest.strip_prefix('<') else {
            let length = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at_checked(length).unwrap_or_default();
            let text = decoded(text).ok_or_else(|| self.wrong())?;
            open.last_mut().ok_or_else(|| self.wrong())?.text.push_str(&text);
            self.rest = rest;
            return Ok(());
        };
        if let Some(rest) = markup.strip_prefix("!--") {
            self.rest = rest;
            let comment = self.until("-->")?;
            return if comment.contains("--") { Err(self.wrong()) } else { Ok(()) };
        }
        if let Some(rest) = markup.strip_prefix("![CDATA[") {
            self.rest = rest;
            let text = self.until("]]>")?;
            open.last_mut().ok_or_else(|| self.wrong())?.text.push_str(text);
            return Ok(());
        }
        if let Some(rest) = markup.strip_prefix('?') {
            self.rest = rest;
            let told = self.until("?>")?;
            return if is_declaration(told, self.text) { Ok(()) } else { Err(self.wrong()) };
        }
        if let Some(rest) = markup.strip_prefix('/') {
            self.rest = rest;
            let name = self.until(">")?.trim_end();
            return self.close(name, open);
        }
        self.rest = markup;
        self.start(open)
    }

    fn close(&self, name: &str, open: &mut Vec<Element>) -> Result<(), ManifestError> {
        let element = open.pop().filter(|element| element.name == name);
        match (element, open.last_mut()) {
            (Some(element), Some(parent)) => {
                parent.children.push(element);
                Ok(())
            }
            (Some(_) | None, _) => Err(self.wrong()),
        }
    }

    fn start(&mut self, open: &mut Vec<Element>) -> Result<(), ManifestError> {
        let mut element = Element { name: self.name()?, ..Element::default() };
        loop {
            let spaced = self.rest.trim_start();
            let parted = spaced.len() < self.rest.len();
            self.rest = spaced;
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                if open.len() > DEEPEST {
                    return Err(ManifestError::Deep(0));
                }
                open.push(element);
                return Ok(());
            }
            if let Some(rest) = self.rest.strip_prefix("/>") {
                self.rest = rest;
                open.last_mut().ok_or_else(|| self.wrong())?.children.push(element);
                return Ok(());
            }
            let name = self.name()?;
            self.rest = self.rest.trim_start().strip_prefix('=').ok_or_else(|| self.wrong())?;
            self.rest = self.rest.trim_start();
            let quote = if self.rest.starts_with('"') { "\"" } else { "'" };
            self.rest = self.rest.strip_prefix(quote).ok_or_else(|| self.wrong())?;
            let raw = self.until(quote)?;
            let value = decoded(raw).ok_or_else(|| self.wrong())?;
            let twice = element.attributes.iter().any(|(other, _)| *other == name);
            if !parted || twice || raw.contains('<') {
                return Err(self.wrong());
            }
            if name != "xmlns" && !name.starts_with("xmlns:") && !name.starts_with("xsi:") {
                element.attributes.push((name, value));
            }
        }
    }

    fn name(&mut self) -> Result<String, ManifestError> {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        let length = self.rest.find(|c| !part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        let starts = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if !starts || name.len() > LONGEST_KEY {
            return Err(self.wrong());
        }
        self.rest = rest;
        Ok(name.to_owned())
    }
}

/// Returns true for `xml version="1.0" encoding="UTF-8"`: in another encoding the same bytes would
/// be another text, unless all of them are ASCII.
fn is_declaration(told: &str, text: &str) -> bool {
    let mut words = told.split_whitespace();
    let known = |word: &str| match word.replace('\'', "\"").to_ascii_lowercase().as_str() {
        "version=\"1.0\"" | "encoding=\"utf-8\"" | "standalone=\"yes\"" | "standalone=\"no\"" => {
            true
        }
        "encoding=\"iso-8859-1\"" | "encoding=\"us-ascii\"" => text.is_ascii(),
        _ => false,
    };
    words.next() == Some("xml") && words.all(known)
}

/// Returns text with its references resolved; `None` where one is not known.
fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        let (name, after) = reference.split_once(';')?;
        out.push_str(before);
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
