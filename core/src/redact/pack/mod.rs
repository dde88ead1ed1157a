//! Rule packs: detectors as data, compiled and tried (section 20).

mod boundary;
mod built_in;
mod check;
mod checksum;
mod detector;
mod entropy;
mod error;
mod national;
mod rule_pack;
mod scan;

#[cfg(test)]
mod tests;

pub(crate) use built_in::BUILT_IN;
pub(crate) use built_in::DEFAULT_PACKS;
pub(crate) use detector::Anchor;
pub(crate) use detector::Confidence;
pub(crate) use detector::Detector;
pub(crate) use detector::Verified;
pub(crate) use scan::runs_of;

pub use error::PackRefused;
pub use rule_pack::RulePack;
