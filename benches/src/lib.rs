//! What benchmarks share: the worked hierarchy with its typical requests, an allocator that
//! counts, and a clock that takes the distribution and not only the mean.

#[path = "../../tests/redaction/generator/mod.rs"]
pub mod redaction;

mod counting;
mod cpu;
mod measure;
mod payments;

pub use counting::CountingAllocator;
pub use counting::allocations;
pub use cpu::best_of;
pub use cpu::thread_time;
pub use measure::Distribution;
pub use measure::measure;
pub use payments::Typical;
pub use payments::load;
pub use payments::not_applying;
pub use payments::state;
pub use payments::typical;
