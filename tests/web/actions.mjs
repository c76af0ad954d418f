// SPDX-License-Identifier: Apache-2.0
// Every page and action of the dashboard: [page, what a person does there, the check]. dashboard_test.mjs carries them out
// in this order against the program, in light colours with a mouse and in dark ones with the keyboard alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostile } from './hostile.mjs';
import { longMs } from './program.mjs';

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const countOf = async (page, tab) => Number((await page.innerText(`#tab-${tab}`)).replace(/\D/g, ''));

// Everything that ever matched, also what was there for a moment only.
async function watchFor(page, ...selectors) {
  await page.evaluate((all) => {
    window.seenOnPage = new Set();
    const look = () => all.forEach((one) => document.querySelector(one) && window.seenOnPage.add(one));
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  }, selectors);
  return async (selector) => page.evaluate((one) => window.seenOnPage.has(one), selector);
}

async function addCorpus({ page, hand, check }, path) {
  await page.waitForSelector('dialog[open]');
  await page.keyboard.insertText(path);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog .gauge', { timeout: longMs });
  const plan = await page.innerText('dialog .facts');
  check(/tokens/.test(plan) && /State on disk/.test(plan) && /Fits/.test(plan), 'the plan says tokens, what fits and the state\'s size', plan);
  await hand.press('dialog .btn.primary');
  await page.waitForSelector('dialog .btn.primary:has-text("Done")', { timeout: longMs });
  await hand.press('dialog .btn.primary');
  await page.waitForSelector('dialog', { state: 'detached' });
}

const ask = [
  ['Ask', 'nothing was read yet: the page says what to do', async (t) => {
    await t.go('ask');
    await t.page.waitForSelector('.empty');
    await t.settled('ask-empty');
    t.check((await t.page.innerText('.empty')).includes('Nothing was read yet'), 'the empty state is there');
  }],
  ['Ask', 'add a corpus: its plan, then the reading', async (t) => {
    await t.hand.press('.empty .btn');
    await addCorpus(t, 'orders-service');
    await t.page.waitForSelector('[data-ask]:not([disabled])');
    await t.page.keyboard.press('n');
    await addCorpus(t, 'handbook');
    await t.page.waitForFunction(() => location.hash.includes('handbook'));
  }],
  ['Ask', 'pick a corpus', async (t) => {
    await t.hand.choose('select.pick', 'orders-service');
    await t.page.waitForFunction(() => location.hash.includes('orders-service'));
  }],
  ['Ask', 'ask; the answer streams and its citations stand in the source', async (t) => {
    await t.hand.write('[data-ask]', t.sample.question);
    await t.page.keyboard.press('Enter');
    await t.page.waitForSelector('.citation', { timeout: longMs });
    // In some milliseconds: a page may draw its first words together with its end. The next action looks at the drawing.
    const { runs } = await t.server.get('/api/runs');
    const told = await t.server.get(`/api/runs/${runs.find((run) => run.kind === 'ask').id}/events`);
    const [first, checked] = [told.search(/"type": ?"delta"/), told.search(/"type": ?"answer"/)];
    t.check(first > 0 && first < checked, 'the answer was told as it came, before it was checked', told);
    t.check((await t.page.innerText('.citation .quote')).includes(t.sample.accept[0]), 'the citation quotes the source');
  }],
  ['Ask', 'watch thinking and answer stream (a model that thinks: the test\'s own server)', async (t) => {
    const { page, done } = await t.mock();
    await page.waitForSelector('[data-ask]:not([disabled])');
    await page.keyboard.press('/');
    const saw = await watchFor(page, '.thoughts[open] pre', '.provisional pre');
    await page.keyboard.insertText('why?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.citation', { timeout: 30_000 });
    t.check((await saw('.thoughts[open] pre')) && (await saw('.provisional pre')), 'thinking, then the answer, were seen as they came');
    await done();
  }],
  ['Ask', 'click a citation: the file opens at the line', async (t) => {
    await t.hand.press('.citation button');
    await t.page.waitForSelector('.filepane .cline.hit');
    t.check((await t.page.innerText('.filepane .cline.hit')).includes(t.sample.accept[0]), 'the cited line is marked');
    await t.settled('ask');
  }],
  ['Ask', 'a reload, and the link alone, show the same', async (t) => {
    await t.page.reload();
    await t.page.waitForSelector('.citation', { timeout: longMs });
    await t.page.waitForSelector('.filepane .cline.hit');
    t.check((await t.page.innerText('.citation .quote')).includes(t.sample.accept[0]), 'the answer is there after a reload');
    await t.page.keyboard.press('Escape');
    await t.page.waitForSelector('.filepane', { state: 'detached' });
  }],
];

