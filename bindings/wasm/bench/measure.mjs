// The measuring itself, in Node and in a browser.

/** Bytes that are pushed at a time, as a pipe or a fetch brings them. */
const PIECE = 64 << 10;
const MOST_RUNS = 20;
const MILLISECONDS = 4000;

/** Returns MB/s over `log` of the counting module and of each module that `load` knows. */
export async function measure(log, counting, modules, load) {
  const { instance } = await WebAssembly.instantiate(counting);
  const { memory, count } = instance.exports;
  const start = 16;
  memory.grow(Math.ceil((log.length + 64) / 65536));
  new Uint8Array(memory.buffer).set(log, start);
  const end = start + log.length;
  const results = { lines: rate(log, () => count(start, end)) };
  for (const name of modules) {
    const glue = await load(name);
    results[name] = rate(log, () => redacted(glue, log));
  }
  return results;
}

function redacted(glue, log) {
  const stream = new glue.RedactionStream('log_viewer');
  let bytes = 0;
  for (let at = 0; at < log.length; at += PIECE) {
    bytes += stream.push(log.subarray(at, at + PIECE)).length;
  }
  return bytes + stream.finish().length;
}

function rate(log, work) {
  let best = Infinity;
  const begun = performance.now();
  for (let run = 0; run < MOST_RUNS && performance.now() - begun < MILLISECONDS; run += 1) {
    const start = performance.now();
    if (work() === 0) throw new Error('nothing came out');
    best = Math.min(best, performance.now() - start);
  }
  return log.length / 1e3 / best;
}
