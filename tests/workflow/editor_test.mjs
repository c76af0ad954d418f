// SPDX-License-Identifier: Apache-2.0
// An editor knows workflows: yaml-language-server, driven over stdio as editors do, completes and checks by the
// published schema.
//
//   node editor_test.mjs --packages DIR --root TREE
//
// DIR holds node_modules with yaml-language-server (tests/workflow/package.json). Exit 0: as it should be, 1: not,
// 77: the package is absent.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const args = Object.fromEntries(process.argv.slice(2).map((a, i, all) => [a, all[i + 1]]).filter(([a]) => a.startsWith('--')));
const root = resolve(args['--root']);
const program = resolve(args['--packages'], 'node_modules/yaml-language-server/bin/yaml-language-server');
if (!existsSync(program)) {
  console.log(`skipped: no ${program}; copy tests/workflow/package.json there and run npm install`);
  process.exit(77);
}

const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map(), diagnostics = new Map();
let buffer = Buffer.alloc(0), id = 0;

function post(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
}
const ask = (method, params) => new Promise((done) => {
  waiting.set(++id, done);
  post({ id, method, params });
});

server.stdout.on('data', (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    const message = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString());
    buffer = buffer.subarray(head + 4 + length);
    if (message.method === 'textDocument/publishDiagnostics') diagnostics.get(message.params.uri)?.(message.params.diagnostics);
    else if (message.method && message.id !== undefined) post({ id: message.id, result: message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null });
    else if (waiting.has(message.id)) waiting.get(message.id)(message.result);
  }
});

const header = `# yaml-language-server: $schema=${pathToFileURL(join(root, 'configs/workflow.schema.json'))}\n`;
// Opens a document; what the server says is wrong with it.
function open(name, text) {
  const uri = `file:///tmp/${name}.yaml`;
  const found = new Promise((done) => diagnostics.set(uri, done));
  post({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
  return { uri, found };
}
async function labels(uri, text, marker) {
  const before = text.slice(0, text.indexOf(marker)).split('\n');
  const position = { line: before.length - 1, character: before.at(-1).length };
  const result = await ask('textDocument/completion', { textDocument: { uri }, position });
  return (result.items ?? result).map((item) => item.label);
}

let wrong = 0;
function expect(what, found, wanted) {
  const missing = wanted.filter((one) => !found.includes(one));
  if (missing.length) {
    console.log(`${what}: ${missing} missing in ${found}`);
    ++wrong;
  }
}

await ask('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument: { completion: {}, publishDiagnostics: {} } } });
post({ method: 'initialized', params: {} });
post({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: { completion: true, validate: true, schemaStore: { enable: false } } } } });

for (const [name, body, wanted] of [
  ['step', 'version: 1\nname: t\nsteps:\n  - id: a\n    @', ['agent', 'tool', 'ask', 'audit', 'approve', 'report', 'needs', 'matrix']],
  ['ask', 'version: 1\nname: t\nsteps:\n  - id: a\n    ask:\n      @', ['question', 'thinking_tokens']],
  ['top', 'version: 1\nname: t\n@', ['inputs', 'corpus', 'tools', 'budgets', 'steps']],
  ['allowed tools', 'version: 1\nname: t\ntools:\n  allow:\n    - @', ['read_file', 'search', 'run_command', 'calculate']],
  ['a tool step', 'version: 1\nname: t\nsteps:\n  - id: a\n    tool:\n      name: @', ['read_file', 'apply_patch', 'sql_query']],
  ['a tool step\'s keys', 'version: 1\nname: t\nsteps:\n  - id: a\n    tool:\n      @', ['name', 'arguments']],
  ['an input', 'version: 1\nname: t\ninputs:\n  q:\n    @', ['type', 'description', 'default', 'enum']],
  ['an input\'s type', 'version: 1\nname: t\ninputs:\n  q:\n    type: @', ['string', 'path', 'list']],
  ['budgets', 'version: 1\nname: t\nbudgets:\n  @', ['tokens', 'dollars']],
  ['severity', 'version: 1\nname: t\nsteps:\n  - id: a\n    audit:\n      fail_on: @', ['low', 'medium', 'high', 'critical']],
]) {
  const text = header + body;
  const { uri } = open(name, text.replace('@', ''));
  expect(`completion in ${name}`, await labels(uri, text, '@'), wanted);
}

// Every shipped file is clean, and a slip is underlined where it stands.
const folder = join(root, 'configs/workflows');
for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8').replace(/^# yaml-language-server.*\n/m, header);
  const found = await open(`shipped-${name}`, text).found;
  if (found.length) {
    console.log(`${name}: ${found.map((d) => d.message)}`);
    ++wrong;
  }
}
// Broken files: each fault of a key or of a value is underlined.
const broken = join(root, 'tests/workflow/broken');
let underlined = 0;
for (const name of readdirSync(broken)) {
  const text = readFileSync(join(broken, name), 'utf8');
  const code = /# expect: \S+ (WF\d+)/.exec(text)?.[1];
  if (!['WF004', 'WF005', 'WF007', 'WF009', 'WF012', 'WF047', 'WF049'].includes(code)) continue;
  const found = await open(`broken-${name}`, header + text).found;
  ++underlined;
  if (!found.length) {
    console.log(`${name}: ${code} is not underlined`);
    ++wrong;
  }
}
if (underlined < 20) {
  console.log(`only ${underlined} broken files were opened`);
  ++wrong;
}
const slip = await open('slip', `${header}version: 1\nname: t\nsteps:\n  - id: a\n    asks: {question: Why}\n`).found;
if (!slip.some((d) => d.range.start.line === 5 && /asks/.test(d.message))) {
  console.log(`a misspelt kind is not underlined: ${JSON.stringify(slip)}`);
  ++wrong;
}

await ask('shutdown', null);
post({ method: 'exit' });
console.log(wrong ? `${wrong} not as they should be` : 'an editor completes and checks workflows');
process.exit(wrong ? 1 : 0);
