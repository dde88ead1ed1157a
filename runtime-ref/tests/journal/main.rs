//! The journals under fire: killed while they write, cut off by power, shared by processes, and
//! pushed to forget.

#[cfg(test)]
mod anchors;
#[cfg(test)]
mod database;
#[cfg(test)]
mod files;
#[cfg(test)]
mod power;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod rate;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod support;
