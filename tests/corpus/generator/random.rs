//! Random choices that repeat.

/// A small deterministic generator (SplitMix64).
pub struct Random(u64);

impl Random {
    /// Returns the generator for `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, which is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.number() % bound as u64).unwrap()
    }

    /// Brings `items` into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

/// Numbers below a bound, each as often as the others: every row of a table gets its turn.
pub(crate) struct Turns {
    order: Vec<usize>,
    next: usize,
}

impl Turns {
    /// Returns turns over `0..count` in an order of `random`.
    pub(crate) fn new(count: usize, random: &mut Random) -> Self {
        let mut order: Vec<usize> = (0..count).collect();
        random.shuffle(&mut order);
        Self { order, next: 0 }
    }

    /// Returns the first of the next numbers that `make` makes something of, each tried once.
    pub(crate) fn find<T>(&mut self, mut make: impl FnMut(usize) -> Option<T>) -> Option<T> {
        for _ in 0..self.order.len() {
            let index = self.order[self.next % self.order.len()];
            self.next += 1;
            if let Some(made) = make(index) {
                return Some(made);
            }
        }
        None
    }
}
