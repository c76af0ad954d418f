// SPDX-License-Identifier: Apache-2.0
// Pictures of every page in both themes, at one size, of a server whose folder shows no path of this machine.
//
//   node screenshots.mjs --packages .peers --fathom build/test/fathom --examples examples --into docs/dashboard
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { approved } from './actions.mjs';
import { args, launch, openPage, skip } from './browser.mjs';
import { examples, forget, longMs, newHome, serve } from './program.mjs';

if (spawnSync('bwrap', ['--dev-bind', '/', '/', 'true']).status !== 0) skip('bubblewrap does not work here');
const into = resolve(args['--into'] ?? 'docs/dashboard');
const size = { width: 1280, height: 800 };

// A history, so that files differ in how often they change.
function commit(folder) {
  const git = (...words) => spawnSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...words], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  const files = spawnSync('git', ['ls-files', '*.py', '*.js', '*.md'], { cwd: folder, encoding: 'utf8' }).stdout.trim().split('\n');
  for (let round = 0; round < 12; round += 1) {
    for (const [index, file] of files.entries()) {
      if ((index * 7 + round * 3) % (2 + (index % 11)) !== 0) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      writeFileSync(join(folder, file), round % 2 ? text.replace(/\n+$/, '\n') : `${text}\n`);
    }
    git('commit', '-qam', `change ${round}`);
  }
}

// What there is to see: corpora, questions, two audits of which the second found less, a session and its fork.
async function fill(server, home) {
  const orders = await server.ended((await server.post('/api/corpora', { path: 'orders-service' })).id);
  await server.ended((await server.post('/api/corpora', { path: 'handbook' })).id);
  const name = orders.result.name;
  const { questions } = JSON.parse(readFileSync(join(examples, 'orders-service.questions.json'), 'utf8'));
  const asked = questions.filter((one) => one.phrasing === 'canonical').slice(0, 14);
  const runs = [];
  for (const one of asked) {
    const run = await server.ended((await server.post('/api/ask', { corpus: name, question: one.question })).id);
    if (run.result?.citations?.length > 0) runs.push({ run: run.id, corpus: name, question: one.question });
  }
  const first = await server.ended((await server.post('/api/audits', { path: 'orders-service' })).id);
  const report = await server.get(`/api/audits/${first.id}/report`);
  const mended = report.findings.filter((one) => one.state === 'shown').slice(3, 6);
  for (const one of mended) {
    const path = join(home, 'orders-service', one.path);
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.splice(one.start - 1, one.end - one.start + 1);
    writeFileSync(path, lines.join('\n'));
  }
  for (const path of ['handbook', 'add-a-tool']) await server.ended((await server.post('/api/audits', { path })).id);
  const second = await server.ended((await server.post('/api/audits', { path: 'orders-service' })).id);
  const turn = await server.ended((await server.post('/api/sessions', { message: 'Read the file README.md', workspace: 'orders-service', steps_max: 4 })).id);
  const fork = await server.post(`/api/sessions/${turn.session}/fork`, { turn: 1 });
  await server.ended((await server.post(`/api/sessions/${fork.id}/resume`, { message: 'List the files in src', steps_max: 4 })).id);
  await server.ended((await server.post('/api/sessions', { message: 'Search for MAX_RETRIES', workspace: 'orders-service', steps_max: 4 })).id);
  for (const words of ['The shop opens at nine.', 'Orders leave before noon.', 'Refunds take three days.']) {
    const say = (...messages) => server.post('/v1/chat/completions', { model: 'nano', max_tokens: 24, messages: messages.map((content, index) => ({ role: index % 2 ? 'assistant' : 'user', content })) });
    const reply = (await say(words)).choices[0].message.content;
    await say(words, reply, 'And then?');
    await say(words, `${reply} Edited.`, 'And then?');
    await server.post('/v1/chat/completions', { model: 'nano', max_tokens: 24, stream: true, messages: [{ role: 'user', content: words }] });
  }
  const inputs = { folder: 'handbook', questions: ['What is the meal allowance on business trips?', 'Who approves a business trip?', 'How long are receipts kept?'] };
  await server.post('/api/workflow-runs', { workflow: 'doc-qa', inputs: { path: 'handbook', questions: inputs.questions } }).then((one) => server.ended(one.id));
  const flow = await server.post('/api/workflow-runs', { workflow: 'approved-notes', inputs });
  while ((await server.get('/api/approvals')).approvals.length === 0) await new Promise((done) => setTimeout(done, 200));
  return { flow: flow.workflow_run, corpus: name, runs, baseline: first.id, audit: second.id, session: turn.session, run: turn.id };
}

