// SPDX-License-Identifier: Apache-2.0
// The dashboard against the program itself: `fathom serve` with the shipped model and copies of the examples, beside files
// with hostile names and content. Every action of actions.mjs works, in light colours with a mouse and in dark ones with
// the keyboard alone; axe-core finds nothing, no error stands on the console, no request leaves the origin, no payload
// runs; the page is served soon, is small, and a first answer begins soon.
//
//   node dashboard_test.mjs --packages DIR --dist DIR --fathom PROGRAM --examples DIR [--only PATTERN]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { actions, approved } from './actions.mjs';
import { args, axeViolations, check, finish, launch, openPage, ranScripts } from './browser.mjs';
import { handOf } from './hand.mjs';
import { hostile } from './hostile.mjs';
import { startMock, token as mockToken } from './mock_server.mjs';
import { examples, forget, longMs, newHome, serve, token } from './program.mjs';

const only = args['--only'];
const { questions } = JSON.parse(readFileSync(join(examples, 'orders-service.questions.json'), 'utf8'));
const sample = questions.find((one) => one.phrasing === 'canonical' && one.accept);
const browser = await launch();

function homeOfTheTest() {
  const home = newHome(['orders-service', 'handbook'], { 'approved-notes': approved });
  cpSync(join(home, 'orders-service'), join(home, 'fresh'), { recursive: true });
  const git = (...words) => spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...words], { cwd: join(home, 'orders-service') });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  writeFileSync(join(home, 'orders-service/orders/config.py'), `${readFileSync(join(home, 'orders-service/orders/config.py'), 'utf8')}\n`);
  git('commit', '-qam', 'second');
  mkdirSync(join(home, 'hostile/src'), { recursive: true });
  writeFileSync(join(home, 'hostile/src', 'b\u202e<img src=x onerror=window.pwned=1>.py'), hostile.slice(0, 25).map((text) => `NAME = ${JSON.stringify(text)}`).join('\n'));
  writeFileSync(join(home, 'hostile/README.md'), hostile.slice(0, 25).join('\n\n'));
  return home;
}

// What the page weighs, and how soon it comes.
async function theShellIsSmallAndSoon(server) {
  const response = await fetch(`${server.url}/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  check(policy.includes("default-src 'none'") && !policy.includes('unsafe'), 'the policy is strict', policy);
  const times = [];
  for (let n = 0; n < 5; n += 1) {
    const begun = performance.now();
    const answer = await fetch(`${server.url}/`);
    times.push(performance.now() - begun);
    await answer.text();
  }
  check(Math.min(...times) < 100, 'the first byte comes in 100 ms', times);
  const dist = args['--dist'];
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const sizes = files.map((one) => gzipSync(readFileSync(join(one.parentPath ?? one.path, one.name))).length);
  const kilobytes = sizes.reduce((a, b) => a + b, 0) / 1000;
  check(kilobytes < 400, 'the bundle is under 400 kB compressed', kilobytes);
  console.log(`first byte after ${times.map((ms) => ms.toFixed(1)).join(', ')} ms; ${files.length} files, ${kilobytes.toFixed(0)} kB compressed`);
}

// From a corpus that was read: how long until the answer begins.
async function theFirstAskStreamsSoon(server) {
  const { corpora } = await server.get('/api/corpora');
  const corpus = corpora.find((one) => one.root.endsWith('orders-service')).name;
  const times = [];
  for (let n = 0; n < 5; n += 1) {
    const begun = performance.now();
    const response = await fetch(`${server.url}/api/ask`, {
      method: 'POST', body: JSON.stringify({ corpus, question: sample.question, stream: true }),
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
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
  console.log(`an answer from a corpus that was read begins after ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  check(Math.min(...times) < 300, 'an answer begins within 300 ms', times);
}

const table = actions.map(([page, does]) => ({ page, does, how: {} }));

async function everyAction(scheme, kind) {
  const home = homeOfTheTest();
  const server = await serve(home);
  const { context, page, seen } = await openPage(browser, server.url, scheme);
  let now = '';
  let failed = 0;
  const law = (holds, name, got) => {
    if (!holds) failed += 1;
    check(holds, `${scheme}, ${kind}: ${now}: ${name}`, got);
  };
  const t = {
    page, seen, home, server, scheme, sample, token, hand: handOf(page, kind), check: law,
    go: (route) => page.goto(`${server.url}/#/${route}`),
    settled: async (name) => {
      await page.waitForSelector('.skeleton', { state: 'detached', timeout: longMs });
      await page.waitForTimeout(250);
      const faults = await axeViolations(page);
      law(faults.length === 0, `${name}: axe-core finds nothing`, faults.join('\n'));
      law((await ranScripts(page)) === 0, `${name}: 0 scripts ran`);
    },
    // The browser tells of each refusal on its console, at times a moment after the page has told of it.
    refusalsWereMeant: async () => {
      await page.waitForTimeout(400);
      seen.errors.splice(0);
    },
    mock: async () => {
      const mock = await startMock({ dist: args['--dist'] });
      const other = await openPage(browser, mock.url, scheme);
      await other.page.goto(`${mock.url}/#token=${mockToken}`);
      return { page: other.page, mock, done: async () => { await other.context.close(); mock.stop(); } };
    },
  };
  if (kind === 'keyboard') page.click = () => { throw new Error('this run has no mouse'); };
  await page.goto(server.link);
  for (const [index, [where, does, act]] of actions.entries()) {
    if (only && !new RegExp(only).test(`${where}: ${does}`)) continue;
    now = `${where}: ${does}`;
    failed = 0;
    try {
      await act(t);
    } catch (error) {
      law(false, 'can be done', `${error.message.split('\n').slice(0, 3).join(' ')} at ${page.url()}`);
    }
    law(seen.outside.length === 0, 'no request leaves the origin', seen.outside);
    law(seen.errors.length === 0, 'no error on the console', seen.errors.splice(0, 3));
    table[index].how[scheme] = failed === 0 ? 'holds' : 'FAILED';
  }
  check(seen.requests > 10, 'requests were watched', seen.requests);
  if (scheme === 'light' && !only) {
    await theShellIsSmallAndSoon(server);
    await theFirstAskStreamsSoon(server);
  }
  await context.close();
  await server.stop();
  forget(home);
}

const ways = { light: 'mouse', dark: 'keyboard' };
for (const scheme of (args['--schemes'] ?? 'light,dark').split(',')) await everyAction(scheme, ways[scheme]);
await browser.close();
const wide = Math.max(...table.map((row) => `${row.page}: ${row.does}`.length));
console.log(`\n${'action'.padEnd(wide)}  light, mouse  dark, keyboard`);
for (const row of table) console.log(`${`${row.page}: ${row.does}`.padEnd(wide)}  ${(row.how.light ?? '-').padEnd(12)}  ${row.how.dark ?? '-'}`);
finish(`dashboard (${table.length} actions)`);
