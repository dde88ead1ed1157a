//! Writes canonical JSON straight from what is serialised, without a tree in between.

use std::fmt::Display;
use std::fmt::Write;

use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeSeq;
use serde::ser::SerializeTuple;
use serde::ser::SerializeTupleStruct;
use serde::ser::SerializeTupleVariant;

use crate::model::CanonicalError;
use crate::model::canonical::escape::first_special;
use crate::model::canonical::escape::write_inside;
use crate::model::canonical::escape::write_text;
use crate::model::canonical::object::Entry;
use crate::model::canonical::object::Object;
use crate::model::value::MAX_SAFE_INTEGER;

/// What most requests fit into; larger blocks cost allocators more.
const CAPACITY: usize = 960;

/// The text so far, and where the entries of the objects that are open stand in it.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) entries: Vec<Entry>,
    pub(super) out: String,
    /// Fields of the outermost object that are left out.
    pub(super) without: &'static [&'static str],
}

impl Default for Writer {
    fn default() -> Self {
        Self { entries: Vec::with_capacity(48), out: String::with_capacity(CAPACITY), without: &[] }
    }
}

impl Writer {
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn without(fields: &'static [&'static str]) -> Self {
        Self { without: fields, ..Self::default() }
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    fn integer<N: TryInto<i64> + Display + Copy>(
        &mut self,
        number: N,
    ) -> Result<(), CanonicalError> {
        match number.try_into() {
            Ok(safe) if (-MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&safe) => {
                self.display(&safe)
            }
            Ok(_) | Err(_) => Err(CanonicalError::Number(number.to_string())),
        }
    }

    fn fraction(&mut self, number: f64) -> Result<(), CanonicalError> {
        match serde_json::Number::from_f64(number) {
            Some(number) => Err(CanonicalError::Number(number.to_string())),
            None => self.null(),
        }
    }

    fn null(&mut self) -> Result<(), CanonicalError> {
        self.out.push_str("null");
        Ok(())
    }

    fn display<T: Display + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        write!(self.out, "{value}").map_err(serde::ser::Error::custom)
    }

    fn array(&mut self, wrapped: bool) -> Array<'_> {
        self.out.push('[');
        Array { start: self.out.len(), wrapped, writer: self }
    }

    fn wrap(&mut self, variant: &'static str) {
        self.out.push('{');
        write_text(variant, &mut self.out);
        self.out.push(':');
    }
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = CanonicalError;
    type SerializeSeq = Array<'w>;
    type SerializeTuple = Array<'w>;
    type SerializeTupleStruct = Array<'w>;
    type SerializeTupleVariant = Array<'w>;
    type SerializeMap = Object<'w>;
    type SerializeStruct = Object<'w>;
    type SerializeStructVariant = Object<'w>;

    fn serialize_bool(self, value: bool) -> Result<(), CanonicalError> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_i128(self, value: i128) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_u128(self, value: u128) -> Result<(), CanonicalError> {
        self.integer(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), CanonicalError> {
        self.fraction(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), CanonicalError> {
        self.fraction(value)
    }

    fn serialize_char(self, value: char) -> Result<(), CanonicalError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), CanonicalError> {
        write_text(value, &mut self.out);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), CanonicalError> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), CanonicalError> {
        self.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CanonicalError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), CanonicalError> {
        self.null()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), CanonicalError> {
        self.null()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), CanonicalError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.wrap(variant);
        value.serialize(&mut *self)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Array<'w>, CanonicalError> {
        Ok(self.array(false))
    }

    fn serialize_tuple(self, _: usize) -> Result<Array<'w>, CanonicalError> {
        Ok(self.array(false))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Array<'w>, CanonicalError> {
        Ok(self.array(false))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Array<'w>, CanonicalError> {
        self.wrap(variant);
        Ok(self.array(true))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'w>, CanonicalError> {
        Ok(Object::begin(self, false))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'w>, CanonicalError> {
        Ok(Object::begin(self, false))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'w>, CanonicalError> {
        self.wrap(variant);
        Ok(Object::begin(self, true))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), CanonicalError> {
        self.out.push('"');
        let start = self.out.len();
        self.display(value)?;
        let written = self.out.get(start..).unwrap_or_default();
        if first_special(written.as_bytes()).is_some() {
            let written = written.to_owned();
            self.out.truncate(start);
            write_inside(&written, &mut self.out);
        }
        self.out.push('"');
        Ok(())
    }
}

/// An array while it is written.
pub(super) struct Array<'w> {
    /// Where its text begins, behind the bracket.
    start: usize,
    /// Closes what stands around it: the object of a variant.
    wrapped: bool,
    writer: &'w mut Writer,
}

impl Array<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        if self.writer.out.len() > self.start {
            self.writer.out.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    fn finish(self) {
        self.writer.out.push(']');
        if self.wrapped {
            self.writer.out.push('}');
        }
    }
}

impl SerializeSeq for Array<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_element<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish();
        Ok(())
    }
}

impl SerializeTuple for Array<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_element<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish();
        Ok(())
    }
}

impl SerializeTupleStruct for Array<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish();
        Ok(())
    }
}

impl SerializeTupleVariant for Array<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.finish();
        Ok(())
    }
}
