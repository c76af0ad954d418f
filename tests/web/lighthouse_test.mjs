// SPDX-License-Identifier: Apache-2.0
// Lighthouse's judgement of every page of the program: accessibility and best practices, of 100, in light and in dark. Of
// each page something is looked for that only it has: a page that was signed out would be the login, which is judged too.
//
//   node lighthouse_test.mjs --packages .peers --fathom PROGRAM --examples DIR [--only PAGE]      packages: also .peers/web (package.json here)
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { args, check, finish, program, skip } from './browser.mjs';
import { examples, forget, newHome, serve } from './program.mjs';

const packages = resolve(args['--packages'] ?? '.peers', 'web');
if (!existsSync(join(packages, 'node_modules/lighthouse'))) skip(`no lighthouse in ${packages}; copy tests/web/package.json there and run npm install`);
const load = (name) => import(pathToFileURL(createRequire(join(packages, 'x.js')).resolve(name)).href);
const { default: lighthouse } = await load('lighthouse');
const { default: puppeteer } = await load('puppeteer-core');
const least = 95;

const home = newHome(['orders-service']);
const server = await serve(home);
const corpus = (await server.ended((await server.post('/api/corpora', { path: 'orders-service' })).id)).result.name;
const { questions } = JSON.parse(readFileSync(join(examples, 'orders-service.questions.json'), 'utf8'));
const asked = await server.ended((await server.post('/api/ask', { corpus, question: questions[0].question })).id);
const audit = await server.ended((await server.post('/api/audits', { path: 'orders-service' })).id);
const turn = await server.ended((await server.post('/api/sessions', { message: 'Read the file README.md', workspace: 'orders-service', steps_max: 3 })).id);
const flow = await server.ended((await server.post('/api/workflow-runs', { workflow: 'codebase-audit', inputs: { path: 'orders-service' } })).id);
const pages = {
  login: ['', 'input[type=password]'], ask: [`ask/${corpus}?run=${asked.id}`, '.exchange .cost'], audits: ['audits', '.vrow .cover'], audit: [`audits/${audit.id}`, '.finding .log li'],
  runs: ['runs', '.vrow .cover'], run: [`runs/${turn.id}`, '.timeline .span'], session: [`sessions/${turn.session}`, '.vstack .message'], corpora: [`corpora/${corpus}`, '.treemap .cell'],
  'corpora, files': [`corpora/${corpus}?view=list`, '.files .vrow'], workflow: ['workflows/doc-qa', '.graph .node'], 'workflow, YAML': ['workflows/doc-qa?tab=yaml', '.yaml-editor .cm-line'],
  'workflow run': [`workflows/codebase-audit?run=${flow.workflow_run}`, '[data-run-state]'], engine: ['engine', '.chart canvas'],
};

const options = {
  logLevel: 'silent', onlyCategories: ['accessibility', 'best-practices'], disableStorageReset: true, formFactor: 'desktop',
  screenEmulation: { disabled: true }, throttlingMethod: 'provided', maxWaitForLoad: 10_000,
  // A page of one request a second is never quiet; what it shows is there long before this pause ends.
  pauseAfterLoadMs: 2000, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0,
};
// What Lighthouse still asks of a page that it has left is answered by nobody.
process.on('unhandledRejection', (error) => {
  const said = String(error?.message ?? error);
  check(/Session closed|Target closed/.test(said), 'no rejection but of a page that was left', said);
});
const browser = await puppeteer.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
const rows = [];
try {
  for (const scheme of ['light', 'dark']) {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const [name, [route, own]] of Object.entries(pages)) {
      if (args['--only'] && !name.includes(args['--only'])) continue;
      // The token is the tab's: what is asked for without one is the login.
      if (name !== 'login') await page.goto(server.link);
      const result = await lighthouse(`${server.url}/${route ? `#/${route}` : ''}`, options, undefined, page);
      const scores = options.onlyCategories.map((category) => Math.round(result.lhr.categories[category].score * 100));
      const faults = Object.values(result.lhr.audits).filter((one) => one.score !== null && one.score < 1 && one.scoreDisplayMode === 'binary').map((one) => one.id);
      check(scores.every((score) => score >= least), `${name}, ${scheme}: at least ${least}`, `${scores} ${faults}`);
      const there = await page.evaluate((selector) => document.querySelector(selector) !== null || [...document.querySelectorAll('*')].some((one) => one.shadowRoot?.querySelector(selector.split(' ').pop())), own);
      const at = await page.evaluate(() => [location.hash, document.querySelector('nav.rail') !== null, document.documentElement.dataset.theme]);
      check(there && at[0] === (route ? `#/${route}` : '') && at[1] === (name !== 'login') && at[2] === scheme, `${name}, ${scheme}: the page itself was judged, in its colours`, [there, ...at]);
      rows.push(`${name.padEnd(16)} ${scheme.padEnd(6)} ${scores.map((score) => String(score).padStart(14)).join(' ')}  ${faults.join(' ')}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
  forget(home);
}
console.log(`${'page'.padEnd(16)} colour  accessibility best practices  faults\n${rows.join('\n')}`);
finish('lighthouse');
