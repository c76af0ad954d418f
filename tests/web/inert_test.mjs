// SPDX-License-Identifier: Apache-2.0
// Model text, file names, findings, conversations and approvals are inert in the dashboard: none of the payloads of
// hostile.mjs runs, loads, or leaves the page; a stream that breaks goes on where it broke; 5,000 findings stay a short
// page. Against a server of the test's making (mock_server.mjs), which can say what the program never would.
//
//   node inert_test.mjs --packages DIR --dist DIR        exit 0: all hold, 1: not, 77: skipped
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { args, axeViolations, check, finish, launch, openPage, ranScripts, skip } from './browser.mjs';
import { hostile } from './hostile.mjs';
import { startMock, token } from './mock_server.mjs';

const dist = resolve(args['--dist'] ?? 'build/test/dashboard/dist');
if (!existsSync(dist)) skip(`no dashboard in ${dist}; it is built where npm is`);

const routes = ['ask', 'ask/hostile?file=src/x.py&line=3', 'audits', 'audits/a-new', 'audits/a-old?baseline=a-new', 'audits/a-new?tab=rejected',
  'runs', 'runs/r-ask', 'runs/r-agent', 'sessions', 'sessions/s22', 'corpora', 'corpora/hostile?file=src/x.py&line=3&end=9', 'workflows', 'workflows/check', 'workflows/check?tab=yaml', 'workflows/check?tab=runs', 'workflows/check?run=w1', 'corpora/hostile?view=list', 'engine',
  'nothing/here', `ask/${encodeURIComponent(hostile[0])}`, `corpora/${encodeURIComponent(hostile[1])}`, `%3Cimg%20src=x%20onerror=window.pwned=1%3E`];

const browser = await launch();

async function everyPageIsInert(scheme) {
  const server = await startMock({ dist });
  const { context, page, seen } = await openPage(browser, server.url, scheme);
  await page.goto(`${server.url}/#token=${token}`);
  check(!page.url().includes(token), 'the token leaves the address once it is taken', page.url());
  for (const route of routes) {
    await page.goto(`${server.url}/#/${route}`);
    await page.waitForTimeout(250);
    if (route === 'runs/r-ask') await page.waitForSelector('text=done', { timeout: 20000 });
    const links = await page.$$eval('#app a[href]', (all) => all.map((a) => [a.getAttribute('href'), a.rel]));
    const bad = links.filter(([href, rel]) => !href.startsWith('#/') && !(/^(https?:\/\/|mailto:)/.test(href) && rel.includes('noopener')));
    check(bad.length === 0, `${scheme} ${route}: every link leads within, or out without opener`, bad);
    check((await page.$$('#app :is(script, iframe, object, embed, img:is([src], [srcset]), form[action], link, style, base, meta, video, template)')).length === 0, `${scheme} ${route}: no element that loads or runs`);
    check((await page.$$('#app [style*="url"], #app [onerror], #app [onload], #app [onclick], #app [srcdoc]')).length === 0, `${scheme} ${route}: no attribute that loads or runs`);
    check((await ranScripts(page)) === 0, `${scheme} ${route}: 0 scripts ran`);
    const raw = await page.evaluate(() => /[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069\u200b]/.test(document.getElementById('app').innerText));
    check(!raw, `${scheme} ${route}: no raw control or direction sign`);
    const faults = await axeViolations(page);
    check(faults.length === 0, `${scheme} ${route}: axe-core finds nothing`, faults.join('\n'));
  }
  check(seen.outside.length === 0, `${scheme}: no request leaves the origin`, seen.outside);
  check(seen.errors.length === 0, `${scheme}: no error on the console`, seen.errors.slice(0, 5));
  await context.close();
  server.stop();
}

