import { Policies, PolicyError, readPolicies, redact, version } from '@bailiwick/node';
import type { DecisionRecord, PolicyRequest } from '@bailiwick/node';

const request: PolicyRequest = {
  tool: 'shell.exec',
  argv: ['cargo', 'test'],
  subject: { id: 'agent-1', kind: 'service', roles: ['Operator'], tenant: 'acme' },
  tenant: 'acme',
  repo: 'payment-service',
};

export function judge(directory: string): string {
  try {
    const policies = Policies.load({ policies: readPolicies(directory), strict: true });
    const record: DecisionRecord = policies.decide({ request, now: new Date().toISOString() });
    const rules: string[] = record.matched_rules.map((rule) => `${rule.policy} ${rule.rule}`);
    return [version().version, record.decision, ...rules, record.explanation].join('\n');
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    const place: string = `${thrown.path ?? ''}:${thrown.line ?? ''}:${thrown.column ?? ''}`;
    return `${place} ${thrown.code}: ${thrown.message}`;
  }
}

export const projection = redact({ text: 'token ghp_x', sink: 'model_context' });

// @ts-expect-error: a request field that does not exist
export const misspelt: PolicyRequest = { changed_file: ['a'] };

// @ts-expect-error: policies are missing
export const incomplete = () => Policies.load({ strict: true });
