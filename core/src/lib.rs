//! Bailiwick decides what an AI coding agent may do, where, and on whose authority, and keeps
//! the evidence.
//!
//! The way of a request: [`compile`] policy documents once into a [`PolicySet`]; ask a [`Pdp`] with
//! a [`Request`] and a [`State`]; keep the [`DecisionRecord`]; append an [`AuditEvent`] to the
//! [`Chain`] of the run; show text only as the [`Projection`] that a [`Redactor`] makes.
//!
//! There is no clock, file, network, environment or randomness in here: instants and ids are
//! arguments, so the same inputs give the same bytes on every host.
//!
//! The policy format: [`manual`].
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod audit;
pub mod authority;
mod compile;
mod decide;
mod document;
mod facts;
mod fixture;
mod govern;
mod lint;
mod model;
mod package;
mod provenance;
mod record;
mod redact;
mod reference;
mod replay;

// The public interface is:
pub use audit::*;
pub use compile::*;
pub use decide::*;
pub use document::*;
pub use facts::*;
pub use fixture::*;
pub use govern::*;
pub use lint::*;
pub use model::*;
pub use package::*;
pub use provenance::*;
pub use record::*;
pub use redact::*;
pub use reference::*;
pub use replay::*;

#[doc = include_str!("../docs/policies.md")]
pub mod manual {
    #[doc = include_str!("../docs/backtest.md")]
    pub mod backtest {}

    #[doc = include_str!("../docs/data.md")]
    pub mod data {}

    #[doc = include_str!("../docs/exports.md")]
    pub mod exports {}
    #[doc = include_str!("../docs/evidence.md")]
    pub mod evidence {}

    #[doc = include_str!("../docs/facts.md")]
    pub mod facts {}
    #[doc = include_str!("../docs/provenance.md")]
    pub mod provenance {}
    #[doc = include_str!("../docs/retention.md")]
    pub mod retention {}
    #[doc = include_str!("../docs/redaction.md")]
    pub mod redaction {}
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
