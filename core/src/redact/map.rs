//! One pass over a window that tells where long runs of token bytes lie, and whether there is
//! anything to be cleaned. Written so that the compiler turns it into vector code; where it does that
//! badly, in a browser, `vectors` is used instead.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors;

use crate::redact::bytes::RUN;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::redact::map::vectors::dirt;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::redact::map::vectors::groups;

/// Shorter runs hold no token.
pub(crate) const LEAST_RUN: usize = 20;

/// Where a window's lines end and where its long runs lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct WindowMap {
    /// It holds what may have to be cleaned: controls, DEL, or other than ASCII.
    pub(crate) dirty: bool,
    /// Where the last run that was looked at ended.
    done: usize,
    /// Where runs of letters, digits, `_` and `-` begin and end, of [`LEAST_RUN`] bytes at least.
    pub(crate) runs: Vec<(usize, usize)>,
}

impl WindowMap {
    /// Fills the map from `bytes`.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.runs.clear();
        self.done = 0;
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut before = 0;
        let mut base = 0;
        let mut dirty = 0;
        for block in blocks {
            before = self.block(bytes, block, base, before);
            dirty |= dirt(block);
            base += 64;
        }
        // Spaces end every run.
        let mut last = [b' '; 64];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.block(bytes, &last, base, before);
        self.dirty = dirty | dirt(&last) != 0;
    }

    /// Takes in one block, whose predecessor's whole groups were `before`; returns its own: a bit
    /// for every four bytes that are all of a run.
    #[inline(always)]
    fn block(&mut self, bytes: &[u8], block: &[u8; 64], base: usize, before: u32) -> u32 {
        let groups = groups(block);
        // A run of twenty bytes holds four whole groups at least, wherever it begins.
        let both = before | groups << 16;
        let four = both & both >> 1 & both >> 2 & both >> 3 & (u32::MAX << 13);
        if four != 0 {
            self.take(bytes, base, four);
        }
        groups
    }

    /// Takes the runs that hold four groups from each that is flagged in `four`.
    fn take(&mut self, bytes: &[u8], base: usize, mut four: u32) {
        let mut done = self.done;
        while four != 0 {
            // The block before may lie before the window; then nothing of it is flagged.
            let place = (base + 4 * four.trailing_zeros() as usize).saturating_sub(64);
            four &= four - 1;
            if place < done {
                continue;
            }
            let end = run_end(bytes, place, |byte| RUN.has(byte));
            let start = run_start(bytes, place, 3, |byte| RUN.has(byte));
            if end - start >= LEAST_RUN {
                self.runs.push((start, end));
            }
            done = end;
        }
        self.done = done;
    }
}

/// Returns a bit for each four bytes of `block` that are all run bytes.
#[inline(always)]
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn groups(block: &[u8; 64]) -> u32 {
    let mut flags = [0u8; 64];
    for (flag, byte) in flags.iter_mut().zip(block) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *flag = u8::from(letter | digit | (*byte == b'_') | (*byte == b'-'));
    }
    let (words, _) = flags.as_chunks::<4>();
    words.iter().zip(0..).fold(0, |bits, (word, place)| {
        bits | u32::from(u32::from_le_bytes(*word) == 0x0101_0101) << place
    })
}

/// Returns a number other than zero where `block` holds a control that is no white space, DEL, or
/// what is not ASCII.
#[inline(always)]
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn dirt(block: &[u8; 64]) -> u8 {
    block.iter().fold(0, |all, byte| {
        let control = (*byte < 0x20) & (*byte != b'\n') & (*byte != b'\t') & (*byte != b'\r');
        all | u8::from(control) | u8::from(*byte >= 0x7f)
    })
}

#[cfg(test)]
mod tests {
    use super::LEAST_RUN;
    use super::RUN;
    use super::WindowMap;

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
