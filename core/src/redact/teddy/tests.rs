use crate::redact::teddy::Finder;
use crate::redact::teddy::Lanes;

/// What vectors do, a byte at a time.
#[derive(Clone, Copy, Debug)]
struct Plain([u8; 16]);

impl Plain {
    fn behind(self, before: Self, count: usize) -> Self {
        let both = [before.0, self.0].concat();
        Self(std::array::from_fn(|at| both[16 - count + at]))
    }
}

impl Lanes for Plain {
    fn load(bytes: &[u8; 16]) -> Self {
        Self(*bytes)
    }

    fn low(self) -> Self {
        Self(self.0.map(|byte| byte & 15))
    }

    fn high(self) -> Self {
        Self(self.0.map(|byte| byte >> 4))
    }

    fn of(self, table: Self) -> Self {
        Self(self.0.map(|byte| table.0[usize::from(byte)]))
    }

    fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }

    fn one_behind(self, before: Self) -> Self {
        self.behind(before, 1)
    }

    fn two_behind(self, before: Self) -> Self {
        self.behind(before, 2)
    }

    fn three_behind(self, before: Self) -> Self {
        self.behind(before, 3)
    }

    fn places(self) -> u64 {
        self.0.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(*byte != 0))
    }
}

fn finder(literals: &[&[u8]]) -> Option<Finder<Plain>> {
    Finder::new(literals)
}

fn places(literals: &[&[u8]], text: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    finder(literals).unwrap().find(text, &mut |at| found.push(at));
    found
}

fn plain_places(literals: &[&[u8]], text: &[u8]) -> Vec<usize> {
    let is = |at: &usize| literals.iter().any(|literal| text[*at..].starts_with(literal));
    (0..text.len()).filter(is).collect()
}

#[test]
fn finds_every_place_in_order_and_once() {
    let literals: Vec<Vec<u8>> = (0..60_u8)
        .map(|number| vec![b'a' + number % 7, b'_', b'0' + number % 5, b'a' + number / 10])
        .chain([b"abc".to_vec(), b"a_0a_".to_vec(), b"_0a_0a".to_vec()])
        .collect();
    let literals: Vec<&[u8]> = literals.iter().map(Vec::as_slice).collect();
    let mut state = 7_u64;
    for length in (0..400).chain([4000]) {
        let text: Vec<u8> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"abcdefg__01234_abca_0"[(state >> 40) as usize % 21]
            })
            .collect();
        assert_eq!(places(&literals, &text), plain_places(&literals, &text));
    }
}

#[test]
fn finds_bytes_of_every_value_at_every_place() {
    let literals: [&[u8]; 4] =
        [&[0, 0, 0], &[0xff, 0x80, 0x7f, 0], &[0xc3, 0xa4, 0xc3, 0xa4], b"://"];
    for literal in literals {
        for length in literal.len()..200 {
            for at in 0..=length - literal.len() {
                let mut text = vec![0xee; length];
                text[at..at + literal.len()].copy_from_slice(literal);
                assert_eq!(places(&literals, &text), plain_places(&literals, &text));
            }
        }
    }
}

#[test]
fn leaves_short_and_very_many_literals_to_others() {
    assert!(finder(&[]).is_none());
    assert!(finder(&[b"abcd", b"ab"]).is_none());
    let many: Vec<[u8; 4]> = (0..200_u32).map(u32::to_le_bytes).collect();
    let many: Vec<&[u8]> = many.iter().map(<[u8; 4]>::as_slice).collect();
    assert!(finder(&many).is_none());
}
