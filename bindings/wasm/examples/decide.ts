import init, { Policies, PolicyError, check } from '@bailiwick/wasm';
import type { Diagnostic, PolicyFiles } from '@bailiwick/wasm';

const policies: PolicyFiles = {
  'platform.yaml': 'platform_policy:\n  allowed_actions: [file.read]\n',
};

export async function show(target: HTMLElement): Promise<void> {
  await init();
  const found: Diagnostic[] = check({ policies, strict: true }).diagnostics;
  if (found.length > 0) {
    target.textContent = found
      .map((one) => `${one.location.file}:${one.location.line}: ${one.message}`)
      .join('\n');
    return;
  }
  try {
    const record = Policies.load({ policies }).decide({
      request: { tool: 'file.read', path: 'a' },
    });
    target.textContent = `${record.decision}: ${record.explanation}`;
  } catch (thrown) {
    target.textContent = thrown instanceof PolicyError ? thrown.code : String(thrown);
  }
}

// @ts-expect-error: a sink that does not exist
export const misspelt: import('@bailiwick/wasm').RedactInput = { text: '', sink: 'moon' };
