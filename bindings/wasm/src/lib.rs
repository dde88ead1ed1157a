//! The native half of `@bailiwick/wasm`: JSON text in, JSON text out; what a stream redacts crosses
//! as bytes.
//!
//! The public interface is the façade in `bindings/js`; this module only carries text across.
//! A panic traps; the façade then starts a fresh instance.
use bailiwick_wire::WireError;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A compiled policy set.
#[wasm_bindgen]
pub struct Policies(bailiwick_wire::Policies);

#[wasm_bindgen]
impl Policies {
    /// Compiles the policies that `input` holds.
    pub fn load(input: &str) -> Result<Policies, JsValue> {
        bailiwick_wire::Policies::load(input).map(Policies).map_err(thrown)
    }

    /// Runs `operation` on the compiled set.
    pub fn call(&self, operation: &str, input: &str) -> Result<String, JsValue> {
        self.0.call(operation, input).map_err(thrown)
    }
}

/// Redacts bytes as they come.
#[wasm_bindgen]
pub struct RedactionStream {
    stream: bailiwick_wire::RedactionStream,
    summary: String,
}

#[wasm_bindgen]
impl RedactionStream {
    /// Opens a stream by options, JSON text.
    pub fn open(options: &str) -> Result<RedactionStream, JsValue> {
        let stream = bailiwick_wire::RedactionStream::open(options).map_err(thrown)?;
        Ok(Self { stream, summary: String::new() })
    }

    /// Takes in bytes; returns what is final now.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.stream.push(bytes).map_err(thrown)
    }

    /// Returns the rest; then the summary is there.
    pub fn finish(&mut self) -> Result<Vec<u8>, JsValue> {
        let (rest, summary) = self.stream.finish().map_err(thrown)?;
        self.summary = summary;
        Ok(rest)
    }

    /// Returns what was removed as JSON text, once the stream is finished.
    pub fn summary(&self) -> String {
        self.summary.clone()
    }
}

/// Verifies a log as it comes.
#[wasm_bindgen]
pub struct LogVerifier(bailiwick_wire::LogVerifier);

#[wasm_bindgen]
impl LogVerifier {
    /// Opens a verifier by options, JSON text.
    pub fn open(options: &str) -> Result<LogVerifier, JsValue> {
        bailiwick_wire::LogVerifier::open(options).map(LogVerifier).map_err(thrown)
    }

    /// Reads more bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.push(bytes).map_err(thrown)
    }

    /// Returns the report as JSON text.
    pub fn finish(&mut self) -> Result<String, JsValue> {
        self.0.finish().map_err(thrown)
    }
}

/// Runs `operation` on JSON text.
#[wasm_bindgen]
pub fn call(operation: &str, input: &str) -> Result<String, JsValue> {
    bailiwick_wire::call(operation, input).map_err(thrown)
}

/// Returns the names of all operations; those that read policies end in `*`.
#[wasm_bindgen]
pub fn operations() -> Vec<String> {
    let mark = |reads| if reads { "*" } else { "" };
    let all = bailiwick_wire::operations().iter();
    all.map(|op| format!("{}{}", op.name, mark(op.needs_policies))).collect()
}

fn thrown(error: WireError) -> JsValue {
    JsValue::from_str(&error.to_json())
}
