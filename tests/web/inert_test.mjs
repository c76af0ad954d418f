// SPDX-License-Identifier: Apache-2.0
// Model text, file names, findings, conversations and approvals are inert in the dashboard: none of the payloads of
// hostile.mjs runs, loads, or leaves the page; a stream that breaks goes on where it broke; 5,000 findings stay a short
// page. Against a server of the test's making (mock_server.mjs), which can say what the program never would.
//
//   node inert_test.mjs --packages DIR --dist DIR        exit 0: all hold, 1: not, 77: skipped
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { args, axeViolations, check, finish, launch, openPage, ranScripts, skip } from './browser.mjs';
import { hostile, hostileText } from './hostile.mjs';
import { pageIsInert } from './inert_page.mjs';
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
    await pageIsInert(page, `${scheme} ${route}`);
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

const calls = (count) => [...Array(count).keys()].map((n) => ({
  id: `p${n}`, kind: 'tool', step: null, run: 'r-live', tool: 'write_file', arguments: `${n}: ${hostileText}`, reason: hostile[2], effect: 'write_workspace', state: 'waiting', created: '2026-11-25T12:00:00Z',
}));

// However much waits for a person: what was said before stays where it can be read, and the way on stays in sight.
async function approvalsLeaveMessagesTheirPlace() {
  let waiting = [];
  const live = { id: 'r-live', kind: 'agent', title: 'live', state: 'waiting', created: '2026-11-25T12:00:00Z', last_event: 3, session: 's22' };
  const events = [{ type: 'started' }, { type: 'model.started', data: { step: 1 } }, { type: 'delta.content', data: { text: hostileText } }, { type: 'approval.asked', data: { call_id: 'c1', name: 'write_file', text: 'x' } }];
  const server = await startMock({
    dist, runs: (id) => (id === 'r-live' ? events.map((event, index) => ({ id: index + 1, seconds: index, ...event })) : undefined),
    more: (name) => ({ 'GET /api/runs': { runs: [live, { ...live, id: 'r-old', state: 'done' }] }, 'GET /api/runs/r-live': live, 'GET /api/approvals': { approvals: waiting } })[name],
  });
  const { context, page, seen } = await openPage(browser, server.url, 'dark');
  await page.goto(`${server.url}/#token=${token}`);
  const boxOf = (selector) => page.locator(selector).first().boundingBox();
  const inSight = async (selector) => {
    const box = await boxOf(selector);
    return box !== null && box.y >= 0 && box.y + box.height <= 800;
  };
  const change = async (count) => {
    waiting = calls(count);
    await page.waitForFunction((many) => document.querySelectorAll('.approval').length === many, count, { timeout: 10_000 });
    await page.waitForTimeout(300);
  };

  await page.goto(`${server.url}/#/sessions/s22`);
  await page.waitForSelector('.vpart');
  await page.waitForSelector('.live [data-stop]');
  await page.waitForTimeout(500);
  const lastOf = () => page.evaluate(() => {
    const stack = document.querySelector('.vstack');
    const parts = [...stack.querySelectorAll('.vpart')].map((part) => [Number(part.dataset.index), part.getBoundingClientRect()]);
    const [index, box] = parts.sort((a, b) => b[0] - a[0])[0];
    const seen = stack.getBoundingClientRect();
    return { index, below: box.bottom - seen.bottom, height: seen.height };
  });
  const before = await lastOf();
  check(before.index === 4 && before.below < 30, 'a session begins at its last message', before);
  await change(6);
  const asked = await lastOf();
  check(asked.height >= 160, 'six calls wait: the messages keep their place', asked);
  check(asked.index === 4 && asked.below < 30, 'six calls wait: the last message is still in sight', asked);
  check((await inSight('.resume textarea')) && (await inSight('.live [data-stop]')), 'six calls wait: the next turn and Stop are in sight');
  check((await inSight('.approval [data-allow]')) || (await page.evaluate(() => document.querySelector('.approvals').scrollHeight > document.querySelector('.approvals').clientHeight)), 'six calls wait: they scroll within their own place');
  await page.locator('.vstack').evaluate((stack) => stack.scrollTo(0, 0));
  await page.waitForSelector('.vpart[data-index="0"]');
  await page.waitForTimeout(200);
  const top = await boxOf('.vpart[data-index="0"]');
  await change(7);
  check(Math.abs((await boxOf('.vpart[data-index="0"]')).y - top.y) < 2, 'one more call: who reads elsewhere stays there', top);
  await pageIsInert(page, 'a session with calls that wait');
  await page.locator('.approval [data-deny]').last().click();
  check(server.posted.some((one) => one.path === '/api/approvals/p6'), 'the last one can be reached and answered', server.posted);
  await change(0);
  check((await lastOf()).height >= before.height - 2, 'all answered: the messages have their whole place again');

  await change(6).catch(() => undefined);
  await page.goto(`${server.url}/#/runs`);
  await page.waitForSelector('.approval');
  const rows = await boxOf('.vtable');
  check(rows.height >= 120 && rows.y + rows.height <= 801, 'six calls wait: the list of runs keeps its place', rows);
  await page.goto(`${server.url}/#/runs/r-live`);
  await page.waitForSelector('.approval');
  await page.waitForSelector('.timeline');
  const lanes = await boxOf('.timeline');
  check(lanes.y < 800 - 100, 'six calls wait: the timeline of the run is still in sight', lanes);

  // What moves under the hand is not answered by a press that was meant for what stood there.
  await page.waitForSelector('.approval [data-allow]:enabled');
  waiting = calls(6).slice(1);
  await page.waitForFunction(() => document.querySelectorAll('.approval').length === 5, null, { timeout: 10_000 });
  check(await page.locator('.approval [data-allow]').first().isDisabled(), 'a call that moves up cannot be allowed in the same moment');
  check(seen.errors.length === 0 && seen.outside.length === 0, 'approvals: no error, no request outside', [seen.errors, seen.outside]);
  await context.close();
  server.stop();
}

