//! Vectors of the browser.

use core::arch::wasm32::i8x16_bitmask;
use core::arch::wasm32::i8x16_ne;
use core::arch::wasm32::i8x16_shuffle;
use core::arch::wasm32::i8x16_swizzle;
use core::arch::wasm32::u8x16_shr;
use core::arch::wasm32::u8x16_splat;
use core::arch::wasm32::u64x2;
use core::arch::wasm32::v128;
use core::arch::wasm32::v128_and;

use crate::redact::teddy::Finder;
use crate::redact::teddy::Lanes;

/// What finds literals here.
pub(crate) type Teddy = Finder<v128>;

impl Lanes for v128 {
    // The compiler makes one load of this.
    #[inline(always)]
    fn load(bytes: &[u8; 16]) -> Self {
        let (words, _) = bytes.as_chunks::<8>();
        let [one, two] = [words.first(), words.last()];
        let word = |word: Option<&[u8; 8]>| word.map_or(0, |word| u64::from_le_bytes(*word));
        u64x2(word(one), word(two))
    }

    #[inline(always)]
    fn low(self) -> Self {
        v128_and(self, u8x16_splat(15))
    }

    #[inline(always)]
    fn high(self) -> Self {
        u8x16_shr(self, 4)
    }

    #[inline(always)]
    fn of(self, table: Self) -> Self {
        i8x16_swizzle(table, self)
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        v128_and(self, other)
    }

    #[inline(always)]
    fn one_behind(self, before: Self) -> Self {
        i8x16_shuffle::<15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>(
            before, self,
        )
    }

    #[inline(always)]
    fn two_behind(self, before: Self) -> Self {
        i8x16_shuffle::<14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29>(
            before, self,
        )
    }

    #[inline(always)]
    fn three_behind(self, before: Self) -> Self {
        i8x16_shuffle::<13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28>(
            before, self,
        )
    }

    #[inline(always)]
    fn places(self) -> u64 {
        u64::from(i8x16_bitmask(i8x16_ne(self, u8x16_splat(0))))
    }
}
