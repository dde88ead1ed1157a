//! Bytes in, bytes out.

use bailiwick::Redactor;
use bailiwick::Sink;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Projects bytes for one sink as they come.
#[wasm_bindgen]
pub struct RedactionStream(bailiwick::RedactionStream);

#[wasm_bindgen]
impl RedactionStream {
    /// Starts a stream to `sink`.
    #[wasm_bindgen(constructor)]
    pub fn new(sink: &str) -> Result<RedactionStream, JsValue> {
        let sink = Sink::from_name(sink).ok_or_else(|| JsValue::from_str("input_invalid"))?;
        Ok(Self(Redactor::default().stream(sink)))
    }

    /// Takes in more bytes; returns what is final now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.push(bytes)
    }

    /// Returns the rest.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish().0
    }
}
