// SPDX-License-Identifier: Apache-2.0
// Every text that is drawn, wherever it comes from, shows its control and direction signs instead of obeying them. One
// hook for all pages, so that none can forget it; HTML made by markdown.ts and highlight.ts does the same itself.
import { options, type ComponentChildren, type VNode } from 'preact';
import { visible } from './format';

const spoken = ['title', 'aria-label', 'placeholder'] as const;

function shown(children: unknown): unknown {
  if (typeof children === 'string') return visible(children);
  return Array.isArray(children) ? children.map(shown) : children;
}

const before = options.vnode;
options.vnode = (vnode: VNode) => {
  const props = vnode.props as Record<string, unknown> & { children?: ComponentChildren };
  if (props.children !== undefined) props.children = shown(props.children) as ComponentChildren;
  if (typeof vnode.type === 'string') {
    for (const name of spoken) {
      const value = props[name];
      if (typeof value === 'string') props[name] = visible(value);
    }
  }
  before?.(vnode);
};