// One button stops what runs, wherever it is shown; the key x presses it.
async function whatRunsIsStopped() {
  const run = (id, kind, more = {}) => ({ id, kind, title: kind, state: 'running', created: '2026-11-25T12:00:00Z', last_event: 2, ...more });
  const runs = [run('r-ask', 'ask', { corpus: 'hostile' }), run('a-new', 'audit'), run('r-live', 'agent', { session: 's22' }), run('r-flow', 'workflow', { workflow_run: 'w1' })];
  let refuse = false;
  const server = await startMock({
    dist, runs: () => [{ id: 1, type: 'started', seconds: 0 }, { id: 2, type: 'delta', text: 'so far', seconds: 1 }],
    more: (name) => {
      const cancel = /^POST \/api\/runs\/([^/]+)\/cancel$/.exec(name);
      if (cancel && refuse) return { status: 503, message: hostile[0] };
      if (name === 'GET /api/runs') return { runs };
      if (name === 'GET /api/audits/a-new') return { id: 'a-new', root: '/srv/x', state: 'running', created: runs[0].created };
      if (name === 'GET /api/workflow-runs/w1') return { id: 'w1', workflow: 'check', model: 'nano', state: 'open', reason: '', inputs: {}, usage: {}, created: runs[0].created, run: runs[3], resumable: false, steps: [], graph: null };
      return runs.find((one) => name === `GET /api/runs/${one.id}`);
    },
  });
  const { context, page, seen } = await openPage(browser, server.url, 'light');
  await page.goto(`${server.url}/#token=${token}`);
  const stops = (id) => server.posted.filter((one) => one.path === `/api/runs/${id}/cancel`).length;
  for (const [route, id] of [['ask/hostile?run=r-ask&q=x', 'r-ask'], ['audits/a-new', 'a-new'], ['sessions/s22', 'r-live'], ['runs/r-live', 'r-live'], ['workflows/check?run=w1', 'r-flow']]) {
    await page.goto(`${server.url}/#/${route}`);
    await page.waitForSelector('[data-stop]:enabled');
    const before = stops(id);
    refuse = true;
    await page.click('[data-stop]');
    await page.waitForSelector('.stop [role=alert]');
    check((await page.innerText('.stop [role=alert]')).includes('onerror'), `${route}: why it is not stopped is told`);
    refuse = false;
    await page.focus('#title');
    await page.keyboard.press('x');
    await page.waitForSelector('[data-stop]:disabled');
    check(stops(id) === before + 2, `${route}: Stop and the key x stop this run`, server.posted);
    check((await page.innerText('[data-stop]')).includes('Stopping'), `${route}: it says that it was asked to`);
    await page.goto(`${server.url}/#/engine`);
  }
  check((await ranScripts(page)) === 0 && seen.outside.length === 0, 'stopping ran nothing');
  await context.close();
  server.stop();
}

