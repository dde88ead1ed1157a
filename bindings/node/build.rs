//! Lets the addon leave Node's own symbols for Node to provide.

fn main() {
    napi_build::setup();
}
