// SPDX-License-Identifier: Apache-2.0
// A server with the routes of apps/http/openapi.yaml and content of a test's making: text that is hostile, conversations,
// approvals, streams that break. What the program itself answers is tested against the program (dashboard_test.mjs).
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { hostile, hostileText } from './hostile.mjs';

export const token = 'test-token-0123456789abcdef';
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const now = '2026-11-25T12:00:00Z';

const corpus = { name: 'hostile', root: `/srv/${hostile[0]}`, tokens: 9000, lines: 400, windows: 2, state_bytes: 11_000_000, model: 'nano', created: now };
const lines = hostile.flatMap((text) => text.split('\n'));

const status = {
  version: '0.1.0', threads: 2, uptime_seconds: 61, roots: ['/srv'], parts: { dashboard: true, sessions: true },
  model: { name: 'nano', title: hostile[1], weights_type: 'f32', parameters: 9_000_000, parameters_active: 4_000_000, context_tokens_max: 16384, window_tokens: 15872, sha256: 'ab'.repeat(32), price_input: 0.4, price_input_cached: 0.04, price_output: 2.2 },
  generations: { running: 1, queued: 0, running_max: 4, queued_max: 64 },
  totals: { requests: 12, input_tokens: 41296, cached_tokens: 41180, output_tokens: 42 },
  dollars: { spent: 0.02, saved: 0.01 },
  memory: { resident_bytes: 90_000_000, weights_bytes: 28_000_000, kept_state_bytes: 11_000_000, disk_state_bytes: 11_000_000 },
  prefix: { hits: 7, misses: 1, recent: [{ created: now, operation: hostile[1], reason: hostileText, tokens_again: 300 }] },
};

const finding = (index, state) => ({
  rule: 'fathom/sql-injection', family: 'sql-injection', cwe: 89, severity: ['critical', 'high', 'medium', 'low'][index % 4],
  path: `src/${hostile[index % hostile.length]}.py`, start: 3, end: 3, byte_start: 0, byte_end: 9, quote: hostile[(index + 1) % hostile.length],
  message: hostile[(index + 2) % hostile.length], confidence: 0.9, evidence: 'E3', state, fingerprint: String(index).padStart(32, '0'),
  ...(state === 'rejected' ? { reason: hostile[(index + 3) % hostile.length] } : {}),
  context: [{ number: 2, text: hostile[(index + 5) % hostile.length], marked: false }, { number: 3, text: hostile[(index + 1) % hostile.length], marked: true }],
  log: [{ check: 'model', outcome: 'agrees', said: hostile[(index + 4) % hostile.length] }, { check: 'sink', outcome: 'contradicts', said: 'x' }],
});

function reportOf(id) {
  const count = id === 'a-old' ? 40 : 5000;
  const findings = [...Array(count).keys()].map((index) => finding(index, index % 10 === 9 ? 'rejected' : 'shown'));
  const severity = (name) => findings.filter((one) => one.severity === name && one.state === 'shown').length;
  return {
    version: 1, root: corpus.root, model: 'nano', started: now, partial: id === 'a-old', thresholds: { shown: 0.8, confirmed: 0.5 },
    numbers: { files: 3, lines: 400, tokens: 9000, prefilled: 0, restored: 9000, read_seconds: 0, restore_seconds: 0.1, audit_seconds: 0.1, candidates: count, confirmed: count },
    counts: { shown: count, baseline: 0, untouched: 0, suppressed: 0, low_confidence: 0, rejected: 0, by_severity: Object.fromEntries(['critical', 'high', 'medium', 'low'].map((name) => [name, severity(name)])) },
    rules: [{ id: 'fathom/sql-injection', family: 'sql-injection', cwe: 89, title: hostile[2], severity: 'critical' }],
    findings, notes: [], skipped: [{ path: hostile[3], reason: hostile[4] }],
  };
}