// Asking, a reload in the middle, and connections that break after six events each.
async function aStreamGoesOn() {
  const server = await startMock({ dist });
  const { context, page, seen } = await openPage(browser, server.url, 'light');
  await page.goto(`${server.url}/#token=${token}`);
  await page.waitForSelector('[data-ask]:not([disabled])');
  await page.keyboard.press('/');
  await page.keyboard.type(hostile[0]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.provisional');
  await page.reload();
  await page.waitForSelector('.citation', { timeout: 30000 });
  const lasts = server.streams.map((stream) => stream.last);
  const resumed = lasts.filter((last) => last > 0);
  check(resumed.length >= 3, 'a stream that breaks is asked for behind the last event', lasts);
  const second = lasts.lastIndexOf(0);
  check(second > 0, 'after a reload the run is followed from its start', lasts);
  check(lasts.slice(second).every((last, index, all) => index === 0 || last > all[index - 1]), 'each time further on', lasts);
  check((await page.$$('.exchange')).length === 1, 'the question is there once after a reload');
  check((await ranScripts(page)) === 0, 'the answer ran nothing');
  await page.click('.citation button');
  await page.waitForSelector('.filepane .cline.hit');
  check((await page.locator('.filepane .cline.hit b').first().innerText()) === '3', 'a citation opens the file at its line');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.filepane', { state: 'detached' });
  check(seen.errors.length === 0 && seen.outside.length === 0, 'asking: no error, no request outside', [seen.errors, seen.outside]);
  await context.close();
  server.stop();
}

async function actionsReachTheServer() {
  const server = await startMock({ dist });
  const { context, page } = await openPage(browser, server.url, 'dark');
  const posts = (part) => server.posted.filter((one) => one.path.includes(part));
  await page.goto(`${server.url}/#token=${token}`);
  await page.goto(`${server.url}/#/audits/a-new`);
  await page.waitForSelector('.vlist .option');
  const rows = await page.$$('.vlist .option');
  check(rows.length > 5 && rows.length < 80, '5,000 findings: only the rows in sight exist', rows.length);
  await page.focus('[data-list]');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('.vlist [aria-selected=true]')?.getAttribute('aria-posinset') === '4500');
  await page.keyboard.press('s');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type('the table name comes from an enum');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog', { state: 'detached' });
  check(JSON.parse(posts('/suppress')[0]?.body ?? '{}').reason === 'the table name comes from an enum', 'suppress sends the reason', posts('/suppress'));
  await page.waitForSelector('#tab-suppressed');
  await page.goto(`${server.url}/#/runs/r-agent`);
  await page.click('.approval .btn.danger');
  await page.waitForSelector('.approval', { state: 'detached' });
  check(JSON.parse(posts('/approvals/')[0]?.body ?? '{}').decision === 'deny', 'an approval is answered', posts('/approvals/'));
  const wasted = await page.waitForSelector('.span.wasted', { timeout: 10000 }).catch(() => null);
  check(wasted !== null, 'what a rewind threw away is marked');
  await page.goto(`${server.url}/#/sessions/s1`);
  await page.waitForSelector('.vpart');
  await page.locator('.turn', { hasText: 'Turn 2' }).locator('.btn').click();
  await page.waitForFunction(() => location.hash === '#/sessions/s4444');
  check(posts('/fork')[0]?.body === '{"turn":2}', 'a fork names its turn', posts('/fork'));
  const file = page.waitForEvent('download');
  await page.click('.session [aria-haspopup=menu]');
  await page.click('[role=menuitem]:has-text("Markdown")');
  check((await file).suggestedFilename().endsWith('.md'), 'a session is exported');
  await page.goto(`${server.url}/#/corpora/hostile`);
  await page.click('text=Forget…');
  await page.click('dialog .btn.danger');
  await page.waitForSelector('dialog', { state: 'detached' });
  check(posts('/api/corpora/hostile')[0]?.method === 'DELETE', 'a corpus is forgotten');
  check((await ranScripts(page)) === 0, 'actions ran nothing');
  await context.close();
  server.stop();
}

async function withoutATokenThereIsOnlyTheLogin() {
  const server = await startMock({ dist });
  const { context, page } = await openPage(browser, server.url, 'light');
  await page.goto(`${server.url}/#/audits`);
  await page.fill('input[type=password]', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=alert]');
  check((await page.$$('nav.rail')).length === 0, 'a wrong token opens nothing');
  check((await axeViolations(page)).length === 0, 'login: axe-core finds nothing');
  await page.fill('input[type=password]', token);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav.rail');
  check(page.url().endsWith('#/audits'), 'the page that was asked for opens', page.url());
  const kept = await page.evaluate(() => [Object.values(localStorage).join(), document.cookie].join());
  check(!kept.includes(token), 'the token is in no cookie and not in localStorage');
  await context.close();
  server.stop();
}

for (const scheme of ['light', 'dark']) await everyPageIsInert(scheme);
await aStreamGoesOn();
await actionsReachTheServer();
await withoutATokenThereIsOnlyTheLogin();
await browser.close();
finish(`inert (${hostile.length} payloads)`);
