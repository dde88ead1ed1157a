//! Which literals share a bucket: those together that make the fewest places candidates.

use crate::redact::teddy::WIDTH;

/// A bit of a byte each, in two bytes.
const BUCKETS: usize = 16;

/// For each byte of a window, for the first and for the last eight buckets: which of them may have it,
/// by its lower and by its upper half.
#[derive(Clone, Debug)]
pub(super) struct Tables(pub(super) [[([u8; 16], [u8; 16]); 2]; WIDTH]);

impl Tables {
    /// Returns the tables of windows, of [`WIDTH`] bytes or fewer.
    pub(super) fn new<'a>(windows: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut tables = [[([0; 16], [0; 16]); 2]; WIDTH];
        for (bucket, shape) in grouped(windows).iter().enumerate() {
            for (halves, places) in shape.iter().zip(&mut tables) {
                if let Some((low, high)) = places.get_mut(bucket / 8) {
                    mark(low, halves.low, 1 << (bucket % 8));
                    mark(high, halves.high, 1 << (bucket % 8));
                }
            }
        }
        Self(tables)
    }
}

/// Sets `bit` at the places of `table` that `places` names.
fn mark(table: &mut [u8; 16], places: u16, bit: u8) {
    for (place, entry) in table.iter_mut().enumerate() {
        if places >> place & 1 == 1 {
            *entry |= bit;
        }
    }
}

/// Returns the bytes of a literal that are looked up, the rarest, and where they begin.
pub(super) fn window_of(literal: &[u8]) -> (usize, &[u8]) {
    let rarity = |(_, window): &(usize, &[u8])| candidates(&shape(window));
    literal.windows(WIDTH).enumerate().min_by_key(rarity).unwrap_or((0, literal))
}

/// Which halves of bytes occur at one place of some windows: a bit for each.
#[derive(Clone, Copy)]
struct Halves {
    low: u16,
    high: u16,
}

/// The windows that share a bucket.
type Shape = [Halves; WIDTH];

fn shape(window: &[u8]) -> Shape {
    let mut shape = [Halves { low: u16::MAX, high: u16::MAX }; WIDTH];
    for (halves, byte) in shape.iter_mut().rev().zip(window.iter().rev()) {
        let byte = byte | 0x20;
        *halves = Halves { low: 1 << (byte & 15), high: 1 << (byte >> 4) };
    }
    shape
}

fn both(one: &Shape, two: &Shape) -> Shape {
    let mut shape = *one;
    for (halves, other) in shape.iter_mut().zip(two) {
        *halves = Halves { low: halves.low | other.low, high: halves.high | other.high };
    }
    shape
}

/// How often bytes stand in ordinary text, in small letters, of some thousand: by their upper half,
/// and then by their lower one.
const OFTEN: [(usize, [u16; 16]); 8] = [
    (2, [140, 2, 11, 2, 1, 1, 2, 4, 8, 8, 3, 2, 12, 12, 20, 16]),
    (3, [14, 14, 11, 9, 9, 8, 8, 7, 7, 7, 18, 8, 4, 9, 5, 1]),
    (6, [3, 46, 11, 29, 24, 71, 16, 13, 15, 45, 1, 6, 27, 18, 41, 43]),
    (7, [19, 2, 44, 43, 56, 21, 9, 9, 4, 10, 1, 7, 2, 7, 1, 12]),
    (10, [1; 16]),
    (11, [1; 16]),
    (14, [1; 16]),
    (15, [1; 16]),
];

/// Returns how many places of ordinary text are candidates, as a number to be compared.
fn candidates(shape: &Shape) -> u64 {
    let often = |halves: &Halves| {
        let rows = OFTEN.iter().filter(|(high, _)| halves.high >> high & 1 == 1);
        let row = |(_, row): &(usize, [u16; 16])| {
            let bytes = row.iter().enumerate().filter(|(low, _)| halves.low >> low & 1 == 1);
            bytes.map(|(_, often)| u64::from(*often)).sum::<u64>()
        };
        rows.map(row).sum::<u64>()
    };
    shape.iter().map(often).product()
}

/// Puts windows into as many groups as there are buckets.
fn grouped<'a>(windows: impl Iterator<Item = &'a [u8]>) -> Vec<Shape> {
    let mut groups: Vec<(Shape, u64)> =
        windows.map(shape).map(|shape| (shape, candidates(&shape))).collect();
    // What each pair would cost more than its two groups.
    let cost = |one: &(Shape, u64), two: &(Shape, u64)| {
        candidates(&both(&one.0, &two.0)).saturating_sub(one.1 + two.1)
    };
    // The best partner of each among those behind it.
    let best = |groups: &[(Shape, u64)], index: usize| {
        let (one, behind) = groups.get(index..)?.split_first()?;
        behind.iter().zip(index + 1..).map(|(two, other)| (cost(one, two), other)).min()
    };
    let mut partners: Vec<_> = (0..groups.len()).map(|index| best(&groups, index)).collect();
    while groups.len() > BUCKETS {
        let pairs = partners.iter().enumerate();
        let pair =
            pairs.filter_map(|(index, partner)| partner.map(|(cost, other)| (cost, index, other)));
        let Some((_, index, other)) = pair.min() else {
            break;
        };
        let (two, _) = groups.remove(other);
        partners.remove(other);
        if let Some(one) = groups.get_mut(index) {
            let shape = both(&one.0, &two);
            *one = (shape, candidates(&shape));
        }
        for (place, partner) in partners.iter_mut().enumerate() {
            let known = partner.filter(|(_, it)| *it != index && *it != other && place != index);
            *partner = match known {
                // The group that grew may be a better one, or the one behind it moved up.
                Some((cost_known, it)) => {
                    let it = it - usize::from(it > other);
                    let grown = groups.get(place).zip(groups.get(index)).filter(|_| place < index);
                    let grown = grown.map(|(one, two)| (cost(one, two), index));
                    grown.into_iter().chain([(cost_known, it)]).min()
                }
                None => best(&groups, place),
            };
        }
    }
    groups.into_iter().map(|(shape, _)| shape).collect()
}
