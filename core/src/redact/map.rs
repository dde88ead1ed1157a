//! One pass over a window that tells where its lines end and where long runs of token bytes lie.
//!
//! Written so that the compiler turns it into vector code on every target: each byte becomes a
//! flag, and eight flags become eight bits by one multiplication.

use crate::redact::bytes::RUN;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;

/// Shorter runs hold no token.
pub(crate) const LEAST_RUN: usize = 20;

/// Where a window's lines end and where its long runs lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct WindowMap {
    /// The places of line feeds.
    pub(crate) line_feeds: Vec<usize>,
    /// Where runs of letters, digits, `_` and `-` begin and end, of [`LEAST_RUN`] bytes at least.
    pub(crate) runs: Vec<(usize, usize)>,
}

impl WindowMap {
    /// Fills the map from `bytes`.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.line_feeds.clear();
        self.runs.clear();
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut before = 0;
        let mut base = 0;
        for block in blocks {
            before = self.block(bytes, block, base, before);
            base += 64;
        }
        // Zeros end every run.
        let mut last = [0u8; 64];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.block(bytes, &last, base, before);
    }

    /// Takes in one block, whose predecessor's flags were `before`; returns its flags.
    #[inline]
    fn block(&mut self, bytes: &[u8], block: &[u8; 64], base: usize, before: u64) -> u64 {
        let mut feeds = bits(block, |byte| byte == b'\n');
        while feeds != 0 {
            self.line_feeds.push(base + feeds.trailing_zeros() as usize);
            feeds &= feeds - 1;
        }
        let flags = bits(block, is_run_byte);
        let both = u128::from(before) | u128::from(flags) << 64;
        // Each step doubles the length of the runs whose first bits are left: 2, 4, 8, 16, 20.
        let two = both & both >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        let sixteen = eight & eight >> 8;
        let mut first = sixteen & four >> 16 & (u128::MAX << (65 - LEAST_RUN));
        while first != 0 {
            // The block before may lie before the window; then nothing of it is flagged.
            let place = (base + first.trailing_zeros() as usize).saturating_sub(64);
            if self.runs.last().is_some_and(|(_, end)| place < *end) {
                first &= first - 1;
                continue;
            }
            let start = run_start(bytes, place, usize::MAX, |byte| RUN.has(byte));
            let end = run_end(bytes, place, |byte| RUN.has(byte));
            self.runs.push((start, end));
        }
        flags
    }
}

/// Returns true where `bytes` hold what may have to be cleaned: controls, DEL, or other than ASCII.
#[inline]
pub(crate) fn is_dirty(bytes: &[u8]) -> bool {
    let dirty = |byte: u8| {
        let control = byte < 0x20 && byte != b'\n' && byte != b'\t' && byte != b'\r';
        u8::from(control) | u8::from(byte >= 0x7f)
    };
    bytes.chunks(4096).any(|chunk| chunk.iter().fold(0, |all, byte| all | dirty(*byte)) != 0)
}

#[inline]
fn is_run_byte(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    letter | digit | (byte == b'_') | (byte == b'-')
}

#[inline]
fn bits(block: &[u8; 64], is: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0u8; 64];
    for (flag, byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(is(*byte));
    }
    let (words, _) = flags.as_chunks::<8>();
    words.iter().rev().fold(0, |bits, word| {
        bits << 8 | u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::LEAST_RUN;
    use super::RUN;
    use super::WindowMap;

    /// The same, byte by byte.
    fn plain(bytes: &[u8]) -> (Vec<usize>, Vec<(usize, usize)>) {
        let feeds = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
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
        (feeds, runs)
    }

    #[test]
    fn finds_the_lines_and_runs_that_a_plain_loop_finds() {
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
                assert_eq!((map.line_feeds.clone(), map.runs.clone()), plain(&bytes));
            }
        }
    }
}