const audits = [
  ['Audits', 'start one, for a folder', async (t) => {
    await t.page.keyboard.press('g');
    await t.page.keyboard.press('u');
    await t.page.waitForFunction(() => location.hash === '#/audits');
    await t.page.waitForSelector('.empty');
    await t.settled('audits-empty');
    t.saw = await watchFor(t.page, '[role=progressbar]', '.candidates .row', '.stages li');
    await t.hand.press('[data-new]');
    await t.page.waitForSelector('dialog[open]');
    await t.page.keyboard.insertText('fresh');
    await t.settled('audit-new');
    await t.page.keyboard.press('Enter');
    await t.page.waitForFunction(() => location.hash.startsWith('#/audits/'));
  }],
  ['Audits', 'watch it read, and question its candidates', async (t) => {
    await t.page.waitForSelector('.finding', { timeout: longMs });
    for (const part of ['[role=progressbar]', '.stages li', '.candidates .row']) t.check(await t.saw(part), `${part} was seen while it ran`);
    t.firstAudit = decodeURIComponent(t.page.url().split('/').pop().split('?')[0]);
  }],
  ['Audits', 'findings: code, evidence, verification log', async (t) => {
    t.before = await countOf(t.page, 'shown');
    t.check(t.before >= 20, 'the findings of the example are there', t.before);
    t.check((await t.page.locator('.finding .cline.hit').count()) > 0, 'its line is marked in its code');
    t.check((await t.page.locator('.finding .ladder i.on').count()) > 0, 'its evidence is shown');
    t.check((await t.page.locator('.finding .log li').count()) >= 3, 'what each check said is listed');
    await t.settled('audit');
  }],
  ['Audits', 'go through findings; each is a link of its own', async (t) => {
    await t.hand.row(2);
    await t.page.waitForFunction(() => location.hash.includes('finding='));
    const heading = await t.page.innerText('.finding header');
    await t.page.reload();
    await t.page.waitForSelector('.finding');
    t.check((await t.page.innerText('.finding header')) === heading, 'the link shows the same finding');
  }],
  ['Audits', 'search findings, filter by severity', async (t) => {
    await t.hand.write('[data-search]', 'sql');
    await t.page.waitForFunction(() => [...document.querySelectorAll('[data-list] .option')].every((row) => row.innerText.includes('sql')));
    await t.hand.write('[data-search]', '');
    await t.hand.choose('[aria-label=Severity]', 'critical');
    await t.page.waitForFunction(() => [...document.querySelectorAll('[data-list] .sev')].every((one) => one.classList.contains('critical')));
    await t.hand.choose('[aria-label=Severity]', 'All');
  }],
  ['Audits', 'what was rejected, and why', async (t) => {
    await t.hand.tab('rejected');
    await t.page.waitForSelector('.finding .note');
    t.check((await t.page.innerText('.finding .note')).includes('Rejected'), 'a rejected candidate says why');
    await t.settled('audit-rejected');
    await t.hand.tab('shown');
  }],
  ['Audits', 'export: SARIF, HTML, JSON, text, GitHub', async (t) => {
    for (const [label, ending, holds] of [['SARIF', '.sarif', '"runs"'], ['HTML', '.html', '<html'], ['JSON', '.json', '"findings"'], ['Text', '.txt', ':'], ['GitHub', '.txt', '::']]) {
      const file = t.page.waitForEvent('download', { timeout: 30_000 });
      await t.hand.menu('main', label);
      const got = await file;
      t.check(got.suggestedFilename().endsWith(ending) && readFileSync(await got.path(), 'utf8').includes(holds), `${label} is saved`, got.suggestedFilename());
    }
  }],
  ['Audits', 'suppress a finding with a reason', async (t) => {
    await t.page.keyboard.press('l');
    await t.page.keyboard.press('s');
    await t.page.waitForSelector('dialog[open]');
    await t.settled('suppress');
    await t.page.keyboard.insertText(`shown by a test ${hostile[0]}`);
    await t.page.keyboard.press('Enter');
    await t.page.waitForSelector('dialog', { state: 'detached', timeout: 10_000 });
    const file = join(t.home, 'fresh/.fathom.yaml');
    t.check(existsSync(file) && readFileSync(file, 'utf8').includes('shown by a test'), 'the reason stands in .fathom.yaml');
    await t.page.reload();
    await t.page.waitForSelector('#tab-suppressed');
    t.check((await countOf(t.page, 'shown')) === t.before - 1, 'a reload shows one finding less');
  }],
  ['Audits', 'difference to a baseline', async (t) => {
    const report = await t.server.get(`/api/audits/${t.firstAudit}/report`);
    const mended = report.findings.find((one) => one.state === 'shown');
    const path = join(t.home, 'fresh', mended.path);
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').filter((_, index) => index + 1 < mended.start || index + 1 > mended.end).join('\n'));
    await t.go('audits');
    await t.page.keyboard.press('n');
    await t.page.waitForSelector('dialog[open]');
    await t.page.keyboard.insertText('fresh');
    await t.hand.choose('dialog select', 'findings');
    await t.hand.press('dialog .btn.primary');
    await t.page.waitForSelector('.report', { timeout: longMs });
    await t.hand.choose('[aria-label="Compare with"]', 'against');
    await t.page.waitForSelector('#tab-fixed');
    t.check((await countOf(t.page, 'fixed')) >= 1, 'what was mended is listed as fixed');
    await t.hand.tab('fixed');
    await t.page.waitForSelector('.finding');
    await t.settled('audit-baseline');
  }],
  ['Audits', 'the list of audits, searched; one opens', async (t) => {
    await t.go('audits');
    await t.page.waitForSelector('.vrow');
    await t.settled('audits');
    await t.hand.write('[data-search]', 'no such folder');
    await t.page.waitForSelector('text=No folder has');
    await t.hand.write('[data-search]', 'fresh');
    await t.hand.press('.vrow a');
    await t.page.waitForSelector('.report');
  }],
];

