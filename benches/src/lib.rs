//! What benchmarks share: the worked hierarchy with its typical requests, an allocator that
//! counts, and a clock that takes the distribution and not only the mean.

mod counting;
mod measure;
mod payments;

pub use counting::CountingAllocator;
pub use counting::allocations;
pub use measure::Distribution;
pub use measure::measure;
pub use payments::Typical;
pub use payments::load;
pub use payments::not_applying;
pub use payments::state;
pub use payments::typical;
