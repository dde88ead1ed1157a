//! Hosts, read as a browser reads them, so that two spellings of one host are one fact; and what
//! kind of place a host is.

mod address;
mod class;
mod error;
mod read;

pub use class::HostClass;
pub use class::host_class;
pub use error::HostError;
pub use read::Endpoint;
pub use read::endpoint_of;
pub use read::endpoint_of_url;
pub use read::host_of;
pub(crate) use read::host_of_url;
pub(crate) use read::looks_like_url;
pub(crate) use read::percent_decoded;
