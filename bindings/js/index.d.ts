/** The functions that `@bailiwick/node` and `@bailiwick/wasm` share. */

import type {
  BacktestInput,
  BacktestReport,
  RedecideInput,
  RedecideReport,
} from './backtest.js';
import type { ChooseModelInput, ModelChoice } from './choices.js';
import type { AuditExport, AuditExportInput, AuditReport, AuditReportInput } from './exports.js';
import type {
  AuditAppendInput,
  AuditVerifyInput,
  CheckInput,
  DecideBatchInput,
  DecideInput,
  EffectiveInput,
  Json,
  FactsInput,
  LintInput,
  PolicyFiles,
  SchemaInput,
  TestInput,
} from './inputs.js';
import type {
  AuditEntry,
  CheckReport,
  DecisionBatch,
  DecisionRecord,
  Diagnostic,
  Effective,
  Explanation,
  FactsReport,
  LintReport,
  TestReport,
  VerifyReport,
  Version,
} from './outputs.js';
import type {
  AuditCheckProofInput,
  AuditCheckpointInput,
  AuditProveInput,
  LogProof,
  NoteReport,
  NoteVerifyInput,
  ProofReport,
  SignedLog,
} from './log.js';
import type { Investigated, InvestigateInput } from './package.js';
import type {
  ProvenanceReport,
  ProvenanceShowInput,
  ProvenanceSignInput,
  ProvenanceVerifyInput,
  ShownProvenance,
  SignedProvenance,
} from './provenance.js';
import type {
  Projection,
  RedactInput,
  RedactionOptions,
  SealVerdict,
  VerifyProjectionInput,
} from './redaction.js';
import type { RetentionPlan, RetentionPlanInput } from './retention.js';

export * from './backtest.js';
export * from './choices.js';
export * from './exports.js';
export * from './inputs.js';
export * from './log.js';
export * from './package.js';
export * from './outputs.js';
export * from './provenance.js';
export * from './redaction.js';
export * from './retention.js';

type WithPolicies<T> = T & { policies: PolicyFiles };

export declare function backtest(input: WithPolicies<BacktestInput>): BacktestReport;
export declare function check(input: WithPolicies<CheckInput>): CheckReport;
export declare function chooseModel(input: WithPolicies<ChooseModelInput>): ModelChoice;
export declare function effective(input: WithPolicies<EffectiveInput>): Effective;
export declare function decide(input: WithPolicies<DecideInput>): DecisionRecord;
export declare function decideBatch(input: WithPolicies<DecideBatchInput>): DecisionBatch;
export declare function explain(input: WithPolicies<DecideInput>): Explanation;
export declare function test(input: WithPolicies<TestInput>): TestReport;
export declare function redecide(input: WithPolicies<RedecideInput>): RedecideReport;
export declare function retentionPlan(input: WithPolicies<RetentionPlanInput>): RetentionPlan;
export declare function facts(input: FactsInput): FactsReport;
export declare function lint(input: LintInput): LintReport;
export declare function redact(input: RedactInput): Projection;
export declare function auditAppend(input: AuditAppendInput): AuditEntry;
export declare function auditCheckProof(input: AuditCheckProofInput): ProofReport;
export declare function auditCheckpoint(input: AuditCheckpointInput): SignedLog;
export declare function auditProve(input: AuditProveInput): LogProof;
export declare function investigate(input: InvestigateInput): Investigated;
export declare function noteVerify(input: NoteVerifyInput): NoteReport;
export declare function auditExport(input: AuditExportInput): AuditExport;
export declare function auditReport(input: AuditReportInput): AuditReport;
export declare function auditVerify(input: AuditVerifyInput): VerifyReport;
export declare function provenanceShow(input: ProvenanceShowInput): ShownProvenance;
export declare function provenanceSign(input: ProvenanceSignInput): SignedProvenance;
export declare function provenanceVerify(input: ProvenanceVerifyInput): ProvenanceReport;
export declare function schema(input?: SchemaInput): { [name: string]: Json };
export declare function verifyProjection(input: VerifyProjectionInput): SealVerdict;
export declare function version(): Version;

/** A compiled policy set: load once, decide often. */
export declare class Policies {
  private constructor();
  static load(input: WithPolicies<{ strict?: boolean }>): Policies;
  backtest(input: BacktestInput): BacktestReport;
  check(input?: CheckInput): CheckReport;
  chooseModel(input: ChooseModelInput): ModelChoice;
  effective(input?: EffectiveInput): Effective;
  decide(input: DecideInput): DecisionRecord;
  decideBatch(input: DecideBatchInput): DecisionBatch;
  explain(input: DecideInput): Explanation;
  test(input: TestInput): TestReport;
  redact(input: Omit<RedactionOptions, 'policies' | 'strict'> & { text: string }): Projection;
  redecide(input: RedecideInput): RedecideReport;
  retentionPlan(input: RetentionPlanInput): RetentionPlan;
}

/** An answer that could not be given, with the place in the input where there is one. */
export declare class PolicyError extends Error {
  readonly code: string;
  readonly help: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Where policies were refused: every finding, of which the error is the first. */
  readonly diagnostics: Diagnostic[];
}
