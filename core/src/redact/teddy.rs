//! Finding a hundred literals at once with vectors, after the searcher of Hyperscan that is called
//! Teddy.
//!
//! Of each literal four bytes in a row are looked up, those that are the rarest in ordinary text.
//! Literals are put into sixteen buckets, a bit each. For each of the four bytes two tables say by
//! half a byte in which buckets it may stand there: many places of a text are looked up at a time.
//! Where all of them allow the same bucket, a literal is looked for.

mod buckets;
#[cfg(test)]
mod tests;

use fearless_simd::Level;
use fearless_simd::dispatch;
use fearless_simd::prelude::*;
use fearless_simd::u8x16;
use fearless_simd::u8x64;

use crate::redact::anchors::Literal;
use crate::redact::anchors::MOST_IN_A_SET;
use crate::redact::teddy::buckets::Tables;
use crate::redact::teddy::buckets::window_of;

/// Bytes of a literal that are looked up; of shorter ones the first say nothing.
const WIDTH: usize = 4;
/// Shorter literals would make most places candidates.
const SHORTEST: usize = 3;
/// How many hashes there are, by which candidates are told from literals.
const HASHES: usize = 1024;
/// Bytes that are looked up together.
const BLOCK: usize = 64;
/// Those, and the ones before them by which they may be a literal's last.
const PIECE: usize = BLOCK + WIDTH - 1;
/// Blocks that are looked up before literals are looked for: what branches stays out of the vectors.
const AT_ONCE: usize = 64;

/// Finds literals.
#[derive(Clone, Debug)]
pub(crate) struct Teddy<T> {
    /// Where in `literals` those of each hash begin and end.
    by_hash: Box<[(u8, u8); HASHES]>,
    /// In the order of their hashes.
    literals: Vec<Windowed<T>>,
    tables: Tables,
}

/// A literal, and where in it the bytes stand that are looked up.
#[derive(Clone, Debug)]
struct Windowed<T> {
    /// Where in the literal its window ends.
    end: usize,
    literal: Literal<T>,
    /// The bytes of its window, in small letters.
    window: u32,
    /// Which of them a short one has.
    mask: u32,
}

impl<T: Copy> Teddy<T> {
    /// Returns what finds `literals`, or nothing where another searcher finds them better.
    pub(crate) fn new(literals: &[Literal<T>]) -> Option<Self> {
        let short = literals.iter().any(|literal| literal.bytes.len() < SHORTEST);
        if short || literals.is_empty() || literals.len() > MOST_IN_A_SET || !has_vectors() {
            return None;
        }
        let windows = literals.iter().map(|literal| window_of(&literal.bytes));
        let windows: Vec<(usize, &[u8])> = windows.collect();
        let tables = Tables::new(windows.iter().map(|(_, window)| *window));
        let mut all: Vec<Windowed<T>> = literals
            .iter()
            .zip(windows)
            .map(|(literal, (from, window))| Windowed {
                end: from + window.len(),
                literal: literal.clone(),
                window: number(window),
                mask: u32::MAX << (8 * (WIDTH - window.len())),
            })
            .collect();
        all.sort_by_key(|it| hash(it.window));
        let mut by_hash = Box::new([(0, 0); HASHES]);
        for (at, it) in (0_u8..).zip(&all) {
            if let Some((from, to)) = by_hash.get_mut(hash(it.window)) {
                *from = if *from == *to { at } else { *from };
                *to = at + 1;
            }
        }
        Some(Self { by_hash, literals: all, tables })
    }

    /// Calls `found` with each place where a literal begins, and with the literal's tag.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, T)) {
        let mut bits = [0; AT_ONCE];
        let mut at = 0;
        while at < bytes.len() {
            let count =
                dispatch!(Level::new(), simd => self.tables.look(simd, bytes, at, &mut bits));
            for (hits, base) in bits.iter().take(count).zip((at..).step_by(BLOCK)) {
                self.verify(bytes, base, *hits, &mut found);
            }
            at += count * BLOCK;
        }
    }

    /// Reports the literals whose windows end where `hits` has a bit, counted from `base`.
    #[inline]
    fn verify(&self, bytes: &[u8], base: usize, mut hits: u64, found: &mut impl FnMut(usize, T)) {
        while hits != 0 {
            let end = base + hits.trailing_zeros() as usize + 1;
            hits &= hits - 1;
            let near = bytes.get(..end).unwrap_or(bytes);
            let window = match near.last_chunk::<WIDTH>() {
                Some(window) => u32::from_le_bytes(*window) | SMALL,
                None => number(near),
            };
            let Some((from, to)) = self.by_hash.get(hash(window)) else {
                continue;
            };
            for it in self.literals.get(usize::from(*from)..usize::from(*to)).unwrap_or(&[]) {
                if (window ^ it.window) & it.mask == 0
                    && let Some(at) = end.checked_sub(it.end)
                    && it.literal.is_at(bytes, at)
                {
                    found(at, it.literal.tag);
                }
            }
        }
    }
}