const sessions = [
  ['Sessions', 'none yet: the page says what they are', async (t) => {
    await t.go('sessions');
    await t.page.waitForSelector('.empty');
    await t.settled('sessions-empty');
  }],
  ['Sessions', 'begin one; a reload in the middle shows the same run', async (t) => {
    await t.page.keyboard.press('n');
    await t.page.waitForSelector('dialog[open] textarea');
    await t.settled('session-new');
    await t.hand.write('dialog textarea', `Read the file zanzibar.md ${hostile[0]}`);
    await t.hand.write('dialog input.mono', 'orders-service');
    t.saw = await watchFor(t.page, '.live [data-stop]');
    await t.hand.press('dialog .btn.primary');
    await t.page.waitForFunction(() => location.hash.startsWith('#/sessions/'));
    await t.page.waitForSelector('.live, .message.assistant', { timeout: longMs });
    t.check(await t.saw('.live [data-stop]'), 'the turn is shown as it runs');
    await t.page.reload();
    t.session = decodeURIComponent(t.page.url().split('/').pop());
    await t.page.waitForSelector('.vpart .message.user', { timeout: longMs });
    await t.page.waitForSelector('.live', { state: 'detached', timeout: longMs });
    const { runs } = await t.server.get('/api/runs');
    const kept = runs.find((one) => one.session === t.session);
    const { state } = kept ? await t.server.ended(kept.id) : {};
    t.check(kept?.kind === 'agent' && state === 'done', 'the turn has run', state);
    t.run = kept?.id;
  }],
  ['Sessions', 'its turn on the timeline', async (t) => {
    await t.go(`runs/${t.run}`);
    await t.page.waitForSelector('.span', { timeout: longMs });
    await t.page.waitForSelector('.dot.done', { timeout: longMs });
  }],
  ['Runs', 'timeline: prefill, tokens, tools and waits, and the same as a table', async (t) => {
    const lanes = await t.page.evaluate(() => ['prefill', 'tokens', 'tools', 'waits'].filter((lane) => document.querySelector(`.span.${lane}`)));
    t.check(lanes.length === 4, 'the run shows spans of each kind', lanes);
    const rows = await t.page.locator('.vrow').count();
    t.check(rows >= 4, 'the table lists them', rows);
    await t.settled('run');
  }],
  ['Runs', 'zoom: closer, further away, whole', async (t) => {
    const width = () => t.page.evaluate(() => document.querySelector('.lane-space').getBoundingClientRect().width);
    const whole = await width();
    await t.hand.press('[data-zoom-in]');
    await t.page.keyboard.press('+');
    t.check((await width()) > 3.5 * whole, 'twice closer is four times as wide');
    await t.page.keyboard.press('-');
    await t.hand.press('.timeline .btn:has-text("Whole run")');
    t.check(Math.abs((await width()) - whole) < 2, 'the whole run fits again');
  }],
  ['Runs', 'wasted spend is marked, with its reason', async (t) => {
    t.check((await t.page.locator('.span.wasted').count()) >= 1, 'a call that failed is marked');
    t.check((await t.page.innerText('.figures .wasted')).includes('came to nothing'), 'what it cost is summed');
    await t.hand.press('.vrow:has(.bad-text:not(:empty)) button');
    t.check((await t.page.innerText('.run .note')).length > 5, 'picked, it says why');
  }],
  ['Runs', 'the list, searched; one opens', async (t) => {
    await t.go('runs');
    await t.page.waitForSelector('.vrow');
    await t.settled('runs');
    await t.hand.write('[data-search]', 'zanzibar');
    await t.page.waitForFunction(() => document.querySelectorAll('.vrow').length === 1);
    await t.hand.press('.vrow a');
    await t.page.waitForSelector('.span');
  }],
  ['Sessions', 'search through their words', async (t) => {
    await t.go('sessions');
    await t.page.waitForSelector('.vlist .option');
    await t.hand.write('[data-search]', 'zanzibar');
    await t.page.waitForFunction(() => document.querySelector('.vlist .option')?.innerText.includes('zanzibar'));
    await t.hand.write('[data-search]', 'nosuchword');
    await t.page.waitForSelector('.empty:has-text("Nothing has these words")');
    await t.hand.write('[data-search]', '');
    await t.page.waitForSelector('.vlist .option');
  }],
  ['Sessions', 'fork at a turn: the tree shows it below its parent', async (t) => {
    await t.go(`sessions/${t.session}`);
    await t.page.waitForSelector('.vpart');
    await t.hand.begin('.vstack');
    await t.hand.press('.turn .btn');
    await t.page.waitForFunction((id) => !location.hash.includes(id) && location.hash.includes('/s-'), t.session);
    await t.page.waitForFunction(() => document.querySelectorAll('.vlist .option').length === 2);
    t.check((await t.page.locator('.branch .icon').count()) === 1, 'the fork stands below its parent');
    await t.settled('session');
  }],
  ['Sessions', 'context: tools, history, thinking, free', async (t) => {
    await t.page.waitForSelector('.session .gauge');
    const said = await t.page.innerText('.session .gauge');
    t.check(/tools/.test(said) && /history/.test(said) && /free/.test(said), 'the gauge names what fills the context', said);
  }],
  ['Sessions', 'resume with the next turn', async (t) => {
    await t.hand.write('[data-ask]', 'and then?');
    await t.page.keyboard.press('Enter');
    await t.page.waitForSelector('.message.user:has-text("and then?")', { timeout: longMs });
    await t.page.waitForSelector('.live', { state: 'detached', timeout: longMs });
    const { message_list: kept } = await t.server.get(`/api/sessions/${decodeURIComponent(t.page.url().split('/').pop())}`);
    t.check(kept.some((one) => one.content === 'and then?'), 'the turn is kept');
  }],
  ['Sessions', 'export as Markdown and JSON', async (t) => {
    for (const [label, ending] of [['Markdown', '.md'], ['JSON', '.json']]) {
      const file = t.page.waitForEvent('download', { timeout: 30_000 });
      await t.hand.menu('main', label);
      const got = await file;
      t.check(got.suggestedFilename().endsWith(ending) && readFileSync(await got.path(), 'utf8').includes('and then?'), `${label} is saved`);
    }
  }],
  ['Sessions', 'delete; its fork stays', async (t) => {
    await t.go(`sessions/${t.session}`);
    await t.hand.press('.btn.danger');
    await t.hand.press('dialog .btn.danger');
    await t.page.waitForSelector('dialog', { state: 'detached' });
    const left = (await t.server.get('/api/sessions')).sessions;
    t.check(left.length === 1 && left[0].parent === t.session, 'the fork is there', left.length);
  }],
];

