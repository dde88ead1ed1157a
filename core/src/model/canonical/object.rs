//! Objects of canonical JSON: their keys stand by UTF-16 units (RFC 8785 section 3.2.3).

use serde::Serialize;
use serde::ser::SerializeMap;
use serde::ser::SerializeStruct;
use serde::ser::SerializeStructVariant;

use crate::model::CanonicalError;
use crate::model::canonical::escape::write_text;
use crate::model::canonical::writer::Writer;
use crate::model::ordered::sort_by;

/// Where an entry stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    start: usize,
    key_end: usize,
}

/// An object while it is written. Entries that come in order are written once; others are put
/// in order at the end.
pub(super) struct Object<'w> {
    writer: &'w mut Writer,
    /// Where its entries begin in the writer's list.
    first: usize,
    /// The last field: those of structs need not be read back from the text.
    last: &'static str,
    /// Where its text begins, behind the brace.
    start: usize,
    sorted: bool,
    /// Fields that are left out.
    without: &'static [&'static str],
    /// Closes what stands around it: the object of a variant.
    wrapped: bool,
}

impl<'w> Object<'w> {
    pub(super) fn begin(writer: &'w mut Writer, wrapped: bool) -> Self {
        let outermost = writer.out.is_empty();
        writer.out.push('{');
        Self {
            first: writer.entries.len(),
            last: "",
            start: writer.out.len(),
            sorted: true,
            without: if outermost { writer.without } else { &[] },
            wrapped,
            writer,
        }
    }

    /// Writes the key of a map by `write`, and checks that it comes after the one before.
    fn key(
        &mut self,
        write: impl FnOnce(&mut Writer) -> Result<(), CanonicalError>,
    ) -> Result<(), CanonicalError> {
        let before = self.writer.entries.get(self.first..).and_then(<[Entry]>::last).copied();
        let start = self.next_entry();
        write(self.writer)?;
        let key_end = self.writer.out.len();
        let text = |from: usize, to: usize| self.writer.out.get(from..to).unwrap_or_default();
        let key = text(start, key_end);
        // Behind an escape, or beyond ASCII, the order of the bytes is not that of the units.
        let plain = key.is_ascii() && !key.contains('\\');
        let follows =
            before.is_none_or(|before| inside(text(before.start, before.key_end)) < inside(key));
        self.sorted &= plain && follows;
        self.end_key(start, key_end);
        Ok(())
    }

    fn next_entry(&mut self) -> usize {
        if self.writer.entries.len() > self.first {
            self.writer.out.push(',');
        }
        self.writer.out.len()
    }

    fn end_key(&mut self, start: usize, key_end: usize) {
        self.writer.out.push(':');
        self.writer.entries.push(Entry { start, key_end });
    }

    fn finish(mut self) -> Result<(), CanonicalError> {
        if !self.sorted {
            self.put_in_order()?;
        }
        self.writer.entries.truncate(self.first);
        self.writer.out.push('}');
        if self.wrapped {
            self.writer.out.push('}');
        }
        Ok(())
    }

    fn put_in_order(&mut self) -> Result<(), CanonicalError> {
        let out = &self.writer.out;
        let entries = self.writer.entries.get(self.first..).unwrap_or_default();
        let ends = entries.iter().skip(1).map(|next| next.start.saturating_sub(1));
        let mut ordered: Vec<(Vec<u16>, &str)> = Vec::with_capacity(entries.len());
        for (entry, end) in entries.iter().zip(ends.chain([out.len()])) {
            let key = out.get(entry.start..entry.key_end).unwrap_or_default();
            let key: String = serde_json::from_str(key)?;
            let text = out.get(entry.start..end).unwrap_or_default();
            ordered.push((key.encode_utf16().collect(), text));
        }
        sort_by(&mut ordered, |(a, _), (b, _)| a.cmp(b));
        let mut text = String::with_capacity(out.len() - self.start);
        for (index, (key, entry)) in ordered.iter().enumerate() {
            // Of a key that stands twice the last counts.
            if ordered.get(index + 1).is_some_and(|(next, _)| next == key) {
                continue;
            }
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(entry);
        }
        self.writer.out.truncate(self.start);
        self.writer.out.push_str(&text);
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        if self.without.contains(&key) {
            return Ok(());
        }
        let start = self.next_entry();
        write_text(key, &mut self.writer.out);
        self.sorted &= key.is_ascii() && self.last < key;
        self.last = key;
        self.end_key(start, self.writer.out.len());
        value.serialize(&mut *self.writer)
    }
}

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CanonicalError> {
        // `{1: …}` would be no JSON; a key that is no string is refused.
        self.key(|writer| {
            let start = writer.out.len();
            key.serialize(&mut *writer)?;
            if writer.out.get(start..).is_some_and(|key| key.starts_with('"')) {
                Ok(())
            } else {
                Err(serde::ser::Error::custom("key must be a string"))
            }
        })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish()
    }
}

impl SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish()
    }
}

impl SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish()
    }
}

/// Returns a plain key without its quotes: the quote itself sorts before some characters.
fn inside(key: &str) -> &str {
    key.get(1..key.len().saturating_sub(1)).unwrap_or_default()
}
