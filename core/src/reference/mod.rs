//! What can be written and what is read: tables of names and JSON Schemas, for editors, hosts
//! and documentation.

mod access;
mod field;
mod level;
mod names;
mod policy;
mod request;
mod rule;
mod schema;
mod state;
mod suite;
mod tables;
mod text;

pub use schema::SCHEMA_NAMES;
pub use schema::json_schema;
pub use schema::json_schema_of;
