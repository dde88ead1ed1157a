//! Any bytes as a log: cut into pieces anyhow the output is the same, and what comes out is at rest.
#![no_main]

use bailiwick::HashKey;
use bailiwick::Redactor;
use bailiwick::Sink;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, u8, Option<u16>)| {
    let (bytes, piece, max) = input;
    let mut builder = Redactor::builder().known_value("correct horse battery staple");
    if let Some(key) = HashKey::new([7; 32]) {
        builder = builder.key(key);
    }
    if let Some(max) = max {
        builder = builder.max_bytes(usize::from(max));
    }
    let redactor = builder.build();
    let whole = streamed(&redactor, &bytes, bytes.len());
    assert_eq!(streamed(&redactor, &bytes, usize::from(piece)), whole);
    assert_eq!(streamed(&redactor, &whole, whole.len()), whole);
});

fn streamed(redactor: &Redactor, bytes: &[u8], piece: usize) -> Vec<u8> {
    let mut stream = redactor.stream(Sink::ModelContext);
    let mut out = Vec::new();
    for piece in bytes.chunks(piece.max(1)) {
        out.extend(stream.push(piece));
    }
    out.extend(stream.finish().0);
    out
}
