// SPDX-License-Identifier: Apache-2.0
// Short names for the server's types (schema.d.ts is made from apps/http/openapi.yaml by `npm run types`), and the one
// document that the API passes on as it is: the audit report of `fathom audit --format json`.
import type { components } from './schema';

type Schemas = components['schemas'];
export type Status = Schemas['Status'];
export type Corpus = Schemas['Corpus'];
export type CorpusPlan = Schemas['CorpusPlan'];
export type PlanFile = CorpusPlan['per_file'][number];
export type FileText = Schemas['FileText'];
export type Run = Schemas['Run'];
export type RunState = Schemas['RunState'];
export type RunEvent = Schemas['RunEvent'];
export type Answer = Schemas['Answer'];
export type Citation = Schemas['Citation'];
export type Audit = Schemas['Audit'];
export type Session = Schemas['Session'];
export type SessionDetail = Schemas['SessionDetail'];
export type SessionMessage = Schemas['SessionMessage'];
export type SessionTurn = Schemas['SessionTurn'];
export type Candidate = Schemas['Candidate'];
export type WorkflowText = Schemas['WorkflowText'];
export type CheckedWorkflow = Schemas['CheckedWorkflow'];
export type Workflow = Schemas['Workflow'];
export type WorkflowRun = Schemas['WorkflowRun'];
export type WorkflowRunDetail = Schemas['WorkflowRunDetail'];
export type WorkflowStep = Schemas['WorkflowStep'];
export type WorkflowOutcome = Schemas['WorkflowOutcome'];
export type Approval = Schemas['Approval'];

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type FindingState =
  | 'shown'
  | 'baseline'
  | 'untouched'
  | 'suppressed'
  | 'low_confidence'
  | 'rejected';

export interface CheckEntry {
  check: string;
  outcome: 'agrees' | 'silent' | 'contradicts';
  said: string;
}

export interface FindingPlace {
  path: string;
  start: number;
  end: number;
  quote?: string;
}

export interface Finding extends FindingPlace {
  rule: string;
  family: string;
  cwe: number;
  severity: Severity;
  quote: string;
  message: string;
  confidence: number;
  evidence: 'E0' | 'E1' | 'E2' | 'E3';
  state: FindingState;
  reason?: string;
  reason_place?: string;
  fingerprint: string;
  source?: FindingPlace; // where the value comes from, when a check saw it
  log: CheckEntry[];
  context: { number: number; text: string; marked: boolean }[];
}

export interface ReportRule {
  id: string;
  family: string;
  cwe: number;
  title: string;
  severity: Severity;
  description?: string;
  help?: string;
}

export interface AuditReport {
  version: number;
  root: string;
  model: string;
  started: string;
  partial: boolean;
  thresholds: { shown: number; confirmed: number };
  numbers: Record<string, number> & { files: number; lines: number; tokens: number };
  counts: Record<FindingState, number> & { by_severity: Record<Severity, number> };
  rules: ReportRule[];
  findings: Finding[];
  skipped?: { path: string; reason: string }[];
  notes?: { place: string; text: string }[];
}