const corpora = [
  ['Corpora', 'treemap of tokens by file: volatility, citations, window', async (t) => {
    const { corpora: list } = await t.server.get('/api/corpora');
    await t.go(`corpora/${list.find((one) => one.root.endsWith('orders-service')).name}`);
    await t.page.waitForSelector('.treemap .cell', { timeout: longMs });
    const heats = () => t.page.evaluate(() => [...document.querySelectorAll('.treemap .cell')].map((cell) => /heat-\d/.exec(cell.className)[0]));
    await t.hand.choose('.corpus select', 'changes');
    const changes = await heats();
    t.check(new Set(changes).size >= 2, 'files differ in how often they change', changes);
    await t.settled('corpora');
    await t.hand.choose('.corpus select', 'cited');
    await t.page.waitForSelector('.cell.heat-4');
    const hottest = await t.page.locator('.cell.heat-4').first().getAttribute('aria-label');
    t.check(/[1-9]\d* citation/.test(hottest), 'the file that was cited is the hottest', hottest);
    await t.hand.choose('.corpus select', 'context');
    t.check((await heats()).every((heat) => heat === 'heat-1'), 'all of it stands in the context');
  }],
  ['Corpora', 'context gauge, state on disk', async (t) => {
    const said = await t.page.innerText('.corpus');
    t.check(/corpus/.test(said) && /free/.test(said) && /of state in/.test(said), 'gauge and state are there', said.slice(0, 300));
  }],
  ['Corpora', 'the files as a list, searched; one opens', async (t) => {
    await t.hand.tab('list');
    await t.page.waitForSelector('.files .vrow');
    await t.settled('corpora-files');
    await t.hand.write('[data-search]', 'config.py');
    await t.page.waitForFunction(() => document.querySelectorAll('.files .vrow').length === 1);
    await t.hand.press('.files .vrow button');
    await t.page.waitForSelector('.filepane .cline');
    t.check(t.page.url().includes('file=orders%2Fconfig.py'), 'the file is a link', t.page.url());
    await t.settled('file');
    await t.page.keyboard.press('Escape');
    await t.hand.tab('map');
  }],
  ['Corpora', 'names and contents of files are text', async (t) => {
    await t.page.keyboard.press('n');
    await addCorpus(t, 'hostile');
    await t.page.waitForSelector('.treemap .cell', { timeout: longMs });
    await t.hand.press('.treemap .cell');
    await t.page.waitForSelector('.filepane .cline');
    await t.settled('hostile');
    await t.page.keyboard.press('Escape');
  }],
  ['Corpora', 'forget one', async (t) => {
    await t.hand.press('.corpus .btn.danger');
    await t.hand.press('dialog .btn.danger');
    await t.page.waitForSelector('dialog', { state: 'detached' });
    const { corpora: list } = await t.server.get('/api/corpora');
    t.check(!list.some((one) => one.root.endsWith('hostile')), 'it is not kept any more');
  }],
];

