//! Runs wasm-bindgen at the version that the lock file pins: `bailiwick-wasm-bindgen IN.wasm OUT_DIR`.
use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let input = arguments.next().context("first argument: the module that cargo built")?;
    let output = arguments.next().context("second argument: the folder to write")?;
    // The façade calls the reset function to get a fresh instance after a trap.
    Bindgen::new()
        .input_path(input)
        .out_name("bailiwick")
        .web(true)?
        .typescript(false)
        .reset_state_function(true)
        .generate(output)
}
