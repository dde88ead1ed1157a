//! Recorded decisions, decided again: are they what the policies say, and what would other policies
//! have said?

mod backtest;
mod backtest_report;
mod backtest_text;
mod change;
mod compare;
mod error;
mod reads;
mod recorded;
mod redecide;
#[cfg(test)]
mod tests;

pub use backtest::Backtest;
pub use backtest_report::BacktestReport;
pub use backtest_report::ChangeExample;
pub use backtest_report::ChangeGroup;
pub use backtest_report::Skipped;
pub use backtest_report::SkippedExample;
pub use change::ChangedBy;
pub use error::RecordedError;
pub use recorded::RecordedDecision;
pub use redecide::RedecideVerdict;
pub use redecide::Redecided;
pub use redecide::redecide;
