/** Which model to call, and why no other: what goes in and what comes out. */

import type { DataClass, PolicyRequest, State } from './inputs.js';
import type { Location, Obligation } from './outputs.js';

/** A model that the host could call. */
export interface ModelCandidate {
  model: string;
  provider: string;
  /** False where it does not answer at present. */
  available?: boolean;
  /** Absent is unknown, which no list of regions allows. */
  region?: string | null;
}

export interface ChooseModelInput {
  /** What is needed: a request for `model.call` that names no model. */
  request: PolicyRequest;
  /** The models that the host has; all of the policies' where absent. */
  candidates?: ModelCandidate[] | null;
  state?: State | null;
  /** The instant, where there is no state. */
  now?: string;
  what_if?: boolean;
}

/** One label of data; without `policy` it is of the built-in table. */
export interface LabelReason {
  because: string;
  class: DataClass;
  piece: string;
  location?: Location;
  policy?: string;
}

/** What the data of a request is: the stricter label wins. */
export interface DataLabel {
  class: DataClass | null;
  reasons: LabelReason[];
  /** The highest class of what would be seen, projections counted. */
  seen: DataClass | null;
}

/** A model that may be called. */
export interface ChosenModel {
  model: string;
  provider: string;
  obligations: Obligation[];
  location?: Location;
  policy?: string;
  region?: string;
}

/** One reason why a model is refused. */
export interface RefusalReason {
  code: string;
  message: string;
  location?: Location;
  policy?: string;
  rule?: string;
}

/** A model that is refused, with every reason. */
export interface ModelRefusal {
  model: string;
  provider: string;
  reasons: RefusalReason[];
  region?: string;
}

/** Which model to call. */
export interface ModelChoice {
  chosen: ChosenModel | null;
  data: DataLabel;
  explanation: string;
  /** Further models that would be allowed, in order. */
  fallbacks: ChosenModel[];
  refused: ModelRefusal[];
}
