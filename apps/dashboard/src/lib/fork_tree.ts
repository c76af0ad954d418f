// SPDX-License-Identifier: Apache-2.0
// Sessions in the order of their forks: each below the one it came from, newest tree first.
import type { Session } from '../api/types';

export interface Branch {
  session: Session;
  depth: number;
  forks: number; // made from it directly
}

export function forkTree(sessions: Session[]): Branch[] {
  const known = new Set(sessions.map((session) => session.id));
  const below = new Map<string, Session[]>();
  for (const session of sessions) {
    const parent = session.parent && known.has(session.parent) ? session.parent : '';
    below.set(parent, [...(below.get(parent) ?? []), session]);
  }
  const list: Branch[] = [];
  const seen = new Set<string>(); // a circle of parents must not hang the page
  const add = (session: Session, depth: number): void => {
    if (seen.has(session.id)) return;
    seen.add(session.id);
    const forks = below.get(session.id) ?? [];
    list.push({ session, depth, forks: forks.length });
    for (const fork of forks) add(fork, depth + 1);
  };
  for (const session of below.get('') ?? []) add(session, 0);
  for (const session of sessions) add(session, 0);
  return list;
}
