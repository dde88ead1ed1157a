import { PolicyError, RedactionStream, createRedactionStream } from '@bailiwick/node';
import type { RedactionFinding, StreamSummary } from '@bailiwick/node';

/** Returns what a model may see of pieces of a log, and what was removed. */
export function redactLog(pieces: Iterable<Uint8Array>): { text: string; summary: StreamSummary } {
  const stream = new RedactionStream({ sink: 'model_context', path: 'build.log' });
  const decoder = new TextDecoder();
  let text = '';
  for (const piece of pieces) text += decoder.decode(stream.push(piece), { stream: true });
  const { rest, summary } = stream.finish();
  return { text: text + decoder.decode(rest), summary };
}

/** Returns the places of what was found, and none where the options cannot be used. */
export function places(text: string, packs: string[]): RedactionFinding[] {
  try {
    const stream = new RedactionStream({ packs, explain: true });
    stream.push(text);
    return stream.finish().summary.findings ?? [];
  } catch (error) {
    if (error instanceof PolicyError && error.code === 'pack_unknown') return [];
    throw error;
  }
}

/** Returns how many secrets a pipeline removed, once it is done. */
export function count(redaction: ReturnType<typeof createRedactionStream>): number {
  const summary: StreamSummary | null = redaction.summary;
  return summary?.redaction_summary.secret_like_tokens ?? 0;
}
