//! One pass over a window that tells where long runs of token bytes lie, and whether there is
//! anything to be cleaned. It goes by vectors of 64 bytes; a bit stands for each byte.

use fearless_simd::Level;
use fearless_simd::dispatch;
use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// Shorter runs hold no token.
pub(crate) const LEAST_RUN: usize = 20;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Blocks that are looked at before they are walked over.
const AT_ONCE: usize = 64;

/// Where a window's long runs lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct WindowMap {
    /// It holds what may have to be cleaned: controls, DEL, or other than ASCII.
    pub(crate) dirty: bool,
    /// Where runs of letters, digits, `_` and `-` begin and end, of [`LEAST_RUN`] bytes at least.
    pub(crate) runs: Vec<(usize, usize)>,
}

impl WindowMap {
    /// Fills the map from `bytes`.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.runs.clear();
        self.dirty = dispatch!(Level::new(), simd => fill(simd, bytes, &mut self.runs));
    }
}

/// Adds the runs of `bytes` to `runs`; returns true where something may have to be cleaned.
#[inline(always)]
fn fill<S: Simd>(simd: S, bytes: &[u8], runs: &mut Vec<(usize, usize)>) -> bool {
    let mut walk = Walk { base: 0, before: 0, open: None, runs };
    let mut dirty = false;
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // Many blocks are looked at before any is walked over: what branches stays out of the vectors.
    let mut bits = [0u64; AT_ONCE];
    for blocks in blocks.chunks(AT_ONCE) {
        for (bits, block) in bits.iter_mut().zip(blocks) {
            let (run, dirt) = look(simd, block);
            *bits = run;
            dirty |= dirt;
        }
        for run in bits.iter().take(blocks.len()) {
            walk.block(*run);
        }
    }
    // Spaces end every run.
    let mut last = [b' '; BLOCK];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let (run, dirt) = look(simd, &last);
    walk.block(run);
    dirty | dirt
}

/// Returns a bit for each byte of `block` that belongs to a run, and whether one of them is a control
/// that is no white space, DEL, or not ASCII.
#[inline(always)]
fn look<S: Simd>(simd: S, block: &[u8; BLOCK]) -> (u64, bool) {
    let bytes: u8x64<S> = (*block).simd_into(simd);
    let among = |bytes: u8x64<S>, first: u8, count: u8| (bytes - first).simd_lt(count);
    let letter = among(bytes | 0x20, b'a', 26);
    let digit = among(bytes, b'0', 10);
    let run = letter | digit | bytes.simd_eq(b'_') | bytes.simd_eq(b'-');
    let visible = among(bytes, b' ', 0x7f - b' ');
    let white = bytes.simd_eq(b'\n') | bytes.simd_eq(b'\t') | bytes.simd_eq(b'\r');
    (run.to_bitmask(), !(visible | white).all_true())
}

/// The walk over the blocks of a window.
struct Walk<'r> {
    /// Where the block begins.
    base: usize,
    /// The bits of the block before.
    before: u64,
    /// Where a long run began that is not over.
    open: Option<usize>,
    runs: &'r mut Vec<(usize, usize)>,
}

impl Walk<'_> {
    /// Takes in the bits of the next block.
    #[inline(always)]
    fn block(&mut self, run: u64) {
        // A bit for each byte that is the last of twenty of a run, doubling four times.
        let mut long = u128::from(run) << 64 | u128::from(self.before);
        long &= long << 1;
        long &= long << 2;
        long &= long << 4;
        long &= long << 8;
        long &= long << 4;
        let long = (long >> 64) as u64;
        if long != 0 || self.open.is_some() {
            self.take(run, long);
        }
        self.before = run;
        self.base += BLOCK;
    }

    /// Takes the runs that go on, begin or end in a block.
    #[inline(never)]
    fn take(&mut self, run: u64, mut long: u64) {
        loop {
            let from = match self.open {
                Some(_) => 0,
                None if long == 0 => return,
                None => long.trailing_zeros(),
            };
            let start = match self.open.take() {
                Some(start) => start,
                None => self.base + from as usize + 1 - LEAST_RUN,
            };
            let end = from + (!run >> from).trailing_zeros();
            if end >= u64::BITS {
                self.open = Some(start);
                return;
            }
            self.runs.push((start, self.base + end as usize));
            long &= u64::MAX << end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LEAST_RUN;
    use super::WindowMap;
    use crate::redact::bytes::RUN;

    /// The same, byte by byte.
    fn plain(bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut runs = Vec::new();
        let mut start = 0;
        for at in 0..=bytes.len() {
            if at == bytes.len() || !RUN.has(bytes[at]) {
                if at - start >= LEAST_RUN {
                    runs.push((start, at));
                }
                start = at + 1;
            }
        }
        runs
    }

    #[test]
    fn finds_the_runs_that_a_plain_loop_finds() {
        let mut state = 0x5eed_u64;
        let mut map = WindowMap::default();
        for length in 0..700 {
            for odds in [3, 20, 200] {
                let bytes: Vec<u8> = (0..length)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        match state >> 33 {
                            roll if roll % odds == 0 => b"\n .=/\xc3"[(state >> 50) as usize % 6],
                            _ => b"aZ09_-xyzB"[(state >> 50) as usize % 10],
                        }
                    })
                    .collect();
                map.fill(&bytes);
                assert_eq!(map.runs, plain(&bytes));
                assert_eq!(map.dirty, bytes.contains(&0xc3));
            }
        }
    }
}
