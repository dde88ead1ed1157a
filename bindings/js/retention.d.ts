/** A retention plan: what is kept, what holds it, and what is due. */

import type { Level } from './inputs.js';
import type { Location } from './outputs.js';

/** Something that is kept. A class that nobody knows is reported, not refused. */
export interface RetentionItem {
  id: string;
  class?: string;
  campaign_id?: string;
  created_at?: string;
  /** Somebody asks to delete it now. */
  delete?: boolean;
  encrypted?: boolean;
  organization?: string;
  repo?: string;
  run_id?: string;
  size?: number;
  task_id?: string;
  team?: string;
  tenant?: string;
}

/** What keeps things beyond their time; without item, run and tenant it keeps everything. */
export interface RetentionHold {
  id: string;
  kind: 'incident' | 'legal_hold';
  reason: string;
  set_by: string;
  item?: string;
  released_at?: string;
  run_id?: string;
  tenant?: string;
}

export interface RetentionPlanInput {
  items: RetentionItem[];
  holds?: RetentionHold[];
  now: string;
}

export type RetentionStatus =
  | 'never_stored_violation'
  | 'error'
  | 'refused'
  | 'due_now'
  | 'held'
  | 'due_at'
  | 'keep_floor';

/** The days that decide, and who says so; `built-in` where no document does. */
export interface RetentionLimit {
  days: number;
  policy: string;
  rule: 'at_least_days' | 'at_most_days';
  level?: Level;
  location?: Location;
}

/** What is to become of one thing. */
export interface RetentionEntry {
  class: string;
  expired: boolean;
  id: string;
  status: RetentionStatus;
  unencrypted: boolean;
  why: string;
  at?: string;
  holds?: RetentionHold[];
  limit?: RetentionLimit;
  run_id?: string;
  size?: number;
  tenant?: string;
}

/** What is to become of everything, the most urgent first; `text` is all of it for people. */
export interface RetentionPlan {
  classes: {
    [name: string]: { [status in RetentionStatus]?: { bytes: number; items: number } };
  };
  entries: RetentionEntry[];
  findings: number;
  now: string;
  policy_set_hash: string;
  text: string;
}