// Asks, waits for a person, then wants to write: a step that asks and a call that asks.
export const approved = `version: 1
name: approved-notes
description: Answers questions about a folder, and writes them down when a person agrees.
corpus: \${{ inputs.folder }}
inputs:
  folder: {type: path, default: handbook, description: Folder to read}
  questions: {type: list, description: One answer each}
tools:
  workspace: \${{ inputs.folder }}
  allow: [write_file]
steps:
  - id: answers
    matrix: {question: "\${{ inputs.questions }}"}
    ask: {question: "\${{ matrix.question }}"}
  - id: agreed
    needs: [answers]
    approve: {message: "Write \${{ length(steps.answers.output) }} answers?"}
  - id: save
    needs: [agreed]
    tool: {name: write_file, arguments: {path: answers.txt, content: "\${{ join(steps.answers.output.*.text, ' / ') }}"}}
  - id: report
    needs: [save]
    report: {text: "\${{ length(steps.answers.output) }} answers stand in answers.txt."}
`;

async function startNotes(t) {
  await t.go('workflows/approved-notes');
  await t.hand.write('[data-input=questions]', 'What is the meal allowance on business trips?\nWho approves a business trip?');
  await t.page.waitForSelector('[data-start]:not([disabled])');
  await t.hand.press('[data-start]');
  await t.page.waitForSelector('.approval', { timeout: longMs });
  return new URLSearchParams(t.page.url().split('?')[1]).get('run');
}

