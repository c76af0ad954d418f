// SPDX-License-Identifier: Apache-2.0
// The dashboard against the program itself: `fathom serve` with the shipped model and a copy of the examples, into which
// files with hostile names and content are put. Every page and action works in both themes, axe-core finds nothing, no
// error stands on the console, no request leaves the origin, and no payload of hostile.mjs runs.
//
//   node dashboard_test.mjs --packages DIR --fathom PROGRAM --examples DIR [--screenshots DIR]
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { args, axeViolations, check, finish, launch, openPage, ranScripts, skip } from './browser.mjs';
import { hostile } from './hostile.mjs';

const fathom = resolve(args['--fathom']);
const examples = resolve(args['--examples']);
const shots = args['--screenshots'];
if (!spawnSync(fathom, ['--help'], { encoding: 'utf8' }).stdout.includes('serve')) skip('this program has no server');

const home = mkdtempSync(join(tmpdir(), 'fathom-web-'));
const token = 'a-token-of-the-test-0123456789abcdef';
cpSync(join(examples, 'orders-service'), join(home, 'orders-service'), { recursive: true });
mkdirSync(join(home, 'hostile/src'), { recursive: true });
writeFileSync(join(home, 'hostile/src', 'b\u202e<img src=x onerror=window.pwned=1>.py'), hostile.slice(0, 25).map((text) => `NAME = ${JSON.stringify(text)}`).join('\n'));
writeFileSync(join(home, 'hostile/README.md'), hostile.slice(0, 25).join('\n\n'));

const server = spawn(fathom, ['serve', '--port', '0', '--json', '--root', home],
  { cwd: home, env: { ...process.env, FATHOM_HOME: join(home, '.fathom'), FATHOM_TOKEN: token }, stdio: ['ignore', 'pipe', 'inherit'] });
const url = await new Promise((done, fail) => {
  let said = '';
  server.stdout.on('data', (part) => {
    said += part;
    if (said.includes('\n')) done(JSON.parse(said).url);
  });
  server.on('exit', (code) => fail(new Error(`fathom serve ended with ${code}`)));
});

const page404 = await fetch(`${url}/`);
const policy = page404.headers.get('content-security-policy') ?? '';
if (!(await page404.text()).includes('/assets/')) {
  server.removeAllListeners('exit');
  server.kill();
  skip('the program was built without its dashboard (npm)');
}
check(policy.includes("default-src 'none'") && !policy.includes('unsafe'), 'the policy is strict', policy);

const browser = await launch();
const longMs = 240_000; // reading on a busy machine

