//! The same with the vectors of the browser: what is made of the plain code there is half as fast.

use core::arch::wasm32::i8x16_eq;
use core::arch::wasm32::i8x16_lt;
use core::arch::wasm32::i8x16_splat;
use core::arch::wasm32::i8x16_sub;
use core::arch::wasm32::i32x4_bitmask;
use core::arch::wasm32::i32x4_eq;
use core::arch::wasm32::i32x4_splat;
use core::arch::wasm32::v128;
use core::arch::wasm32::v128_andnot;
use core::arch::wasm32::v128_any_true;
use core::arch::wasm32::v128_or;

use crate::redact::teddy::Lanes;

/// Returns a bit for each four bytes of `block` that are all run bytes.
#[inline(always)]
pub(super) fn groups(block: &[u8; 64]) -> u32 {
    let (parts, _) = block.as_chunks::<16>();
    parts.iter().zip([0, 4, 8, 12]).fold(0, |bits, (part, place)| {
        let bytes = v128::load(part);
        let all = i32x4_eq(in_run(bytes), i32x4_splat(-1));
        bits | u32::from(i32x4_bitmask(all)) << place
    })
}

/// Returns all bits for each byte that is a letter, a digit, `_` or `-`.
#[inline(always)]
fn in_run(bytes: v128) -> v128 {
    let letter = is_among(v128_or(bytes, i8x16_splat(0x20)), b'a', 26);
    let digit = is_among(bytes, b'0', 10);
    let joint = v128_or(is(bytes, b'_'), is(bytes, b'-'));
    v128_or(v128_or(letter, digit), joint)
}

/// Returns a number other than zero where `block` holds a control that is no white space, DEL, or
/// what is not ASCII.
#[inline(always)]
pub(super) fn dirt(block: &[u8; 64]) -> u8 {
    let (parts, _) = block.as_chunks::<16>();
    let all = parts.iter().fold(i8x16_splat(0), |all, part| {
        let bytes = v128::load(part);
        // As signed numbers, those that are not ASCII are the least.
        let low = i8x16_lt(bytes, i8x16_splat(0x20));
        let white = v128_or(v128_or(is(bytes, b'\n'), is(bytes, b'\t')), is(bytes, b'\r'));
        v128_or(all, v128_or(v128_andnot(low, white), is(bytes, 0x7f)))
    });
    u8::from(v128_any_true(all))
}

#[inline(always)]
fn is(bytes: v128, byte: u8) -> v128 {
    i8x16_eq(bytes, i8x16_splat(byte.cast_signed()))
}

/// Returns all bits for each byte that is one of the `count` from `first`.
#[inline(always)]
fn is_among(bytes: v128, first: u8, count: u8) -> v128 {
    // Moved so that they are the least signed numbers: one comparison tells them.
    let least = first.wrapping_add(0x80);
    let moved = i8x16_sub(bytes, i8x16_splat(least.cast_signed()));
    i8x16_lt(moved, i8x16_splat(count.wrapping_add(0x80).cast_signed()))
}