const spent = { steps: 1, calls: 1, rewinds: 0, prompt: 4000, cached: 3900, prefilled: 100, thinking: 12, output: 50, dollars: 0.02, seconds: 1.5, context: 4050 };
const session = (id, parent) => ({ id, title: hostile[id.length % hostile.length], model: 'nano', workspace: `/srv/${hostile[2]}`, tools: hostile[3], parent, ...(parent ? { parent_turn: 1 } : {}), created: now, updated: now, turns: 2, messages: 3, turn_state: 'open', state: null, usage: spent, excerpt: hostile[4] });
const turns = [1, 2].map((turn) => ({ turn, state: 'done', run: `r${turn}`, started: now, ended: now, usage: spent }));
const messages = [
  { turn: 1, role: 'user', content: hostileText },
  { turn: 1, role: 'assistant', content: hostileText, thinking: hostileText, tool_calls: [{ id: 'c1', type: 'function', function: { name: hostile[5], arguments: JSON.stringify({ text: hostileText }) } }] },
  { turn: 2, role: 'tool', name: 'read_file', content: hostileText },
];
const workflow = { name: 'check', shipped: true, ok: true, description: hostile[6], model: hostile[7], steps: 5 };
const checked = {
  ok: true, description: hostile[6], model: hostile[7], inputs_problem: hostile[8], problems: [{ code: 'WF1', severity: 'warning', file: 'x', line: 2, column: 3, message: hostile[7], suggestion: hostile[8] }],
  inputs: [{ name: hostile[9], type: 'string', description: hostile[10], default: hostile[11], required: false }],
  graph: { name: 'check', nodes: ['read', 'audit', 'fix', hostile[0], 'report'].map((id) => ({ id, name: hostile[1], kind: 'agent', if: hostile[2], matrix: false, quarantine: false })),
    edges: [{ from: 'read', to: 'fix', why: 'needs' }, { from: 'fix', to: hostile[0], why: 'value' }] },
  bound: { tokens_max: 9000, dollars_max: null, steps: [{ id: hostile[0], instances_max: 3, tokens_max: 3000, dollars_max: null, why: hostile[4] }, { id: hostile[1], instances_max: 1, tokens_max: null, dollars_max: null, why: hostile[5] }] },
};

const flowSteps = [
  { step: 'read', instance: 0, state: 'done', matrix: { question: hostileText }, output: { text: hostileText, more: hostile }, error: '', tainted_by: hostile.slice(0, 4), session: 's1', kept_from: hostile[0], usage: spent, started: now, ended: now },
  { step: hostile[0], instance: 0, state: 'failed', matrix: null, output: hostileText, error: hostileText, tainted_by: [], session: '', kept_from: '', usage: spent, started: now, ended: now },
];
const flowRun = (id) => ({ id, workflow: 'check', hash: 'ab', model: hostile[1], state: 'failed', reason: hostileText, from_run: '', inputs: { [hostile[2]]: hostile[3] }, usage: spent, created: now, updated: now, run: null, resumable: true });

const plan = {
  root: corpus.root, files: 300, lines: 400, bytes: 16000, tokens: 19000, windows: 2, window_tokens: 15872, overflow_files: 60, state_bytes_estimate: 21_000_000,
  per_file: [...Array(300).keys()].map((index) => ({ path: `${['src', 'lib', 'web/app'][index % 3]}/${hostile[index % hostile.length].replaceAll('/', ' ')}-${index}.py`, tokens: 20 + ((index * 37) % 211), lines: 12, window: index < 240 ? 0 : 1, changes: index % 7, language: 'python' })),
  skipped: [{ path: hostile[7], reason: 'binary' }],
};