const get = async (path) => (await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
const served = [];
for (let n = 0; n < 5; n += 1) {
  const begun = performance.now();
  await (await fetch(`${url}/`)).text();
  served.push(performance.now() - begun);
}
console.log(`the page is served in ${served.map((ms) => ms.toFixed(1)).join(', ')} ms`);
check(Math.min(...served) < 100, 'the page is served in 100 ms', served);

async function settled(page, scheme, name) {
  await page.waitForSelector('.skeleton', { state: 'detached', timeout: longMs });
  await page.waitForTimeout(300);
  const faults = await axeViolations(page);
  check(faults.length === 0, `${scheme} ${name}: axe-core finds nothing`, faults.join('\n'));
  check((await ranScripts(page)) === 0, `${scheme} ${name}: 0 scripts ran`);
  if (shots) await page.screenshot({ path: join(shots, `${name}-${scheme}.png`) });
}

async function add(page, path) {
  await page.click('[data-new]');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type(path);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog .gauge', { timeout: longMs });
  await page.click('dialog .btn.primary');
  await page.waitForSelector('dialog .btn.primary:has-text("Done")', { timeout: longMs });
  await page.click('dialog .btn.primary');
  await page.waitForSelector('dialog', { state: 'detached' });
}

async function aCorpusIsReadAndAsked(page, question, quote) {
  await page.waitForSelector('.empty');
  await settled(page, 'light', 'empty');
  await add(page, 'orders-service');
  await page.waitForSelector('[data-ask]:not([disabled])');
  await page.fill('[data-ask]', question);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.citation', { timeout: longMs });
  const cited = await page.innerText('.citation .quote');
  check(cited.includes(quote), 'the citation quotes the source', cited);
  await page.click('.citation button');
  await page.waitForSelector('.filepane .cline.hit');
  check((await page.innerText('.filepane .cline.hit')).includes(quote), 'the file opens at the cited line');
  await settled(page, 'light', 'ask');
  await page.reload();
  await page.waitForSelector('.citation', { timeout: longMs });
  check((await page.innerText('.citation .quote')).includes(quote), 'a reload shows the same answer');
}

async function anAuditRunsAndIsSuppressed(page) {
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.waitForFunction(() => location.hash === '#/audits');
  await page.keyboard.press('n');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type('orders-service');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.finding', { timeout: longMs });
  const marked = await page.$$('.finding .cline.hit');
  check(marked.length > 0, 'a finding shows its line');
  await settled(page, 'light', 'audit');
  const before = (await page.innerText('#tab-shown')).replace(/\D/g, '');
  check(Number(before) >= 20, 'the findings of the example are there', before);
  const file = page.waitForEvent('download');
  await page.selectOption('[aria-label=Export]', 'json');
  const saved = JSON.parse(readFileSync(await (await file).path(), 'utf8'));
  check(saved.findings.filter((one) => one.state === 'shown').length === Number(before), 'the export holds what is shown');
  await page.focus('[data-list]');
  await page.keyboard.press('s');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type(`shown by a test ${hostile[0]}`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog', { state: 'detached', timeout: 10_000 });
  const written = existsSync(join(home, 'orders-service/.fathom.yaml')) ? readFileSync(join(home, 'orders-service/.fathom.yaml'), 'utf8') : '';
  check(written.includes('shown by a test'), 'the reason stands in .fathom.yaml', written);
  await page.reload();
  await page.waitForSelector('#tab-suppressed');
  check((await page.innerText('#tab-shown')).replace(/\D/g, '') === String(Number(before) - 1), 'a reload shows one finding less');
  await page.click('#tab-rejected');
  await page.waitForSelector('.finding .note');
  check((await page.innerText('.finding .note')).includes('Rejected'), 'what was rejected says why');
}

// A turn runs and is kept with its hostile words; a reload in the middle shows the same run; forks, goes on, is removed.
async function aSessionRunsForksAndGoesOn(page) {
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await settled(page, 'light', 'palette');
  await page.keyboard.type('sess');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/sessions'));
  await page.keyboard.press('n');
  await page.waitForSelector('dialog[open] textarea');
  await page.keyboard.type(`zanzibar ${hostile[0]} ${hostile[5]}`);
  await page.fill('dialog input.mono', 'orders-service');
  await page.click('dialog .btn.primary');
  await page.waitForFunction(() => location.hash.startsWith('#/runs/'));
  await page.reload();
  await page.waitForSelector('.span', { timeout: longMs });
  const run = decodeURIComponent(page.url().split('/').pop());
  await page.waitForFunction(() => document.querySelector('.dot.done, .dot.failed, .dot.cancelled'), null, { timeout: longMs });
  const kept = (await get('/api/runs')).runs.find((one) => one.id === run);
  check(kept.kind === 'agent' && kept.state === 'done', 'the turn has run', kept);
  await page.goto(`${url}/#/sessions/${kept.session}`);
  await page.waitForSelector('.turn .message');
  await page.fill('[data-search]', 'zanzibar');
  await page.waitForTimeout(600);
  check((await page.$$('.vlist .option')).length >= 1, 'a search finds it');
  await page.hover('.turn');
  await page.click('.turn .btn.quiet');
  await page.waitForFunction((id) => !location.hash.includes(id) && location.hash.includes('/s-'), kept.session);
  await page.waitForSelector('[data-ask]');
  await settled(page, 'light', 'session');
  await page.fill('[data-ask]', 'and then?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/runs/'));
  await page.waitForFunction(() => document.querySelector('.dot.done, .dot.failed'), null, { timeout: longMs });
  await page.goto(`${url}/#/sessions/${kept.session}`);
  await page.click('text=Delete…');
  await page.click('dialog .btn.danger');
  await page.waitForSelector('dialog', { state: 'detached' });
  const left = (await get('/api/sessions')).sessions;
  check(left.length === 1 && left[0].parent === kept.session, 'the fork stays when its parent is removed', left);
  check((await ranScripts(page)) === 0, 'a session runs no script');
}

// The editor's text is checked as it is written, and errors stand at their line.
async function aWorkflowIsEditedAndChecked(page) {
  await page.goto(`${url}/#/workflows`);
  await page.waitForTimeout(600);
  const { workflows } = await get('/api/workflows');
  if (workflows.length === 0) return console.log('note: no workflow is installed');
  await page.waitForSelector('.graph .node');
  await settled(page, 'light', 'workflow');
  await page.click('#tab-yaml');
  await page.click('.yaml-editor .cm-content');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`stepz: ${hostile[0]}`);
  await page.waitForSelector('.problems .tag.bad', { timeout: 15_000 });
  check((await page.innerText('.problems')).includes('stepz'), 'an unknown key is named', await page.innerText('.problems'));
  await settled(page, 'light', 'workflow-yaml');
}

