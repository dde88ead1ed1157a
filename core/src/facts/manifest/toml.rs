//! Reads TOML into a tree: tables, keys and where they may stand.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::toml_value::Reader;
use crate::facts::manifest::tree::DEEPEST;
use crate::facts::manifest::tree::Tree;

/// Reads a TOML document.
pub(crate) fn read_toml(text: &str) -> Result<Tree, ManifestError> {
    Ok(read_toml_items(text)?.0)
}

/// The way to an item of a list of tables, with its number at the end, and its line.
pub(crate) type ItemLine = (Vec<String>, usize);

/// Reads a TOML document, and at which lines the items of its lists of tables begin.
pub(crate) fn read_toml_items(text: &str) -> Result<(Tree, Vec<ItemLine>), ManifestError> {
    let mut reader = Reader::new(text);
    let mut document = Document::default();
    loop {
        reader.lines();
        if reader.is_done() {
            return Ok((Tree::Map(document.root), document.items));
        }
        if reader.takes("[[") {
            let keys = reader.keys("]]")?;
            document.start_item(keys, reader.line)?;
        } else if reader.takes("[") {
            let keys = reader.keys("]")?;
            document.start_table(keys, reader.line)?;
        } else {
            let keys = reader.keys("=")?;
            let value = reader.value(0)?;
            document.set(&keys, value, reader.line)?;
        }
        reader.end_of_line()?;
    }
}

#[derive(Default)]
struct Document {
    /// The ways to tables that dotted keys opened: they take no header.
    dotted: BTreeSet<Vec<String>>,
    /// The ways to tables with a header of their own.
    headed: BTreeSet<Vec<String>>,
    items: Vec<ItemLine>,
    root: BTreeMap<String, Tree>,
    /// The way to the table that keys belong to; of a list, its number stands in it.
    table: Vec<String>,
    /// The ways to lists and tables that are values: they do not grow.
    values: BTreeSet<Vec<String>>,
}

impl Document {
    /// `[a.b]`.
    fn start_table(&mut self, keys: Vec<String>, line: usize) -> Result<(), ManifestError> {
        let way = self.way(&keys, line)?;
        if !self.headed.insert(way.clone()) {
            return Err(ManifestError::Twice(line));
        }
        self.reach(&way, line)?;
        self.table = way;
        Ok(())
    }

    /// `[[a.b]]`.
    fn start_item(&mut self, mut keys: Vec<String>, line: usize) -> Result<(), ManifestError> {
        let last = keys.pop().ok_or(ManifestError::Syntax(line))?;
        let mut way = self.way(&keys, line)?;
        let parent = self.reach(&way, line)?;
        let list = parent.entry(last.clone()).or_insert_with(|| Tree::List(Vec::new()));
        let Tree::List(items) = list else {
            return Err(ManifestError::Twice(line));
        };
        let index = items.len();
        items.push(Tree::Map(BTreeMap::new()));
        way.push(last);
        if self.values.contains(&way) {
            return Err(ManifestError::Twice(line));
        }
        way.push(index.to_string());
        self.headed.insert(way.clone());
        self.items.push((way.clone(), line));
        self.table = way;
        Ok(())
    }

    /// `a.b = value`.
    fn set(&mut self, keys: &[String], value: Tree, line: usize) -> Result<(), ManifestError> {
        let twice = ManifestError::Twice(line);
        let (last, folders) = keys.split_last().ok_or(ManifestError::Syntax(line))?;
        let mut way = self.table.clone();
        for key in folders {
            way.push(key.clone());
            // A table that has a header, or is a value, gets no more keys from elsewhere.
            if self.headed.contains(&way) || self.values.contains(&way) {
                return Err(twice);
            }
        }
        let grows = matches!(value, Tree::Map(_) | Tree::List(_));
        let table = self.reach(&way, line)?;
        if table.insert(last.clone(), value).is_some() {
            return Err(twice);
        }
        for end in self.table.len() + 1..=way.len() {
            self.dotted.insert(way.get(..end).unwrap_or_default().to_vec());
        }
        if grows {
            way.push(last.clone());
            self.values.insert(way);
        }
        Ok(())
    }

    /// Returns the way that the keys of a header mean: in a list, its last table.
    fn way(&self, keys: &[String], line: usize) -> Result<Vec<String>, ManifestError> {
        let mut way: Vec<String> = Vec::new();
        let mut map = Some(&self.root);
        for key in keys {
            way.push(key.clone());
            if self.dotted.contains(&way) || self.values.contains(&way) {
                return Err(ManifestError::Twice(line));
            }
            map = match map.and_then(|map| map.get(key)) {
                None => None,
                Some(Tree::Map(next)) => Some(next),
                Some(Tree::List(items)) => {
                    way.push(items.len().saturating_sub(1).to_string());
                    match items.last() {
                        Some(Tree::Map(next)) => Some(next),
                        Some(Tree::List(_) | Tree::Plain(_) | Tree::Text(_)) | None => None,
                    }
                }
                Some(Tree::Plain(_) | Tree::Text(_)) => {
                    return Err(ManifestError::Twice(line));
                }
            };
        }
        Ok(way)
    }

    /// Returns the table at `way`, made where it is not there.
    fn reach(
        &mut self,
        way: &[String],
        line: usize,
    ) -> Result<&mut BTreeMap<String, Tree>, ManifestError> {
        if way.len() > DEEPEST {
            return Err(ManifestError::Deep(line));
        }
        let mut map = &mut self.root;
        let mut keys = way.iter();
        while let Some(key) = keys.next() {
            let next = map.entry(key.clone()).or_insert_with(|| Tree::Map(BTreeMap::new()));
            map = match next {
                Tree::Map(next) => next,
                Tree::List(items) => {
                    let index = keys.next().and_then(|key| key.parse::<usize>().ok());
                    match index.and_then(|index| items.get_mut(index)) {
                        Some(Tree::Map(next)) => next,
                        Some(Tree::List(_) | Tree::Plain(_) | Tree::Text(_)) | None => {
                            return Err(ManifestError::Twice(line));
                        }
                    }
                }
                Tree::Plain(_) | Tree::Text(_) => return Err(ManifestError::Twice(line)),
            };
        }
        Ok(map)
    }
}
