/** What goes in, under the field names of the wire. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Policy files: path below the policy root → text. */
export type PolicyFiles = { readonly [path: string]: string };

export type Effect = 'allow' | 'ask_approval' | 'deny';
export type DecisionKind = 'allowed' | 'ask_approval' | 'denied';
export type LintKind = 'instructions' | 'prompt' | 'untrusted';
export type Sink =
  | 'judge_packet'
  | 'log_viewer'
  | 'model_context'
  | 'pull_request_body'
  | 'shared_artifact'
  | 'support_export'
  | 'trace_viewer';

export type AutonomyLevel =
  | 'analysis_only'
  | 'dry_run_patch'
  | 'local_branch'
  | 'draft_pr'
  | 'supervised_pr'
  | 'autonomous_pr'
  | 'fleet_campaign';
export type ChangeClass =
  | 'build_change'
  | 'ci_workflow_change'
  | 'config_change'
  | 'config_non_destructive'
  | 'dependency_change'
  | 'dependency_major_upgrade'
  | 'dependency_patch_minor'
  | 'documentation_change'
  | 'generated_change'
  | 'instruction_change'
  | 'production_config_change'
  | 'source_change'
  | 'test_change';
export type ChangeStatus = 'added' | 'copied' | 'deleted' | 'modified' | 'renamed';
export type DataClass =
  'public' | 'internal' | 'confidential' | 'generated_sensitive' | 'regulated' | 'secret';
export type DataSource =
  | 'build_log'
  | 'configuration'
  | 'dependency_metadata'
  | 'internal_document'
  | 'issue_text'
  | 'ownership_metadata'
  | 'pull_request_comment'
  | 'source_code'
  | 'stack_trace'
  | 'test_log'
  | 'model_output'
  | 'public_document'
  | 'task_text'
  | 'tool_output';
export type ContentKind =
  | 'bank_accounts'
  | 'email_addresses'
  | 'national_ids'
  | 'payment_cards'
  | 'phone_numbers'
  | 'private_urls'
  | 'secret_like_tokens';
export type KillSwitchFlag =
  | 'block_all_agent_runs'
  | 'cancel_running_runs'
  | 'disable_autonomous_runs'
  | 'disable_git_push'
  | 'disable_model_calls'
  | 'disable_new_runs'
  | 'disable_pr_creation'
  | 'disable_shell'
  | 'disable_shell_network'
  | 'pause_waves';
export type KillSwitchScope = 'capability' | 'campaign' | 'global' | 'repository' | 'tenant';
export type Level =
  | 'platform'
  | 'organization'
  | 'team'
  | 'repository'
  | 'campaign'
  | 'task'
  | 'runtime'
  | 'tool_call';
export type RetentionClass =
  | 'audit_event'
  | 'audit_export'
  | 'context_manifest'
  | 'cost_report'
  | 'judge_report'
  | 'patch'
  | 'raw_log'
  | 'raw_model_request'
  | 'redacted_log'
  | 'redacted_model_request'
  | 'replay_package'
  | 'verification_report';
export type RiskTier = 'low' | 'medium' | 'high' | 'regulated' | 'critical';
export type Role =
  | 'Viewer'
  | 'Operator'
  | 'Approver'
  | 'CampaignOwner'
  | 'PolicyAdmin'
  | 'PlatformAdmin'
  | 'Auditor';
export type VerifierResult = 'passed' | 'failed' | 'flaky';

export interface Subject {
  id: string;
  kind?: string;
  roles?: Role[];
  team?: string;
  tenant?: string;
}

export interface ChangedFile {
  path: string;
  added?: number;
  after?: string;
  before?: string;
  from?: string;
  generated?: boolean;
  removed?: number;
  status?: ChangeStatus;
  symlink_target?: string;
}

/** An exact amount: decimal text, with at most six digits behind the point. */
export interface Money {
  amount: string;
  /** Three capital letters. */
  currency: string;
}

/** One piece of what a model would see: it states its source, its class, or both. */
export interface ContextItem {
  data_class?: DataClass;
  /** What is still in it that a redactor would find. */
  found?: ContentKind[];
  needed_because?: string;
  path?: string;
  projection?: 'raw' | 'redacted';
  source?: DataSource;
  tenant?: string;
}

export interface ModelUse {
  cost?: Money;
  data_class?: DataClass;
  model?: string;
  provider?: string;
  region?: string;
  tokens?: number;
  use_for?: string;
}

export interface PullRequest {
  base?: string;
  draft?: boolean;
  head?: string;
  number?: number;
  title?: string;
}

/** The artifact to read, export or delete. */
export interface Artifact {
  class?: RetentionClass;
  created_at?: string;
  encrypted?: boolean;
  held?: boolean;
  id?: string;
  run?: string;
  tenant?: string;
}

