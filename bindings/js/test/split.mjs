// The text of a stream's fixture, and its output as the fixture shows it.

/** Returns the bytes of a fixture: its pieces joined. */
export function bytesOf(pieces) {
  const encoder = new TextEncoder();
  const parts = pieces.map((piece) => {
    if (typeof piece === 'string') return encoder.encode(piece);
    if (piece.hex) return Uint8Array.from(piece.hex.match(/../g), (digits) => parseInt(digits, 16));
    const numbers = Array.from({ length: piece.lines }, (_, at) => String(at + 1));
    return encoder.encode(numbers.map((n) => piece.text.replace('{n}', n)).join(''));
  });
  return join(parts);
}

/** Returns pieces of `size` bytes. */
export function cut(bytes, size) {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Returns a character a byte. */
export function shown(parts) {
  return Array.from(join(parts), (byte) => String.fromCharCode(byte)).join('');
}

/** Runs a fixture through a stream of `push` and `finish`. */
export function redacted(RedactionStream, fixture, size) {
  const stream = new RedactionStream(fixture.options);
  const parts = cut(bytesOf(fixture.pieces), size).map((piece) => stream.push(piece));
  const { rest, summary } = stream.finish();
  return { output: shown([...parts, rest]), summary };
}

function join(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
