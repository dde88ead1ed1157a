//! Events to nodes, counting as it goes.

use std::collections::BTreeMap;

use granit_parser::Event;
use granit_parser::Marker;
use granit_parser::ScalarStyle;
use granit_parser::Span;
use granit_parser::StructureStyle;
use granit_parser::Tag;

use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::Quoted;
use crate::document::node::Node;
use crate::document::node::NodeKind;
use crate::document::node::path_of_key;
use crate::document::yaml::MAX_ALIASES;
use crate::document::yaml::MAX_DEPTH;
use crate::document::yaml::MAX_EXPANDED_BYTES;
use crate::document::yaml::MAX_NODES;
use crate::document::yaml::MAX_SCALAR_BYTES;
use crate::document::yaml::open::Content;
use crate::document::yaml::open::Key;
use crate::document::yaml::open::Open;
use crate::document::yaml::scalar;
use crate::model::Location;

type Checked<T> = Result<T, Box<Diagnostic>>;

/// Builds the documents of one file out of the parser's events.
pub(super) struct Builder<'f> {
    aliases: usize,
    anchors: BTreeMap<usize, Anchored>,
    anchors_seen: usize,
    bytes: usize,
    documents: Vec<Node>,
    file: &'f str,
    nodes: usize,
    open: Vec<Open>,
}

/// What an alias stands for, and what it costs.
struct Anchored {
    cost: Cost,
    node: Node,
}

#[derive(Clone, Copy)]
struct Cost {
    bytes: usize,
    height: usize,
    nodes: usize,
}

impl<'f> Builder<'f> {
    /// Returns a builder for the file of this path.
    pub(super) fn new(file: &'f str) -> Self {
        Self {
            aliases: 0,
            anchors: BTreeMap::new(),
            anchors_seen: 0,
            bytes: 0,
            documents: Vec::new(),
            file,
            nodes: 0,
            open: Vec::new(),
        }
    }

