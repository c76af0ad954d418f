// SPDX-License-Identifier: Apache-2.0
// Code as lines of HTML with classes only. highlight.js escapes what it is given; a language that is not in the list
// is shown as it is.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { visible } from './format';

const languages = {
  bash, c, cpp, csharp, css, go, ini, java, javascript, json, kotlin, php, python, ruby, rust,
  sql, typescript, xml, yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

const byEnding: Record<string, keyof typeof languages> = {
  sh: 'bash', bash: 'bash', c: 'c', h: 'c', cc: 'cpp', cpp: 'cpp', cxx: 'cpp', hpp: 'cpp', cu: 'cpp',
  cs: 'csharp', css: 'css', go: 'go', ini: 'ini', toml: 'ini', java: 'java', js: 'javascript',
  mjs: 'javascript', jsx: 'javascript', json: 'json', kt: 'kotlin', php: 'php', py: 'python',
  rb: 'ruby', rs: 'rust', sql: 'sql', ts: 'typescript', tsx: 'typescript', html: 'xml', xml: 'xml',
  yaml: 'yaml', yml: 'yaml',
};

export function languageOf(path: string): string {
  return byEnding[path.split('.').pop()?.toLowerCase() ?? ''] ?? '';
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (s) => escapes[s] ?? s);

const bytesMax = 400_000; // beyond, colouring would hold the page up

export function highlightLines(lines: string[], path: string): string[] {
  const language = languageOf(path);
  const text = visible(lines.join('\n'));
  if (!language || text.length > bytesMax) return text.split('\n').map(escapeHtml);
  return splitSpans(hljs.highlight(text, { language, ignoreIllegals: true }).value);
}

// A span may run over lines (a long comment): it is closed at each line's end and opened again on the next.
function splitSpans(html: string): string[] {
  const open: string[] = [];
  return html.split('\n').map((line) => {
    const start = open.join('');
    for (const [tag] of line.matchAll(/<span [^>]*>|<\/span>/g)) {
      if (tag === '</span>') open.pop();
      else open.push(tag);
    }
    return start + line + '</span>'.repeat(open.length);
  });
}
