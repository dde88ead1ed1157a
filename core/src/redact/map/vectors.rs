//! Looking at blocks with vectors.

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

use crate::redact::map::AT_ONCE;
use crate::redact::map::BLOCK;
use crate::redact::map::Seen;

/// Looks at the blocks of `bytes`.
#[inline(always)]
pub(super) fn look<S: Simd>(simd: S, bytes: &[u8], seen: &mut [Seen; AT_ONCE]) {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // What branches stays out of the vectors.
    for (seen, block) in seen.iter_mut().zip(blocks) {
        *seen = look_at(simd, block);
    }
    if let Some(seen) = seen.get_mut(blocks.len()).filter(|_| !rest.is_empty()) {
        let mut last = [b' '; BLOCK];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        *seen = look_at(simd, &last);
    }
}

/// Returns what `block` holds.
#[inline(always)]
fn look_at<S: Simd>(simd: S, block: &[u8; BLOCK]) -> Seen {
    let bytes: u8x64<S> = (*block).simd_into(simd);
    let among = |bytes: u8x64<S>, first: u8, count: u8| (bytes - first).simd_lt(count);
    let letter = among(bytes | 0x20, b'a', 26);
    let digit = among(bytes, b'0', 10);
    let run = letter | digit | bytes.simd_eq(b'_') | bytes.simd_eq(b'-');
    let visible = among(bytes, b' ', 0x7f - b' ');
    let feeds = bytes.simd_eq(b'\n');
    let white = feeds | bytes.simd_eq(b'\t') | bytes.simd_eq(b'\r');
    let rare = bytes.simd_eq(b'@') | bytes.simd_eq(b'~') | bytes.simd_eq(b'%');
    Seen {
        feeds: feeds.to_bitmask(),
        rare: rare.to_bitmask(),
        run: run.to_bitmask(),
        special: !(visible | white).to_bitmask(),
    }
}