const answer = {
  question: 'q', asked: hostile[0], answer: hostileText, refused: false, withheld: false, requoted: 0,
  citations: [{ path: `src/${hostile[0]}.py`, start: 3, end: 4, byte_start: 0, byte_end: 9, quote: hostileText, verdict: 'found', via: 'window' }],
  dropped_citations: [{ path: '', start: 0, end: 0, byte_start: 0, byte_end: 0, quote: hostileText, verdict: 'absent', via: 'index' }],
  nearest: [{ path: `src/${hostile[0]}.py`, line: 3, text: hostileText, coverage: 0.5 }],
  usage: { prompt: 9030, cached: 9000, prefilled: 30, corpus_prefilled: 0, thinking: 12, output: 40, seconds: 0.5 },
};

// A run whose text comes in pieces; each connection breaks after six events, so that a client must come back for the rest.
function eventsOf(id) {
  const pieces = hostileText.match(/[\s\S]{1,400}/g);
  const list = [{ type: 'queued' }, { type: 'started' }, { type: 'progress', stage: 'restore', done: 9000, total: 9000 }, { type: 'progress', stage: 'ask', done: 30, total: 30 },
    ...pieces.slice(0, 3).map((text) => ({ type: 'delta', text, thinking: true })), ...pieces.map((text) => ({ type: 'delta', text })),
    { type: 'answer', answer }, { type: 'done', state: 'done' }];
  if (id === 'r-agent') {
    list.splice(4, list.length, { type: 'model.started', data: { step: 1 } }, { type: 'call.started', data: { call_id: 'c1', name: hostile[0], arguments: { text: hostileText } } },
      { type: 'approval.asked', data: { call_id: 'c1', name: 'write_file', text: hostileText } }, { type: 'call.done', data: { call_id: 'c1', is_error: true, text: hostileText } },
      { type: 'run.rewound', data: { from_step: 1, to_step: 0, reason: hostile[1] } }, { type: 'done', state: 'done' });
  }
  return list.map((event, index) => ({ id: index + 1, seconds: index * 0.05, ...event }));
}

const run = (id, kind) => ({ id, kind, title: hostile[id.length % hostile.length], state: 'done', created: now, last_event: 20 });