// From a corpus that was read: how long until the answer begins.
async function theFirstAskStreamsSoon(question) {
  const { corpora } = await get('/api/corpora');
  const corpus = corpora.find((one) => one.root.endsWith('orders-service')).name;
  const times = [];
  for (let n = 0; n < 5; n += 1) {
    const begun = performance.now();
    const response = await fetch(`${url}/api/ask`, { method: 'POST', body: JSON.stringify({ corpus, question, stream: true }),
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
    const reader = response.body.getReader();
    let said = '';
    while (!said.includes('event: delta')) {
      const { done, value } = await reader.read();
      if (done) break;
      said += new TextDecoder().decode(value);
    }
    times.push(performance.now() - begun);
    await reader.cancel();
  }
  const best = Math.min(...times);
  console.log(`an answer from a corpus that was read begins after ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  check(best < 300, 'an answer begins within 300 ms', times);
}

async function hostileFilesAreShownAsText(page) {
  await page.goto(`${url}/#/corpora`);
  await page.waitForSelector('.treemap .cell', { timeout: longMs });
  await add(page, 'hostile');
  await page.waitForFunction(() => document.querySelectorAll('.treemap .cell').length === 2, null, { timeout: longMs });
  await page.click('.treemap .cell >> nth=0');
  await page.waitForSelector('.filepane .cline');
  check((await ranScripts(page)) === 0, 'files with hostile names and content run nothing');
  await settled(page, 'light', 'hostile');
}

async function everyPage(scheme) {
  const { context, page, seen } = await openPage(browser, url, scheme);
  await page.goto(`${url}/#token=${token}`);
  const runs = await (await fetch(`${url}/api/runs`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const run = (kind) => runs.runs.find((one) => one.kind === kind)?.id ?? '';
  const corpora = await (await fetch(`${url}/api/corpora`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const orders = corpora.corpora.find((one) => one.root.endsWith('orders-service')).name;
  const routes = { ask: `ask/${orders}`, audits: 'audits', runs: 'runs', 'run-ask': `runs/${run('ask')}`, 'run-ingest': `runs/${run('ingest')}`, sessions: 'sessions',
    corpora: `corpora/${orders}`, workflows: 'workflows', engine: 'engine', ...(run('audit') ? { audit: `audits/${run('audit')}` } : {}) };
  for (const [name, route] of Object.entries(routes)) {
    await page.goto(`${url}/#/${route}`);
    await page.waitForTimeout(name === 'engine' ? 4500 : 400);
    if (name === 'run-ask') await page.waitForSelector('.span.prefill');
    if (name === 'corpora') await page.waitForSelector('.treemap .cell', { timeout: longMs });
    await settled(page, scheme, name);
  }
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open] .keys');
  await settled(page, scheme, 'keys');
  await page.keyboard.press('Escape');
  check(seen.outside.length === 0, `${scheme}: no request leaves the origin`, seen.outside);
  check(seen.errors.length === 0, `${scheme}: no error on the console`, seen.errors.slice(0, 4));
  check(seen.requests > 10, 'requests were watched', seen.requests);
  await context.close();
}

const { questions } = JSON.parse(readFileSync(join(examples, 'orders-service.questions.json'), 'utf8'));
const sample = questions.find((one) => one.phrasing === 'canonical' && one.accept);

try {
  const { context, page, seen } = await openPage(browser, url, 'light');
  await page.goto(`${url}/#token=${token}`);
  await aCorpusIsReadAndAsked(page, sample.question, sample.accept[0]);
  await theFirstAskStreamsSoon(sample.question);
  await anAuditRunsAndIsSuppressed(page);
  await aSessionRunsForksAndGoesOn(page);
  await aWorkflowIsEditedAndChecked(page);
  await hostileFilesAreShownAsText(page);
  check(seen.outside.length === 0, 'no request leaves the origin', seen.outside);
  check(seen.errors.length === 0, 'no error on the console', seen.errors.slice(0, 4));
  await context.close();
  for (const scheme of ['light', 'dark']) await everyPage(scheme);
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
}
finish('dashboard');
