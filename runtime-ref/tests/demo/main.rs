//! The demonstration as a newcomer runs it, and what is left when it is killed.

#[cfg(test)]
mod anchored;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod cut_off;
#[cfg(test)]
mod governed;
#[cfg(test)]
mod leak;
#[cfg(test)]
mod models;
#[cfg(test)]
mod options;
#[cfg(test)]
mod package;
#[cfg(test)]
mod provenance;
#[cfg(test)]
mod redaction;
#[cfg(test)]
mod redecided;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod support;
