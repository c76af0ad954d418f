// SPDX-License-Identifier: Apache-2.0
// Findings of a report: which tab they stand under, and what is new against another report.
import type { AuditReport, Finding, FindingState, Severity } from '../api/types';

export const severities: Severity[] = ['critical', 'high', 'medium', 'low'];

export const evidence: Record<Finding['evidence'], string> = {
  E0: 'the model says so',
  E1: 'quote and span stand, the score passes',
  E2: 'it survived a second look',
  E3: 'an independent check agrees',
};

export const stateNames: Record<FindingState, string> = {
  shown: 'Findings',
  low_confidence: 'Low confidence',
  rejected: 'Rejected',
  suppressed: 'Suppressed',
  baseline: 'In the baseline',
  untouched: 'Untouched lines',
};

export type Change = 'new' | 'unchanged' | 'fixed';

export interface Compared {
  change: Map<string, Change>; // by fingerprint, of shown findings
  fixed: Finding[]; // of the baseline, not found any more
  fresh: number;
}

const shown = (report: AuditReport): Finding[] =>
  report.findings.filter((finding) => finding.state === 'shown' || finding.state === 'baseline');

export function compare(report: AuditReport, baseline: AuditReport): Compared {
  const before = new Set(shown(baseline).map((finding) => finding.fingerprint));
  const now = shown(report);
  const after = new Set(now.map((finding) => finding.fingerprint));
  const change = new Map<string, Change>();
  for (const finding of now) {
    change.set(finding.fingerprint, before.has(finding.fingerprint) ? 'unchanged' : 'new');
  }
  const fixed = shown(baseline).filter((finding) => !after.has(finding.fingerprint));
  const fresh = [...change.values()].filter((value) => value === 'new').length;
  return { change, fixed, fresh };
}

export interface FindingFilter {
  state: FindingState | 'fixed';
  words: string;
  severity: Severity | '';
}

export function select(findings: Finding[], filter: FindingFilter): Finding[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter((finding) => {
    if (filter.state !== 'fixed' && finding.state !== filter.state) return false;
    if (filter.severity && finding.severity !== filter.severity) return false;
    const text = `${finding.path} ${finding.family} cwe-${finding.cwe} ${finding.quote}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
