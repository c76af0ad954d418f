// SPDX-License-Identifier: Apache-2.0
// Lists stay fast at the length that a million tokens bring: runs, audits, findings, files, sessions, messages, events and
// the lines of a file, each many thousand. Of each: how long until it is drawn, the frames while it is scrolled from end
// to end, how long until a filter has answered, and how many elements the page ever has. Against the test's own server.
//
//   node long_lists_test.mjs --packages DIR --dist DIR
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { args, check, finish, launch, openPage, skip } from './browser.mjs';
import { startMock, token } from './mock_server.mjs';

const dist = resolve(args['--dist'] ?? 'build/test/dashboard/dist');
if (!existsSync(dist)) skip(`no dashboard in ${dist}; it is built where npm is`);

const now = '2026-11-25T12:00:00Z';
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const words = ['prefix', 'state', 'router', 'expert', 'token', 'window', 'needle'];
const wordAt = (index) => words[index % words.length];
const usage = { steps: 1, calls: 1, prompt: 4000, cached: 3900, prefilled: 100, thinking: 12, output: 50, dollars: 0, seconds: 1, context: 4050 };

const runs = many(30_000, (n) => ({ id: `r${n}`, kind: ['ask', 'audit', 'agent', 'ingest'][n % 4], title: `${wordAt(n)} ${n}`, state: 'done', created: now, last_event: n }));
const audits = many(20_000, (n) => ({ id: `a${n}`, root: `/srv/${wordAt(n)}-${n}`, state: 'done', created: now, findings: n % 90, rejected: n % 7, suppressed: 0 }));
const finding = (n) => ({
  rule: `fathom/${wordAt(n)}`, family: wordAt(n), cwe: 89, severity: ['critical', 'high', 'medium', 'low'][n % 4], path: `src/${wordAt(n)}/file${n % 4000}.py`,
  start: n % 900, end: n % 900, quote: `x = ${n}`, message: 'm', confidence: 0.9, evidence: 'E3', state: n % 10 ? 'shown' : 'rejected', fingerprint: `f${n}`, context: [], log: [],
});
const findings = many(40_000, finding);
const report = {
  version: 1, root: '/srv/prefix-0', model: 'nano', started: now, partial: false, thresholds: { shown: 0.8, confirmed: 0.5 }, numbers: { files: 4000, lines: 100_000, tokens: 1_000_000 },
  counts: { shown: 36_000, baseline: 0, untouched: 0, suppressed: 0, low_confidence: 0, rejected: 4000, by_severity: { critical: 9000, high: 9000, medium: 9000, low: 9000 } }, rules: [], findings,
};
const files = many(30_000, (n) => ({ path: `${wordAt(n)}/part${n % 300}/file${n}.py`, tokens: 20 + (n % 300), lines: 12, window: n < 20_000 ? 0 : 1, changes: n % 40, language: 'python' }));
const plan = { root: '/srv/prefix-0', files: files.length, lines: 360_000, bytes: 9e6, tokens: 5_000_000, windows: 5, window_tokens: 1_000_000, overflow_files: 10_000, state_bytes_estimate: 1e9, per_file: files, skipped: many(5000, (n) => ({ path: `bin/${n}`, reason: 'binary' })) };
const session = (n) => ({ id: `s${n}`, title: `${wordAt(n)} session ${n}`, model: 'nano', workspace: '/srv', tools: '', parent: n % 5 ? `s${n - (n % 5)}` : null, created: now, updated: now, turns: 3, messages: 3, turn_state: 'done', state: null, usage });
const sessions = many(20_000, session);
const turnCount = 2000;
const detail = {
  ...session(0), turn_list: many(turnCount, (n) => ({ turn: n + 1, state: 'done', run: 'r', started: now, ended: now, usage })),
  message_list: many(5 * turnCount, (n) => ({ turn: Math.floor(n / 5) + 1, role: ['user', 'assistant', 'tool'][n % 3], name: 'read_file', content: n === 5 * turnCount - 2 ? `${'a long document of many words. '.repeat(160_000)}` : `**message** ${n} ${wordAt(n)}\n\n${'text '.repeat(n % 90)}` })),
};
const lineCount = 300_000;
const linesFrom = (line, context) => {
  const middle = Math.min(lineCount, line);
  const first = Math.max(1, middle - context);
  return { corpus: 'c', path: 'big.py', first_line: first, line_count: lineCount, lines: many(Math.min(lineCount, middle + context) - first + 1, (n) => `value_${first + n} = "${wordAt(n)}"  # line ${first + n}`) };
};
// An agent of 6,000 steps: reading, writing, a call.
const agentEvents = () => {
  const list = [];
  const say = (type, seconds, data) => list.push({ id: list.length + 1, type, seconds, data });
  for (let step = 1; step <= 6000; step += 1) {
    const at = step * 0.5;
    say('model.started', at, { step });
    say('delta.reading', at + 0.1, { tokens_done: 100, tokens_total: 100 });
    say('delta.content', at + 0.2, { text: `step ${step} ${wordAt(step)} ` });
    say('call.started', at + 0.3, { call_id: `c${step}`, name: wordAt(step), arguments: { step } });
    say('call.done', at + 0.4, { call_id: `c${step}`, is_error: step % 50 === 0, text: 'no' });
  }
  return [...list, { id: list.length + 1, type: 'done', seconds: 3001, state: 'done' }];
};

