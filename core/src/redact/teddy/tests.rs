use crate::redact::anchors::Literal;
use crate::redact::teddy::Teddy;

fn finder(literals: &[&[u8]]) -> Option<Teddy<()>> {
    let literals: Vec<_> = literals.iter().map(|bytes| Literal::new(bytes, ())).collect();
    Teddy::new(&literals)
}

fn places(literals: &[&[u8]], text: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    finder(literals).unwrap().find(text, |at, ()| found.push(at));
    found.sort_unstable();
    found.dedup();
    found
}

fn plain_places(literals: &[&[u8]], text: &[u8]) -> Vec<usize> {
    let is = |at: &usize| literals.iter().any(|literal| text[*at..].starts_with(literal));
    (0..text.len()).filter(is).collect()
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
fn finds_what_crosses_the_borders_of_what_is_looked_up_at_once() {
    for border in [64, 4096, 8192] {
        for at in border - 8..border + 2 {
            let mut text = vec![b'.'; border * 2 + 7];
            text[at..at + 6].copy_from_slice(b"needle");
            assert_eq!(places(&[b"needle"], &text), [at]);
            text.truncate(at + 6);
            assert_eq!(places(&[b"needle"], &text), [at]);
            text.truncate(at + 5);
            assert!(places(&[b"needle"], &text).is_empty());
        }
    }
}

#[test]
fn leaves_short_and_very_many_literals_to_others() {
    assert!(finder(&[]).is_none());
    assert!(finder(&[b"abcd", b"ab"]).is_none());
    let many: Vec<[u8; 4]> = (0..300_u32).map(u32::to_le_bytes).collect();
    let many: Vec<&[u8]> = many.iter().map(<[u8; 4]>::as_slice).collect();
    assert!(finder(&many).is_none());
}