// The link signs in where a page of ours already stands: then its fragment changes, and nothing is loaded.
async function theLinkSignsInWhereAPageStands() {
  const server = await startMock({ dist });
  const { context, page } = await openPage(browser, server.url, 'light');
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.goto(`${server.url}/#/audits`);
  await page.waitForSelector('input[type=password]');
  await page.evaluate((link) => (location.hash = link), `#token=${token}`);
  await page.waitForSelector('nav.rail');
  check(loads === 1, 'the link signs in on the login page, without a load', loads);
  check(page.url().endsWith('#/ask'), 'the token is not in the address', page.url());
  await page.waitForSelector('.head h1:has-text("Ask")');
  await page.click('[title="Sign out"]');
  await page.waitForSelector('input[type=password]');
  check((await page.$$('[role=alert]')).length === 0, 'who signs out is told of no fault');
  check((await page.evaluate(() => sessionStorage.getItem('fathom.token'))) === null, 'the token is forgotten');
  await page.goBack().catch(() => undefined);
  await page.waitForTimeout(300);
  check((await page.$$('nav.rail')).length === 0, 'the way back does not sign in again', page.url());
  await page.evaluate((link) => (location.hash = link), `#token=${token}`);
  await page.waitForSelector('nav.rail');
  const second = await context.newPage();
  await second.goto(`${server.url}/#/engine`);
  await second.waitForSelector('nav.rail');
  check(second.url().endsWith('#/engine'), 'a tab that is opened beside one that is signed in is signed in too', second.url());
  await second.click('[title="Sign out"]');
  await page.waitForSelector('input[type=password]');
  check((await page.$$('nav.rail')).length === 0, 'signing out holds for both');
  await second.reload();
  await second.waitForTimeout(300);
  check((await second.$$('nav.rail')).length === 0, 'and after a reload');
  await second.close();
  await page.evaluate((link) => (location.hash = link), '#token=wrong%E0%A4%A');
  await page.waitForSelector('[role=alert]');
  check((await page.$$('nav.rail')).length === 0, 'a link with a wrong token opens nothing, and says so');
  await page.evaluate((link) => (location.hash = link), `#token=${token}`);
  await page.waitForSelector('nav.rail');
  await page.evaluate((link) => (location.hash = link), '#token=another');
  await page.waitForSelector('input[type=password]');
  check((await page.innerText('[role=alert]')).includes('does not know'), 'a token that the server does not know any more is told of');
  await context.close();
  server.stop();
}

// Half a screen, and a telephone: whatever can be pressed can be brought into sight.
async function smallWindowsHideNothing() {
  const server = await startMock({ dist });
  const { context, page } = await openPage(browser, server.url, 'light');
  await page.goto(`${server.url}/#token=${token}`);
  for (const [width, height] of [[820, 600], [400, 760]]) {
    await page.setViewportSize({ width, height });
    for (const route of ['ask', 'ask/hostile?file=src/x.py&line=3', 'audits', 'audits/a-new', 'runs', 'runs/r-agent', 'sessions/s22', 'corpora/hostile', 'corpora/hostile?view=list', 'workflows/check', 'workflows/check?tab=yaml', 'workflows/check?run=w1', 'engine']) {
      await page.goto(`${server.url}/#/${route}`);
      await page.waitForTimeout(400);
      const lost = await page.evaluate(() => {
        const out = (box) => box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
        const all = [...document.querySelectorAll('main :is(button, a, select, input, textarea)')].filter((one) => !one.closest('.treemap, .vlist, .vtable .space, .lane-space') && one.checkVisibility());
        return all.slice(0, 60).filter((one) => {
          one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          return out(one.getBoundingClientRect());
        }).map((one) => `${one.className} ${one.innerText}`.slice(0, 60));
      });
      check(lost.length === 0, `${width} x ${height}, ${route}: whatever can be pressed can be brought into sight`, lost);
      const cut = await page.evaluate(() => {
        const box = document.querySelector('.split > .detail')?.getBoundingClientRect();
        return box ? [box.height / innerHeight, box.width / innerWidth] : [1, 1];
      });
      check(cut[0] > 0.3 && cut[1] > 0.4, `${width} x ${height}, ${route}: what is picked has room`, cut);
    }
  }
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
await approvalsLeaveMessagesTheirPlace();
await whatRunsIsStopped();
await smallWindowsHideNothing();
await theLinkSignsInWhereAPageStands();
await withoutATokenThereIsOnlyTheLogin();
await browser.close();
finish(`inert (${hostile.length} payloads)`);
