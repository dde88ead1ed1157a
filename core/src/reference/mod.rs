//! What can be written and what is read: tables of names and JSON Schemas, for editors, hosts
//! and documentation.

mod names;
mod rows;
mod schema;
mod shape;
mod tables;

pub use schema::SCHEMA_NAMES;
pub use schema::json_schema;
pub use schema::json_schema_of;