const workflows = [
  ['Workflows', 'graph of the steps; the cost bound for these inputs, before anything runs', async (t) => {
    const bound = async () => Number((await t.page.innerText('.figures dd')).replace(/\D/g, ''));
    await t.go('workflows/doc-qa');
    await t.page.waitForSelector('.graph .node');
    t.check((await t.page.locator('.graph .node').count()) === 2, 'its steps are drawn');
    const before = await bound();
    await t.settled('workflow');
    await t.hand.write('[data-input=path]', 'handbook');
    await t.hand.write('[data-input=questions]', 'What is the meal allowance on business trips?');
    await t.page.waitForFunction((most) => Number(document.querySelector('.figures dd').innerText.replace(/\D/g, '')) < most, before);
    const after = await bound();
    t.check(after > 0 && after < before / 50, 'one question costs a small part of the 256 it may ask', [before, after]);
    await t.settled('workflow-bound');
  }],
  ['Workflows', 'where nothing bounds the cost, because of what', async (t) => {
    await t.go('workflows/codebase-audit');
    await t.hand.write('[data-input=path]', 'no-such-folder');
    await t.page.waitForSelector('[data-unbounded]');
    t.check(/audit: .{10}/.test(await t.page.innerText('[data-unbounded]')), 'the step and the reason are named');
    await t.settled('workflow-unbounded');
    await t.page.waitForSelector('[data-start]:not([disabled])');
    await t.hand.press('[data-start]');
    await t.page.waitForSelector('form .note[role=alert]');
    t.check((await t.server.get('/api/workflow-runs')).workflow_runs.length === 0, 'it was not started');
    await t.refusalsWereMeant();
  }],
  ['Workflows', 'start one; its graph and steps show how it stands', async (t) => {
    t.flow = await startNotes(t);
    t.check((await t.page.locator('.graph .node.waiting').count()) === 1 && (await t.page.locator('.graph .node.done').count()) === 1, 'the graph shows what is done and what waits');
    t.check((await t.page.innerText('.approval')).includes('Write 2 answers?'), 'the question is asked there');
    await t.settled('workflow-run');
  }],
  ['Workflows', 'approvals answered there', async (t) => {
    await t.hand.press('.approval [data-allow]');
    await t.page.waitForFunction(() => document.querySelector('.approval')?.innerText.includes('write_file'), null, { timeout: 20_000 });
    await t.settled('workflow-approval');
  }],
  ['Runs', 'approvals answered there: every byte that would be executed is shown', async (t) => {
    await t.go('runs');
    await t.page.waitForSelector('.approval');
    t.check((await t.page.innerText('.approval .args')).includes('answers.txt'), 'the call is shown whole');
    await t.settled('approval');
    await t.hand.press('.approval [data-allow]');
    await t.page.waitForSelector('.approval', { state: 'detached' });
    await t.go(`workflows/approved-notes?run=${t.flow}`);
    await t.page.waitForSelector('[data-run-state=done]', { timeout: 20_000 });
    t.check(existsSync(join(t.home, 'handbook/answers.txt')), 'what was allowed has happened');
  }],
  ['Workflows', 'details of each step', async (t) => {
    t.check((await t.page.locator('.graph .node.done').count()) === 4, 'all steps are done');
    await t.hand.press('.vrow:has-text("answers 2") button');
    await t.page.waitForSelector('[aria-label="Step answers 2"]');
    t.check((await t.page.innerText('.step')).includes('citations'), 'its output and citations are shown');
    await t.settled('workflow-step');
  }],
  ['Workflows', 'cancel one that waits', async (t) => {
    t.stopped = await startNotes(t);
    await t.hand.press('[data-stop]');
    await t.page.waitForSelector('[data-resume]', { timeout: 20_000 });
    t.check((await t.server.get(`/api/workflow-runs/${t.stopped}`)).state !== 'done', 'it is stopped');
    await t.settled('workflow-stopped');
  }],
  ['Workflows', 'resume it: what was done is not done again', async (t) => {
    const before = (await t.server.get(`/api/workflow-runs/${t.stopped}`)).steps.filter((one) => one.step === 'answers');
    await t.hand.press('[data-resume]');
    await t.page.waitForSelector('[data-allow]:enabled', { timeout: 20_000 });
    await t.page.keyboard.press('y');
    await t.page.waitForFunction(() => document.querySelector('.approval')?.innerText.includes('write_file'), null, { timeout: 20_000 });
    await t.page.waitForSelector('[data-deny]:enabled');
    await t.page.keyboard.press('d');
    await t.page.waitForSelector('[data-run-state=failed], [data-run-state=negative], [data-run-state=done]', { timeout: 20_000 });
    const after = (await t.server.get(`/api/workflow-runs/${t.stopped}`)).steps.filter((one) => one.step === 'answers');
    t.check(JSON.stringify(after) === JSON.stringify(before), 'the answers are those that were kept');
    await t.settled('workflow-denied');
  }],
  ['Workflows', 'past runs; one opens, one is removed', async (t) => {
    await t.hand.press('.workflow [data-close]');
    await t.page.waitForSelector('#workflow .vrow');
    t.check((await t.page.locator('#workflow .vrow').count()) === 2, 'both runs are listed');
    await t.settled('workflow-runs');
    await t.hand.press('#workflow .vrow a');
    await t.hand.press('[data-remove]');
    await t.page.waitForFunction(() => document.querySelectorAll('#workflow .vrow').length === 1);
  }],
  ['Workflows', 'its run on the timeline', async (t) => {
    const run = (await t.server.get('/api/runs')).runs.find((one) => one.kind === 'workflow');
    await t.go(`runs/${run.id}`);
    await t.page.waitForSelector('.span.waits');
    await t.settled('workflow-timeline');
  }],
  ['Workflows', 'YAML editor: completion from the schema', async (t) => {
    await t.go('workflows/approved-notes');
    await t.hand.tab('yaml');
    if (t.hand.kind === 'mouse') await t.page.locator('.yaml-editor .cm-content').click();
    else await t.page.keyboard.press('Tab');
    await t.page.keyboard.press('Control+End');
    await t.page.keyboard.type('bud');
    await t.page.waitForSelector('.cm-tooltip-autocomplete >> text=budgets', { timeout: 10_000 });
    await t.settled('workflow-completion');
    await t.page.keyboard.press('Enter');
    t.check((await t.page.locator('.cm-content').innerText()).includes('budgets: '), 'the name is written out');
  }],
  ['Workflows', 'YAML editor: problems with place, code and suggestion', async (t) => {
    await t.page.keyboard.type('{token: 5}');
    await t.page.waitForFunction(() => document.querySelector('.problems')?.innerText.includes('tokens'), null, { timeout: 15_000 }).catch(() => undefined);
    const said = await t.page.innerText('.problems');
    t.check(/WF\d+/.test(said) && said.includes('tokens') && /\d+:\d+/.test(said), 'code, place and suggestion are there', said);
    t.check((await t.page.locator('.cm-lintRange-error').count()) > 0, 'the place is marked in the text');
    await t.settled('workflow-yaml');
  }],
];