// `more`: answers of a test's own, by "METHOD /path"; `runs`: events of a run, sent at once; one that is not done is asked
// for again.
export function startMock({ dist, breakAfter = 6, more = () => undefined, runs = () => undefined }) {
  const posted = [];
  const streams = [];
  const json = (response, body, code = 200) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const fail = (response, code, message) => json(response, { error: { message, type: 'x', param: null, code: 'x', request_id: 'req-1' } }, code);

  function stream(request, response, id) {
    const last = Number(request.headers['last-event-id'] ?? 0);
    streams.push({ id, last });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const whole = runs(id)?.filter((event) => event.id > last);
    if (whole) return response.end(whole.map((event) => `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
    const rest = eventsOf(id).filter((event) => event.id > last).slice(0, breakAfter);
    const send = () => {
      const event = rest.shift();
      if (!event || response.destroyed) return response.end();
      response.write(`: alive\nid: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      setTimeout(send, 15);
    };
    send();
  }

  const fixed = {
    'GET /api/status': () => status,
    'GET /api/corpora': () => ({ corpora: [corpus] }),
    'POST /api/corpora/plan': () => plan,
    'POST /api/corpora': () => run('r-ask', 'ingest'),
    'GET /api/corpora/hostile/tree': () => plan,
    'GET /api/files': (query) => ({ corpus: 'hostile', path: query.get('path'), first_line: 1, lines, line_count: lines.length }),
    'POST /api/ask': () => run('r-ask', 'ask'),
    'POST /tokenize': () => ({ count: 900 }),
    'GET /api/audits': () => ({ audits: ['a-new', 'a-old'].map((id) => ({ id, root: corpus.root, state: 'done', created: now, findings: 24 })) }),
    'GET /api/runs': () => ({ runs: [run('r-ask', 'ask'), run('r-agent', 'workflow')] }),
    'GET /api/sessions': () => ({ sessions: [session('s1', null), session('s22', 's1'), session('s333', 's22')] }),
    'GET /api/workflows': () => ({ workflows: [workflow] }),
    'GET /api/workflows/schema': () => ({ properties: { [hostile[0]]: { description: hostile[1] } } }),
    'POST /api/workflows/check': () => checked,
    'GET /api/workflow-runs': () => ({ workflow_runs: [flowRun('w1'), flowRun('w2')] }),
    'GET /api/approvals': () => ({ approvals: posted.some((one) => one.path.startsWith('/api/approvals/')) ? [] : [{ id: 'p1', kind: 'tool', step: hostile[3], run: 'r-agent', tool: 'write_file', arguments: hostileText, reason: hostile[2], effect: 'write_workspace', state: 'waiting', created: now }] }),
  };
  const patterns = [
    [/^GET \/api\/audits\/([^/]+)$/, (id) => ({ id, root: corpus.root, state: 'done', created: now, findings: 24 })],
    [/^GET \/api\/audits\/([^/]+)\/report$/, (id) => reportOf(id)],
    [/^POST \/api\/audits\/([^/]+)\/suppress$/, () => ({ path: 'x', rule: 'x', reason: 'x' })],
    [/^GET \/api\/runs\/([^/]+)$/, (id) => run(id, id === 'r-agent' ? 'workflow' : 'ask')],
    [/^POST \/api\/runs\/([^/]+)\/cancel$/, (id) => run(id, 'ask')],
    [/^GET \/api\/sessions\/([^/]+)$/, (id) => ({ ...session(id, null), turn_list: turns, message_list: messages })],
    [/^GET \/api\/workflow-runs\/([^/]+)$/, (id) => ({ ...flowRun(id), steps: flowSteps, graph: checked.graph, yaml: hostileText })],
    [/^GET \/api\/workflows\/([^/]+)$/, () => ({ name: 'check', shipped: true, yaml: hostileText, checked })],
    [/^GET \/api\/sessions\/([^/]+)\/export$/, () => ({ turns })],
    [/^POST \/api\/sessions\/([^/]+)\/fork$/, () => session('s4444', 's1')],
    [/^DELETE \/api\/sessions\/([^/]+)$/, () => ({ deleted: true })],
    [/^DELETE \/api\/corpora\/([^/]+)$/, () => ({ freed_bytes: 1 })],
    [/^POST \/api\/approvals\/([^/]+)$/, (id) => ({ id, tool: 'x', arguments: '', reason: '', state: 'allowed' })],
  ];

  function api(request, response, url, body) {
    if (request.headers.authorization !== `Bearer ${token}`) return fail(response, 401, 'no token, or a wrong one');
    const name = `${request.method} ${decodeURIComponent(url.pathname)}`;
    if (request.method !== 'GET') posted.push({ path: url.pathname, method: request.method, body });
    const events = /^GET \/api\/runs\/([^/]+)\/events$/.exec(name);
    if (events) return stream(request, response, events[1]);
    const own = more(name, url.searchParams);
    if (own?.status && own.message) return fail(response, own.status, own.message);
    if (own !== undefined) return json(response, own);
    if (fixed[name]) return json(response, fixed[name](url.searchParams));
    for (const [pattern, make] of patterns) {
      const match = pattern.exec(name);
      if (match) return json(response, make(match[1]));
    }
    return fail(response, 404, `there is no ${hostile[0]}`);
  }

  function file(response, url) {
    const path = join(dist, normalize(url.pathname === '/' ? '/index.html' : url.pathname));
    if (!path.startsWith(dist) || !existsSync(path)) return fail(response, 404, 'there is no such file');
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': policy });
    return response.end(readFileSync(path));
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      if (url.pathname === '/metrics') {
        response.writeHead(200, { 'content-type': 'text/plain' });
        return response.end('gen_ai_usage_input_tokens_total 41296\ngen_ai_usage_output_tokens_total 42\nfathom_generations_running 1\n');
      }
      return /^\/(api\/|tokenize$)/.test(url.pathname) ? api(request, response, url, Buffer.concat(parts).toString()) : file(response, url);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, posted, streams, stop: () => server.close() }));
  });
}
