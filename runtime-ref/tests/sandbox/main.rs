//! The sandbox is real: every test starts real processes in it, under each adapter.

#[cfg(test)]
mod access;
#[cfg(test)]
mod kernel;
#[cfg(test)]
mod life;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod protected;
#[cfg(test)]
mod support;
#[cfg(test)]
mod toolchain;