const engine = [
  ['Engine', 'throughput, batch, memory, prefix hits and misses with the reason, tokens and dollars', async (t) => {
    const say = (...messages) => t.server.post('/v1/chat/completions', { model: 'nano', max_tokens: 8, messages: messages.map((content, index) => ({ role: index % 2 ? 'assistant' : 'user', content })) });
    await say('one two three');
    await say('one two three', 'something that was not said', 'four');
    await t.go('engine');
    await t.page.waitForSelector('.chart canvas', { timeout: 20_000 });
    await say('one two three', 'something else again', 'five');
    await wait(2500);
    const said = await t.page.innerText('.body');
    for (const words of ['tokens computed', 'saved by snapshots', 'spent', 'Tokens a second', 'Batch', 'Memory', 'weights', 'Prefixes', 'requests went on from what was kept'])
      t.check(said.includes(words), `the page says: ${words}`);
    for (const row of ['First token', 'Between tokens', 'Whole answer']) t.check(new RegExp(`${row}\\s+≤ `).test(said), `latency: ${row}`, said.slice(said.indexOf('Latency'), said.indexOf('Latency') + 120));
    const losses = await t.page.locator('section:has(h2:text("Prefixes")) tbody tr').count();
    t.check(losses >= 1, 'what was lost of a conversation says why', losses);
    await t.settled('engine');
  }],
];

