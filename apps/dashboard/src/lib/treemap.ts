// SPDX-License-Identifier: Apache-2.0
// Files as rectangles whose area is their tokens, folder within folder.
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { PlanFile } from '../api/types';

export interface Node {
  name: string;
  path: string;
  file?: PlanFile;
  children?: Node[];
}

export interface Cell {
  name: string;
  path: string;
  file?: PlanFile; // absent: a folder
  tokens: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export function treeOf(files: PlanFile[]): Node {
  const root: Node = { name: '', path: '', children: [] };
  const folders = new Map<string, Node>([['', root]]);
  const folder = (path: string): Node => {
    const known = folders.get(path);
    if (known) return known;
    const cut = path.lastIndexOf('/');
    const node: Node = { name: path.slice(cut + 1), path, children: [] };
    folder(cut < 0 ? '' : path.slice(0, cut)).children?.push(node);
    folders.set(path, node);
    return node;
  };
  for (const file of files) {
    const cut = file.path.lastIndexOf('/');
    const parent = folder(cut < 0 ? '' : file.path.slice(0, cut));
    parent.children?.push({ name: file.path.slice(cut + 1), path: file.path, file });
  }
  return root;
}

export const cellsMax = 1500; // more would be too small to hit

export function layout(files: PlanFile[], width: number, height: number): Cell[] {
  const most = [...files].sort((a, b) => b.tokens - a.tokens).slice(0, cellsMax);
  const root = hierarchy<Node>(treeOf(most), (node) => node.children)
    .sum((node) => Math.max(node.file?.tokens ?? 0, node.file ? 1 : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const drawn = treemap<Node>()
    .tile(treemapSquarify.ratio(1.3))
    .size([width, height])
    .paddingInner(1)
    .paddingOuter(1)
    .paddingTop((node) => (node.depth > 0 && node.y1 - node.y0 > 40 ? 17 : 1))
    .round(true)(root);
  return drawn
    .descendants()
    .slice(1)
    .map((node) => ({
      name: node.data.name,
      path: node.data.path,
      ...(node.data.file ? { file: node.data.file } : {}),
      tokens: node.value ?? 0,
      x: node.x0,
      y: node.y0,
      width: node.x1 - node.x0,
      height: node.y1 - node.y0,
    }));
}

// 0 (none) to 4 (most), by rank among the files, so that one busy file does not pale the others.
export function heatOf(files: PlanFile[], of: (file: PlanFile) => number): Map<string, number> {
  const counts = [...new Set([0, ...files.map(of)])].sort((a, b) => a - b);
  const ranks = new Map(counts.map((value, rank) => [value, rank]));
  const steps = Math.max(1, counts.length - 1);
  return new Map(files.map((file) => [file.path, Math.round((4 * (ranks.get(of(file)) ?? 0)) / steps)]));
}
