//! One pass over a window that tells where its lines end, where long runs of token bytes and a few
//! rare signs lie, and whether there is anything to be cleaned. It goes by vectors of 64 bytes; a bit
//! stands for each byte.

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "simd128"))))]
mod vectors;

/// Shorter runs hold no token.
pub(crate) const LEAST_RUN: usize = 20;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Blocks that are looked at before they are walked over.
const AT_ONCE: usize = 64;

/// Where a window's lines end, and what lies in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WindowMap {
    /// Where line feeds stand.
    pub(crate) feeds: Places,
    /// Where `@`, `~` and `%` stand.
    pub(crate) rare: Places,
    /// Where runs of letters, digits, `_` and `-` begin and end, of [`LEAST_RUN`] bytes at least.
    pub(crate) runs: Vec<(usize, usize)>,
    /// Where what stands may have to be cleaned: controls, DEL, or other than ASCII.
    pub(crate) special: Places,
}

/// Places in a text: a bit for each of its bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Vec<u64>);

impl Places {
    /// Returns the places in order.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let mut words = self.0.iter().copied();
        let mut bits = 0_u64;
        let mut base = 0_usize.wrapping_sub(BLOCK);
        std::iter::from_fn(move || {
            while bits == 0 {
                bits = words.next()?;
                base = base.wrapping_add(BLOCK);
            }
            let at = base + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(at)
        })
    }
}

impl WindowMap {
    /// Fills the map from `bytes`.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.runs.clear();
        self.feeds.0.clear();
        self.rare.0.clear();
        self.special.0.clear();
        let mut walk = Walk { base: 0, before: 0, open: None, runs: &mut self.runs };
        let mut seen = [Seen::default(); AT_ONCE];
        for part in bytes.chunks(AT_ONCE * BLOCK) {
            look(part, &mut seen);
            let seen = seen.iter().take(part.len().div_ceil(BLOCK));
            self.feeds.0.extend(seen.clone().map(|seen| seen.feeds));
            self.rare.0.extend(seen.clone().map(|seen| seen.rare));
            self.special.0.extend(seen.clone().map(|seen| seen.special));
            seen.for_each(|seen| walk.block(seen.run));
        }
        // Spaces end every run.
        walk.block(0);
    }
}

/// What a block holds, a bit for each byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    feeds: u64,
    rare: u64,
    /// What belongs to a run.
    run: u64,
    /// Controls that are no white space, DEL, and what is not ASCII.
    special: u64,
}

/// Looks at the blocks of `bytes`.
fn look(bytes: &[u8], seen: &mut [Seen; AT_ONCE]) {
    #[cfg(not(all(target_arch = "wasm32", not(target_feature = "simd128"))))]
    fearless_simd::dispatch!(fearless_simd::Level::new(), simd => vectors::look(simd, bytes, seen));
    #[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
    look_one_by_one(bytes, seen);
}

/// Does the same byte by byte, where there are no vectors.
#[cfg(any(test, all(target_arch = "wasm32", not(target_feature = "simd128"))))]
fn look_one_by_one(bytes: &[u8], seen: &mut [Seen; AT_ONCE]) {
    for (seen, block) in seen.iter_mut().zip(bytes.chunks(BLOCK)) {
        *seen = Seen::default();
        for (place, byte) in block.iter().enumerate() {
            let kind = match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => &mut seen.run,
                b'\n' => &mut seen.feeds,
                b'@' | b'~' | b'%' => &mut seen.rare,
                b' '..=b'~' | b'\t' | b'\r' => continue,
                _ => &mut seen.special,
            };
            *kind |= 1 << place;
        }
    }
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
    use super::AT_ONCE;
    use super::BLOCK;
    use super::LEAST_RUN;
    use super::Seen;
    use super::WindowMap;
    use super::look;
    use super::look_one_by_one;
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
        for length in (0..700).chain([4095, 4096, 4097, 9000]) {
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
                let (mut by_vectors, mut one_by_one) =
                    ([Seen::default(); AT_ONCE], [Seen::default(); AT_ONCE]);
                let part = &bytes[..bytes.len().min(AT_ONCE * BLOCK)];
                look(part, &mut by_vectors);
                look_one_by_one(part, &mut one_by_one);
                let blocks = part.len().div_ceil(BLOCK);
                assert_eq!(by_vectors[..blocks], one_by_one[..blocks]);
                let feeds: Vec<usize> = map.feeds.iter().collect();
                assert_eq!(feeds, memchr::memchr_iter(b'\n', &bytes).collect::<Vec<_>>());
                let special: Vec<usize> = map.special.iter().collect();
                assert_eq!(special, memchr::memchr_iter(0xc3, &bytes).collect::<Vec<_>>());
            }
        }
    }
}