const answers = {
  'GET /api/runs': { runs }, 'GET /api/audits': { audits }, 'GET /api/audits/a0': audits[0], 'GET /api/audits/a0/report': report,
  'GET /api/corpora': { corpora: [{ name: 'c', root: '/srv/prefix-0', tokens: 1e6, lines: 360_000, windows: 5, state_bytes: 1e9, model: 'm1', created: now }] },
  'GET /api/corpora/c/tree': plan, 'GET /api/sessions': { sessions }, 'GET /api/sessions/s0': detail, 'GET /api/runs/r2': runs[2],
};
const server = await startMock({
  dist, runs: (id) => (id === 'r2' ? agentEvents() : undefined),
  more: (name, query) => (name === 'GET /api/files' ? linesFrom(Number(query.get('line')), Number(query.get('context'))) : answers[name]),
});

const cases = [
  { name: `runs, ${runs.length}`, route: 'runs', box: '.vtable', row: '.vrow', find: 'needle', fits: '.vrow' },
  { name: `audits, ${audits.length}`, route: 'audits', box: '.vtable', row: '.vrow', find: 'needle', fits: '.vrow' },
  { name: `findings, ${findings.length}`, route: 'audits/a0', box: '.vlist', row: '.vlist .option', find: 'needle', fits: '.vlist .option' },
  { name: `files as a map, ${files.length}`, route: 'corpora/c', row: '.cell', find: 'needle', fits: '.cell:not(.dim)', elements: 4000 },
  { name: `files as a list, ${files.length}`, route: 'corpora/c?view=list', box: '.files .vtable', row: '.files .vrow', find: 'needle', fits: '.files .vrow' },
  { name: `sessions, ${sessions.length}`, route: 'sessions/s0', box: '.vlist', row: '.vlist .option' },
  { name: `messages of a session, ${detail.message_list.length}, one of 5 MB`, route: 'sessions/s0', box: '.vstack', row: '.vpart' },
  { name: 'events of a run, 30,001', route: 'runs/r2', box: '.run .vtable', row: '.run .vrow', elements: 5000 },
  { name: `lines of a file, ${lineCount}`, route: 'corpora/c?file=big.py&line=150000&end=150000', box: '.code.tall', row: '.cline.hit' },
];

// Scrolls from its beginning to its end and reports how long each frame took.
const scrollThrough = (page, selector) => page.evaluate(async (box) => {
  const element = document.querySelector(box);
  const steps = 40;
  const frames = [];
  let most = 0;
  for (let step = 0; step <= steps; step += 1) {
    const begun = performance.now();
    element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / steps;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    frames.push(performance.now() - begun);
    most = Math.max(most, document.querySelectorAll('*').length);
  }
  frames.sort((a, b) => a - b);
  return { half: frames[20], most95: frames[38], most, end: element.scrollTop + element.clientHeight >= element.scrollHeight - 60 };
}, selector);

// From a key to rows that fit, drawn.
const filterBy = async (page, text, fits) => {
  await page.focus('[data-search]');
  return page.evaluate(async ([wanted, selector]) => {
    const field = document.querySelector('[data-search]');
    const begun = performance.now();
    field.value = wanted;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (;;) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const rows = [...document.querySelectorAll(selector)];
      const said = (row) => `${row.innerText} ${row.getAttribute('aria-label') ?? ''}`;
      if (rows.length > 0 && rows.every((row) => said(row).includes(wanted))) return performance.now() - begun;
      if (performance.now() - begun > 10_000) return Infinity;
    }
  }, [text, fits]);
};

const limits = { shown: 3000, half: 75, most95: 200, filter: 400, elements: 2500 };
const browser = await launch();
const rows = [];
for (const one of cases) {
  const { context, page, seen } = await openPage(browser, server.url, 'light');
  await page.goto(`${server.url}/#token=${token}`);
  await page.waitForSelector('nav.rail');
  const begun = performance.now();
  await page.goto(`${server.url}/#/${one.route}`);
  await page.waitForSelector(one.row, { timeout: 60_000 });
  const shown = performance.now() - begun;
  await page.waitForTimeout(800);
  const scrolled = one.box ? await scrollThrough(page, one.box) : undefined;
  if (one.box) check(scrolled.end, `${one.name}: its end is reached`);
  const filter = one.find ? await filterBy(page, one.find, one.fits) : undefined;
  const elements = Math.max(scrolled?.most ?? 0, await page.evaluate(() => document.querySelectorAll('*').length));
  check(shown < limits.shown, `${one.name}: is drawn in ${limits.shown} ms`, shown);
  if (scrolled) check(scrolled.half < limits.half && scrolled.most95 < limits.most95, `${one.name}: half of the frames in ${limits.half} ms, 95 % in ${limits.most95}`, scrolled);
  if (filter !== undefined) check(filter < limits.filter, `${one.name}: a filter answers in ${limits.filter} ms`, filter);
  check(elements < (one.elements ?? limits.elements), `${one.name}: the page stays short`, elements);
  check(seen.errors.length === 0, `${one.name}: no error on the console`, seen.errors.slice(0, 3));
  const ms = (value) => (value === undefined ? '-' : value.toFixed(0)).padStart(6);
  rows.push(`${one.name.padEnd(46)} ${ms(shown)} ${ms(scrolled?.half)} ${ms(scrolled?.most95)} ${ms(filter)} ${String(elements).padStart(8)}`);
  await context.close();
}
await browser.close();
server.stop();
console.log(`${'list (ms)'.padEnd(46)}  shown  frame   95 %  filter elements\n${rows.join('\n')}`);
finish('long lists');