/** What an agent wants to do. Sparse: what does not belong to the action stays out. */
export interface PolicyRequest {
  tool?: string;
  action?: string;
  subject?: Subject;
  tenant?: string;
  organization?: string;
  team?: string;
  repo?: string;
  branch?: string;
  campaign_id?: string;
  task_id?: string;
  run_id?: string;
  tool_call_id?: string;
  workspace?: string;
  task_class?: string;
  change_class?: ChangeClass;
  autonomy_level?: AutonomyLevel;
  risk_tier?: RiskTier;
  data_class?: DataClass;
  changed_files?: (string | ChangedFile)[];
  context_items?: ContextItem[];
  path?: string;
  paths?: string[];
  links?: { [name: string]: string };
  argv?: string[];
  shell?: string;
  cwd?: string;
  diff?: string;
  env?: { [name: string]: string };
  git_attributes?: string;
  git_hardened?: boolean;
  url?: string;
  host?: string;
  network_profile?: string;
  model?: ModelUse;
  target_count?: number;
  pr?: PullRequest;
  verifiers?: { [name: string]: VerifierResult };
  judge?: string;
  labels?: string[];
  artifact?: Artifact;
  /** Anything else that a policy may ask about. */
  attributes?: { [name: string]: Json };
}

/** One person's approval of one exact request under one exact effective policy. */
export interface Approval {
  approval_id: string;
  approver: Subject;
  effective_policy_hash: string;
  expires_at: string;
  granted_at: string;
  request_hash: string;
}

/** One kill switch that is on. */
export interface KillSwitch {
  flag: KillSwitchFlag;
  scope: KillSwitchScope;
  name?: string;
}

/** Live facts outside the request, as of an instant (RFC 3339 text). */
export interface State {
  as_of: string;
  now: string;
  version: string;
  approvals?: Approval[];
  kill_switches?: KillSwitch[];
  usage?: { [key: string]: number };
  usage_complete?: boolean;
}

export type EventType =
  | 'admin.override'
  | 'approval.granted'
  | 'approval.requested'
  | 'artifact.deleted'
  | 'audit.gap'
  | 'audit.pruned'
  | 'checkpoint'
  | 'command.executed'
  | 'file.changed'
  | 'judge.executed'
  | 'key_epoch'
  | 'model.called'
  | 'obligation.fulfilled'
  | 'policy.changed'
  | 'policy.evaluated'
  | 'pr.created'
  | 'pr.updated'
  | 'repository.cloned'
  | 'run.cancelled'
  | 'run.closed'
  | 'run.failed'
  | 'run.opened'
  | 'run.scheduled'
  | 'sandbox.created'
  | 'secret.redacted'
  | 'task.approved'
  | 'task.submitted'
  | 'tool.called'
  | 'verifier.executed'
  | 'worker.leased';

/** Something that was done, as the host tells it. */
export interface AuditEvent {
  audit_id: string;
  tenant_id: string;
  actor_type: string;
  actor: string;
  action: string;
  resource_type: string;
  resource_id: string;
  created_at: string;
  run_id?: string;
  event_type?: EventType;
  approval_id?: string | null;
  decision_id?: string | null;
  policy_version?: string | null;
  request_hash?: string | null;
  result_hash?: string | null;
  decision?: DecisionKind | null;
  matched_rules?: string[];
  details?: { [name: string]: Json };
}

/** One of the JSON Schemas; without a name, all of them and every table. */
export interface SchemaInput {
  name?: 'policy' | 'request' | 'state' | 'suite';
}

export interface CheckInput {
  strict?: boolean;
}

interface JudgeInput {
  state?: State | null;
  /** The instant of the decision, where there is no state. */
  now?: string;
  hash_key?: string;
  what_if?: boolean;
}

export interface DecideInput extends JudgeInput {
  request?: PolicyRequest;
  /** The request as JSON or YAML text, in place of `request`. */
  request_text?: string;
  /** Why the host could not read a request, in place of one: it is denied. */
  request_unreadable?: string;
  decision_id?: string;
}

export interface DecideBatchInput extends JudgeInput {
  requests: PolicyRequest[];
}

/** The scope whose effective authority is wanted. */
export interface EffectiveInput {
  tenant?: string;
  organization?: string;
  team?: string;
  repo?: string;
  campaign_id?: string;
  task_id?: string;
  action?: string;
}

/** Fixture files: path → text. */
export interface TestInput {
  cases: { readonly [path: string]: string };
  filter?: string;
}

export interface FactsInput {
  request: Request;
  /** Path patterns that a change may touch, for the boundary report; without it, all. */
  allowed_paths?: readonly string[];
  /** Path patterns that a change may not touch, for the boundary report. */
  forbidden_paths?: readonly string[];
}

export interface LintInput {
  text: string;
  kind?: LintKind;
  path?: string;
  scope?: string;
}

export interface AuditAppendInput {
  event: AuditEvent;
  last_record?: string;
}

export interface AuditVerifyInput {
  log: string;
  allow_open?: boolean;
  /** Signed notes that the log is held against. */
  checkpoints?: string[];
  count?: number;
  head?: string;
  /** `vkey` texts of the log and of witnesses. */
  keys?: string[];
  now?: string;
  origin?: string;
  /** JSON lines. */
  payloads?: string;
  run_id?: string;
  tenant?: string;
  witnesses?: number;
}
