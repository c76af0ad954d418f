// SPDX-License-Identifier: Apache-2.0
// The graph of a workflow as the server tells it, as steps that can be drawn.
import type { CheckedWorkflow } from '../api/types';
import type { Step } from '../ui/graph';

export function graphSteps(graph: NonNullable<CheckedWorkflow['graph']>): Step[] {
  const needs = new Map<string, string[]>();
  for (const { from, to } of graph.edges) needs.set(to, [...(needs.get(to) ?? []), from]);
  return graph.nodes.map((node) => ({
    id: node.id,
    kind: `${node.kind}${node.matrix ? ' × matrix' : ''}`,
    needs: needs.get(node.id) ?? [],
  }));
}
