//! The native half of `@bailiwick/wasm`: JSON text in, JSON text out.
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
