// The measuring itself, in Node and in a browser. Each part of a log counts with the best of its
// runs, so that other programs on the machine disturb little.

/** Bytes that are pushed at a time, as a pipe or a fetch brings them. */
const PIECE = 64 << 10;
/** Pieces that are timed together: clocks of browsers are coarse. */
const TOGETHER = 32;
const MOST_RUNS = 40;
const MILLISECONDS = 5000;

/** Returns MB/s over `log` of the counting module and of each module that `load` knows. */
export async function measure(log, counting, modules, load) {
  const { instance } = await WebAssembly.instantiate(counting);
  const { memory, count } = instance.exports;
  const start = 16;
  memory.grow(Math.ceil((log.length + 64) / 65536));
  new Uint8Array(memory.buffer).set(log, start);
  const lines = (at, end) => count(start + at, start + end);
  const results = { lines: rate(log.length, log.length, () => lines) };
  for (const name of modules) {
    const { RedactionStream } = await load(name);
    results[name] = rate(log.length, PIECE * TOGETHER, () => {
      const stream = new RedactionStream({ sink: 'log_viewer' });
      return (at, end) => {
        let bytes = 0;
        for (let from = at; from < end; from += PIECE) {
          bytes += stream.push(log.subarray(from, Math.min(from + PIECE, end))).length;
        }
        return end < log.length ? bytes : bytes + stream.finish().rest.length;
      };
    });
  }
  return results;
}

function rate(length, step, begin) {
  const best = Array.from({ length: Math.ceil(length / step) }, () => Infinity);
  const begun = performance.now();
  for (let run = 0; run < MOST_RUNS && performance.now() - begun < MILLISECONDS; run += 1) {
    const work = begin();
    let came = 0;
    for (const [index, before] of best.entries()) {
      const at = index * step;
      const start = performance.now();
      came += work(at, Math.min(at + step, length));
      best[index] = Math.min(before, performance.now() - start);
    }
    if (came === 0) throw new Error('nothing came out');
  }
  return length / 1e3 / best.reduce((sum, time) => sum + time);
}
