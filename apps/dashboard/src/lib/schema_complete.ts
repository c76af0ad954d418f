// SPDX-License-Identifier: Apache-2.0
// Names that may stand at a place of a YAML text, from its JSON Schema. The place is found by indentation: block style,
// as people write it; elsewhere nothing is offered.

export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Completion {
  label: string;
  apply?: string;
  type: string;
  info?: string;
}

// All alternatives of a schema, with references followed.
function alternatives(root: Schema, schema: Schema | undefined, depth = 0): Schema[] {
  if (!schema || depth > 8) return [];
  if (schema.$ref) {
    const name = schema.$ref.replace('#/$defs/', '');
    return alternatives(root, root.$defs?.[name], depth + 1);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap((part) => alternatives(root, part, depth + 1))];
}

function step(root: Schema, schemas: Schema[], key: string): Schema[] {
  return schemas.flatMap((schema) => {
    if (key === '-') return alternatives(root, schema.items);
    const named = schema.properties?.[key];
    if (named) return alternatives(root, named);
    const other = schema.additionalProperties;
    return typeof other === 'object' ? alternatives(root, other) : [];
  });
}

const keyLine = /^(\s*(?:- +)*)([\w-]+):/;
const width = (text: string): number => text.length;

// The keys above the last line, outermost first; "-" is an item of a list.
export function pathAt(lines: string[]): string[] {
  const last = lines[lines.length - 1] ?? '';
  let indent = width(/^(\s*(?:- +)*)/.exec(last)?.[1] ?? '');
  const path: string[] = /^\s*- /.test(last) ? ['-'] : [];
  if (path.length) indent = width(/^(\s*)/.exec(last)?.[1] ?? '') + 1;
  for (let at = lines.length - 2; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? '';
    const match = keyLine.exec(line);
    const dash = /^(\s*)- /.exec(line);
    const column = match ? width(match[1] ?? '') : width(dash?.[1] ?? '');
    if (match?.[2] && column < indent) {
      path.unshift(match[2]);
      indent = column;
    }
    if (dash && width(dash[1] ?? '') < indent && path[0] !== '-') {
      path.unshift('-');
      indent = width(dash[1] ?? '') + 1;
    }
  }
  return path;
}

export function completionsAt(root: Schema | undefined, lines: string[]): Completion[] {
  if (!root) return [];
  const last = lines[lines.length - 1] ?? '';
  const value = /^\s*(?:- +)*([\w-]+):\s+[\w-]*$/.exec(last);
  let schemas = alternatives(root, root);
  for (const key of pathAt(lines)) schemas = step(root, schemas, key);
  if (value?.[1]) {
    const values = step(root, schemas, value[1]).flatMap((schema) => schema.enum ?? []);
    return values.map((one) => ({ label: String(one), type: 'constant' }));
  }
  if (!/^\s*(?:- +)*[\w-]*$/.test(last)) return [];
  const found = new Map<string, Completion>();
  for (const schema of schemas) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const info = property.description;
      found.set(name, { label: name, apply: `${name}: `, type: 'property', ...(info ? { info } : {}) });
    }
  }
  return [...found.values()];
}
