//! The enforcement point: what it decides is kept, and only what is kept and allowed is done.

#[cfg(test)]
mod agent;
#[cfg(test)]
mod order;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod state;
#[cfg(test)]
mod support;
