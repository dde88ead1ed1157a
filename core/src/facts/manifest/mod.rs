//! Manifests: what they declare, before and after a change, and how far apart that is.

mod cargo;
mod compare;
mod error;
mod go;
mod gradle;
mod json;
mod kind;
mod lines;
mod maven;
mod npm;
mod part;
mod python;
mod requirement;
mod toml;
mod toml_value;
mod tree;
mod version;
mod xml;
mod yaml;

pub use compare::Bump;
pub(crate) use compare::PartChange;
pub(crate) use compare::compare;
pub(crate) use error::ManifestError;
pub(crate) use json::read_json;
pub(crate) use kind::ManifestKind;
pub(crate) use kind::name_fits;
pub(crate) use lines::read_lines;
pub(crate) use part::PartKind;
pub(crate) use toml::read_toml;
pub(crate) use toml::read_toml_items;
pub(crate) use tree::Tree;
pub(crate) use yaml::read_yaml;

#[cfg(test)]
mod tests;