const everywhere = [
  ['All pages', 'sign out; the link signs in where the login stands', async (t) => {
    await t.go('engine');
    await t.hand.press('.rail [title="Sign out"]');
    await t.page.waitForSelector('input[type=password]');
    await t.settled('login');
    t.check((await t.page.locator('nav.rail').count()) === 0, 'nothing but the login is left');
    await t.page.goto(t.server.link); // only the fragment differs: nothing is loaded
    await t.page.waitForSelector('nav.rail');
    t.check(t.page.url().endsWith('#/ask'), 'the link signs in, and its token leaves the address', t.page.url());
    await t.hand.press('.rail [title="Sign out"]');
    await t.hand.write('input[type=password]', t.token);
    await t.page.keyboard.press('Enter');
    await t.page.waitForSelector('nav.rail');
    await t.refusalsWereMeant();
  }],
  ['All pages', 'theme: system, light, dark', async (t) => {
    const now = () => t.page.evaluate(() => document.documentElement.dataset.theme);
    const system = await now();
    t.check(system === t.scheme, 'the system\'s colours at first', system);
    const seen = [];
    for (let n = 0; n < 3; n += 1) {
      await t.page.keyboard.press('t');
      seen.push(await now());
    }
    t.check(seen.includes('light') && seen.includes('dark') && seen[2] === t.scheme, 'light, dark, and the system\'s again', seen);
  }],
  ['All pages', 'go to anything from Ctrl-K', async (t) => {
    await t.page.keyboard.press('Control+k');
    await t.page.waitForSelector('dialog[open] [role=combobox]');
    await t.settled('palette');
    await t.page.keyboard.type('engi');
    await t.page.keyboard.press('Enter');
    await t.page.waitForFunction(() => location.hash === '#/engine');
  }],
  ['All pages', 'the map of the keyboard', async (t) => {
    await t.page.keyboard.press('?');
    await t.page.waitForSelector('dialog[open] .keys');
    await t.settled('keys');
    await t.page.keyboard.press('Escape');
    await t.page.waitForSelector('dialog', { state: 'detached' });
  }],
  ['All pages', 'every page is a link, and loads behind a skeleton', async (t) => {
    for (const name of ['ask', 'audits', 'runs', 'sessions', 'corpora', 'workflows', 'engine']) {
      await t.page.route('**/api/**', async (route) => {
        await wait(400);
        await route.fallback().catch(() => undefined);
      });
      await t.page.goto('about:blank');
      await t.page.goto(`${t.server.url}/#/${name}`);
      const skeleton = await t.page.waitForSelector('.skeleton', { timeout: 5000 }).catch(() => null);
      t.check(skeleton !== null, `${name}: what loads shows that it does`);
      await t.page.unroute('**/api/**');
      await t.page.waitForSelector('.skeleton', { state: 'detached', timeout: longMs });
      t.check((await t.page.locator('.rail [aria-current=page]').count()) === 1, `${name}: its link opens it`);
    }
  }],
  ['All pages', 'what does not exist, and what fails, says so', async (t) => {
    for (const route of ['runs/none', 'audits/none', 'sessions/none', 'corpora/none', 'workflows/none', 'nothing/here']) {
      await t.go(route);
      await t.page.waitForSelector('.note, .empty', { timeout: 10_000 });
    }
    await t.settled('missing');
    await t.refusalsWereMeant();
  }],
  ['All pages', 'the server is gone: a banner, what was known stays, and it comes back', async (t) => {
    await t.go('runs');
    await t.page.waitForSelector('.vrow');
    await t.page.route('**/api/**', (route) => route.abort());
    await t.page.waitForSelector('.banner', { timeout: 10_000 });
    t.check((await t.page.locator('.vrow').count()) > 0, 'the runs that were known are still shown');
    await t.settled('offline');
    await t.page.unroute('**/api/**');
    await t.page.waitForSelector('.banner', { state: 'detached', timeout: 10_000 });
    await t.refusalsWereMeant();
  }],
];

export const actions = [...ask, ...audits, ...sessions, ...corpora, ...workflows, ...engine, ...everywhere];