    /// Takes the next event in.
    pub(super) fn accept(&mut self, event: Event<'_>, span: Span) -> Checked<()> {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "seq", span)?;
                self.begin(Content::Sequence(Vec::new()), style, anchor, span)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "map", span)?;
                let content =
                    Content::Mapping { entries: Vec::new(), key: None, seen: BTreeMap::new() };
                self.begin(content, style, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span.start),
            Event::Alias(anchor) => self.alias(anchor, &span.start),
            // Everything else is about the stream or its presentation and carries no data.
            _ => Ok(()),
        }
    }

    /// Returns the documents that are not empty.
    pub(super) fn finish(self) -> Vec<Node> {
        self.documents
    }

    /// Returns the finding that `error` stands at `mark`.
    pub(super) fn fail(&self, mark: &Marker, error: &DocumentError) -> Box<Diagnostic> {
        Box::new(error.at(self.location(mark)))
    }

    /// Returns the finding that the text cannot be read from `mark` on; where that is within
    /// brackets, with the place of the first, which is most likely the one that is not closed.
    pub(super) fn fail_syntax(&self, mark: &Marker, error: &DocumentError) -> Box<Diagnostic> {
        let finding = error.at(self.location(mark));
        let Some(open) = self.open.iter().find(|open| open.flow) else {
            return Box::new(finding);
        };
        let bracket = match open.content {
            Content::Sequence(_) => "`[`",
            Content::Mapping { .. } => "`{`",
        };
        let opened = Location {
            column: open.column,
            file: self.file.to_owned(),
            line: open.line,
            path: String::new(),
        };
        Box::new(finding.with_related(format!("{bracket} is open since here"), opened))
    }

    fn location(&self, mark: &Marker) -> Location {
        let (line, column) = place(mark);
        let open = self.open.iter();
        let path = open.fold(String::new(), |path, open| open.next_path(path));
        Location { column, file: self.file.to_owned(), line, path }
    }

    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(Open::expects_key)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Checked<()> {
        let mark = &span.start;
        if text.len() > MAX_SCALAR_BYTES {
            let error = DocumentError::ScalarTooLong { size: text.len(), limit: MAX_SCALAR_BYTES };
            return Err(self.fail(mark, &error));
        }
        let plain = style == ScalarStyle::Plain;
        let kind = match tag {
            None if plain => scalar::plain(text),
            None => NodeKind::Text(text.to_owned()),
            Some(tag) => self.tagged(text, tag, span)?,
        };
        let cost = Cost { bytes: text.len(), height: 0, nodes: 1 };
        self.charge(cost, mark)?;
        let (line, column) = place(mark);
        let node = Node { column, kind, line };
        if self.expects_key() {
            if plain && text == "<<" {
                return Err(self.fail(mark, &DocumentError::MergeKey));
            }
            self.anchor(anchor, &node, cost, mark)?;
            return self.key(node, mark);
        }
        self.anchor(anchor, &node, cost, mark)?;
        self.place(node, 0);
        Ok(())
    }

    fn tagged(&self, text: &str, tag: &Tag, span: Span) -> Checked<NodeKind> {
        let kind = scalar::plain(text);
        match (&kind, tag.core_suffix()) {
            (_, Some("str")) => Ok(NodeKind::Text(text.to_owned())),
            (NodeKind::Bool(_), Some("bool"))
            | (NodeKind::Integer(_), Some("int"))
            | (NodeKind::Null, Some("null")) => Ok(kind),
            _ => Err(self.refuse_tag(tag, span)),
        }
    }

    fn check_tag(&self, tag: Option<&Tag>, allowed: &str, span: Span) -> Checked<()> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema_tag(allowed) => Err(self.refuse_tag(tag, span)),
            Some(_) | None => Ok(()),
        }
    }

    fn refuse_tag(&self, tag: &Tag, span: Span) -> Box<Diagnostic> {
        let mark = span.tag_start().unwrap_or(span.start);
        let tag = Quoted::from(tag.original().as_str());
        self.fail(&mark, &DocumentError::UnknownTag { tag })
    }

    fn key(&mut self, node: Node, mark: &Marker) -> Checked<()> {
        let found = node.what();
        let NodeKind::Text(text) = node.kind else {
            return Err(self.fail(mark, &DocumentError::KeyNotText { found }));
        };
        let here = self.location(mark);
        let file = self.file;
        let Some(Open { content: Content::Mapping { key, seen, .. }, .. }) = self.open.last_mut()
        else {
            return Ok(());
        };
        if let Some((line, column)) = seen.insert(text.clone(), (node.line, node.column)) {
            let path = path_of_key(&here.path, &text);
            let first = Location { column, file: file.to_owned(), line, path: path.clone() };
            let error = DocumentError::RepeatedKey { key: Quoted::from(text.as_str()) };
            let finding = error.at(Location { path, ..here });
            return Err(Box::new(finding.with_related("first stands here", first)));
        }
        *key = Some(Key { column: node.column, line: node.line, text });
        Ok(())
    }

    fn begin(
        &mut self,
        content: Content,
        style: StructureStyle,
        anchor: usize,
        span: Span,
    ) -> Checked<()> {
        let mark = &span.start;
        if self.expects_key() {
            let found = match content {
                Content::Sequence(_) => "a list",
                Content::Mapping { .. } => "a mapping",
            };
            return Err(self.fail(mark, &DocumentError::KeyNotText { found }));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.fail(mark, &DocumentError::TooDeep { limit: MAX_DEPTH }));
        }
        let (bytes_before, nodes_before) = (self.bytes, self.nodes);
        let cost = Cost { bytes: 0, height: 0, nodes: 1 };
        self.charge(cost, mark)?;
        let (line, column) = place(mark);
        self.open.push(Open {
            anchor,
            bytes_before,
            column,
            content,
            flow: style == StructureStyle::Flow,
            height: 0,
            line,
            nodes_before,
        });
        Ok(())
    }

    fn end(&mut self, mark: &Marker) -> Checked<()> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let kind = match open.content {
            Content::Sequence(items) => NodeKind::Sequence(items),
            Content::Mapping { entries, .. } => NodeKind::Mapping(entries),
        };
        let node = Node { column: open.column, kind, line: open.line };
        let height = open.height.saturating_add(1);
        let cost = Cost {
            bytes: self.bytes.saturating_sub(open.bytes_before),
            height,
            nodes: self.nodes.saturating_sub(open.nodes_before),
        };
        self.anchor(open.anchor, &node, cost, mark)?;
        self.place(node, height);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, mark: &Marker) -> Checked<()> {
        self.aliases = self.aliases.saturating_add(1);
        if self.aliases > MAX_ALIASES {
            let error = DocumentError::TooManyAliases { limit: MAX_ALIASES };
            return Err(self.fail(mark, &error));
        }
        if self.expects_key() {
            let found = "an alias";
            return Err(self.fail(mark, &DocumentError::KeyNotText { found }));
        }
        // An alias inside its own anchor finds nothing yet, so no cycle can arise.
        let Some(Anchored { cost, .. }) = self.anchors.get(&anchor) else {
            return Err(self.fail(mark, &DocumentError::UnknownAlias));
        };
        let cost = *cost;
        if self.open.len().saturating_add(cost.height) > MAX_DEPTH {
            return Err(self.fail(mark, &DocumentError::TooDeep { limit: MAX_DEPTH }));
        }
        self.charge(cost, mark)?;
        if let Some(node) = self.anchors.get(&anchor).map(|found| found.node.clone()) {
            self.place(node, cost.height);
        }
        Ok(())
    }

    /// Remembers what an anchor names. The copy is charged for too, so that nested anchors
    /// cannot hold much more than the file.
    fn anchor(&mut self, anchor: usize, node: &Node, cost: Cost, mark: &Marker) -> Checked<()> {
        if anchor == 0 {
            return Ok(());
        }
        self.anchors_seen = self.anchors_seen.saturating_add(1);
        if self.anchors_seen > MAX_ALIASES {
            let error = DocumentError::TooManyAliases { limit: MAX_ALIASES };
            return Err(self.fail(mark, &error));
        }
        self.charge(cost, mark)?;
        let node = node.clone();
        self.anchors.insert(anchor, Anchored { cost, node });
        Ok(())
    }

    fn charge(&mut self, cost: Cost, mark: &Marker) -> Checked<()> {
        self.nodes = self.nodes.saturating_add(cost.nodes);
        self.bytes = self.bytes.saturating_add(cost.bytes);
        if self.nodes > MAX_NODES {
            return Err(self.fail(mark, &DocumentError::TooManyNodes { limit: MAX_NODES }));
        }
        if self.bytes > MAX_EXPANDED_BYTES {
            let error = DocumentError::AliasesExpandTooFar { limit: MAX_EXPANDED_BYTES };
            return Err(self.fail(mark, &error));
        }
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node, height: usize) {
        if let Some(open) = self.open.last_mut() {
            open.place(node, height);
        } else if node.kind != NodeKind::Null {
            self.documents.push(node);
        }
    }
}

/// Returns line and column of `mark`, both counted from 1.
fn place(mark: &Marker) -> (u32, u32) {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    (number(mark.line()), number(mark.col()).saturating_add(1))
}