async function shoot(browser, server, there, scheme) {
  const { context, page } = await openPage(browser, server.url, scheme);
  const devtools = await context.newCDPSession(page);
  await page.setViewportSize(size);
  await page.goto(server.link);
  await page.evaluate((list) => sessionStorage.setItem('fathom.asked', JSON.stringify(list)), there.runs.slice(0, 2));
  await page.reload();
  const save = async (name) => {
    await page.waitForSelector('.skeleton', { state: 'detached', timeout: longMs });
    await page.mouse.move(640, 1);
    await page.waitForTimeout(500);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
    writeFileSync(join(into, `${name}-${scheme}.webp`), Buffer.from(data, 'base64'));
  };
  const go = (route) => page.goto(`${server.url}/#/${route}`);
  await go(`ask/${there.corpus}`);
  await page.locator('.citation button').last().click({ timeout: longMs });
  await save('ask');
  await go(`audits/${there.audit}?baseline=${there.baseline}`);
  await page.waitForSelector('.finding .log');
  await save('audit');
  await go('audits');
  await save('audits');
  await go('runs');
  await save('runs');
  await go(`runs/${there.run}`);
  await page.waitForSelector('.span');
  await save('run');
  await go(`sessions/${there.session}`);
  await page.waitForSelector('.vpart');
  await save('session');
  await go(`corpora/${there.corpus}`);
  await page.waitForSelector('.treemap .cell', { timeout: longMs });
  await save('corpora');
  await go('workflows/doc-qa');
  await page.fill('[data-input=path]', 'handbook');
  await page.fill('[data-input=questions]', 'What is the meal allowance on business trips?\nWho approves a business trip?');
  await page.waitForTimeout(1000);
  await save('workflow');
  await go('workflows/unit-tests?tab=yaml');
  await page.waitForSelector('.cm-content');
  await save('yaml');
  await go(`workflows/approved-notes?run=${there.flow}`);
  await page.waitForSelector('.approval');
  await save('workflow-run');
  await go('engine');
  await page.waitForTimeout(4000);
  for (let n = 0; n < 14; n += 1) {
    const { id } = await server.post('/api/ask', { corpus: there.runs[n % there.runs.length].corpus, question: there.runs[n % there.runs.length].question });
    if (n % 3) await server.ended(id);
    if (n % 2) await page.waitForTimeout(1200);
  }
  await save('engine');
  await context.close();
}

mkdirSync(into, { recursive: true });
const home = newHome(['orders-service', 'handbook', 'add-a-tool'], { 'approved-notes': approved });
commit(join(home, 'orders-service'));
// The same letters everywhere, if Debian's fonts-liberation is there.
const fonts = join(home, '.fathom/fonts.conf');
const prefer = (family, font) => `<match><test name="family"><string>${family}</string></test><edit name="family" mode="assign" binding="strong"><string>${font}</string></edit></match>`;
writeFileSync(fonts, `<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>${prefer('system-ui', 'Liberation Sans')}${prefer('ui-monospace', 'Liberation Mono')}${prefer('monospace', 'Liberation Mono')}</fontconfig>`);
process.env.FONTCONFIG_FILE = fonts;
const server = await serve(home, { shownAs: '/home/ada' });
const browser = await launch();
try {
  const there = await fill(server, home);
  for (const scheme of ['light', 'dark']) await shoot(browser, server, there, scheme);
} finally {
  await browser.close();
  await server.stop();
  forget(home);
}