impl Tables {
    /// Sets a bit for each byte from `at` on that may be the last of a window, in one number for
    /// each block; returns how many blocks were looked up.
    #[inline(always)]
    fn look<S: Simd>(&self, simd: S, bytes: &[u8], at: usize, bits: &mut [u64; AT_ONCE]) -> usize {
        let mut slots = bits.iter_mut();
        let mut first = 0;
        if at == 0
            && let Some(slot) = slots.next()
        {
            // Nothing stands before the first block.
            *slot = self.part(simd, WIDTH - 1, bytes);
            first = 1;
        }
        let rest = bytes.get(at + first * BLOCK + 1 - WIDTH..).unwrap_or(&[]);
        let mut done = 0;
        for (piece, slot) in rest.array_windows::<PIECE>().step_by(BLOCK).zip(slots.by_ref()) {
            *slot = self.block(simd, piece);
            done += 1;
        }
        // The last block, where it is no whole one.
        let tail = rest.get(done * BLOCK..).unwrap_or(&[]);
        if tail.len() > WIDTH - 1
            && tail.len() < PIECE
            && let Some(slot) = slots.next()
        {
            *slot = self.part(simd, 0, tail);
            done += 1;
        }
        first + done
    }

    /// Does what [`Self::block`] does where the piece is not there as a whole, but for what stands
    /// from `start` on.
    #[inline(always)]
    fn part<S: Simd>(&self, simd: S, start: usize, bytes: &[u8]) -> u64 {
        let mut piece = [0; PIECE];
        for (to, from) in piece.iter_mut().skip(start).zip(bytes) {
            *to = *from;
        }
        self.block(simd, &piece)
    }

    /// Returns a bit for each byte of a block that may be the last of a window.
    #[inline(always)]
    fn block<S: Simd>(&self, simd: S, piece: &[u8; PIECE]) -> u64 {
        let mut buckets = [u8x64::splat(simd, 0xff); 2];
        for (shift, tables) in self.0.iter().enumerate() {
            let part = piece.get(shift..).and_then(<[u8]>::first_chunk::<BLOCK>);
            let bytes: u8x64<S> = (*part.unwrap_or(&[0; BLOCK])).simd_into(simd);
            let bytes = bytes | 0x20;
            let (low, high) = (bytes & 15, bytes >> 4);
            for (buckets, (by_low, by_high)) in buckets.iter_mut().zip(tables) {
                let table = |table: &[u8; 16]| -> u8x64<S> {
                    let table: u8x16<S> = (*table).simd_into(simd);
                    u8x64::block_splat(table)
                };
                *buckets &= table(by_low).swizzle_dyn_within_blocks(low)
                    & table(by_high).swizzle_dyn_within_blocks(high);
            }
        }
        let [one, two] = buckets;
        !(one | two).simd_eq(0).to_bitmask()
    }
}

/// Makes capitals small; other bytes may change too, and the same in every window.
const SMALL: u32 = 0x2020_2020;

/// Returns a window as a number: its last byte is the highest.
fn number(window: &[u8]) -> u32 {
    window.iter().fold(0, |all, byte| all >> 8 | u32::from(*byte) << 24) | SMALL
}

/// Returns a number less than [`HASHES`] for the last three bytes of a window.
#[inline(always)]
fn hash(window: u32) -> usize {
    ((window >> 8).wrapping_mul(0x9e37_79b1) >> 22) as usize
}

/// Returns true where looking up bytes in tables is one instruction.
fn has_vectors() -> bool {
    let level = Level::new();
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    let has = level.as_sse4_2().is_some();
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    let has = !level.is_fallback();
    has
}
