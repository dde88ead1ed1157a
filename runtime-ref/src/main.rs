//! The `bailiwick-runtime` program.

fn main() {
    bailiwick_runtime::sandbox::run_inner_if_asked();
}
