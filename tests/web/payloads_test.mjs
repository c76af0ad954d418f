// SPDX-License-Identifier: Apache-2.0
// Every payload of hostile.mjs (XSS, Markdown, terminals, directions) goes through every field of text of the program
// itself: names of corpora and files, their content, questions, findings, reasons of suppressions, sessions and what their
// tools are given and give, workflows with their inputs, steps and errors, approvals, searches, links, the login. Each is
// seen on its page, as text, and does nothing there.
//
//   node payloads_test.mjs --packages DIR --dist DIR --fathom PROGRAM --examples DIR
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish, launch, openPage } from './browser.mjs';
import { hostile } from './hostile.mjs';
import { pageIsInert } from './inert_page.mjs';
import { forget, longMs, newHome, serve } from './program.mjs';

const oneLine = (text) => text.replace(/[\r\n]+/g, ' ').slice(0, 400);
const fileName = (text) => Buffer.from(oneLine(text).replace(/[/\0]/g, ' ').toWellFormed()).subarray(0, 180).toString().replace(/\ufffd+$/, '');
const lines = hostile.map((text) => oneLine(text.toWellFormed()).replaceAll('\0', '').slice(0, 150));
const groups = (list, size) => list.map((_, at) => (at % size === 0 ? list.slice(at, at + size).join(' \n') : '')).filter(Boolean);
const yamlText = (text) => JSON.stringify(oneLine(text.toWellFormed()).replaceAll('$', '$$'));
const folderName = fileName(`b\u202e${hostile[0]}`);
const mark = 'onerror'; // stands in many payloads; seen on a page, it came there as text

// A repository whose every name and line is a payload; each file has weaknesses, some of which an audit finds.
function writeRepository(home) {
  const folder = join(home, folderName);
  mkdirSync(join(folder, fileName(hostile[3])), { recursive: true });
  hostile.forEach((text, index) => {
    const body = ['import hashlib, os, pickle', '', `def check_${index}(name):`, `    # ${lines[index]}`, `    os.system("echo ${lines[index].replaceAll('"', "'").replaceAll('\\', '')} " + name)`,
      `    api_key = "sk_live_51H8fJ2aQzX9"  # ${lines[index]}`, `    state = pickle.loads(request.data)  # ${lines[index]}`,
      `    return hashlib.md5(name).hexdigest()  # ${lines[index]}`, ''];
    writeFileSync(join(folder, fileName(hostile[3]), `${index} ${fileName(text)}.py`.slice(-200)), body.join('\n'));
  });
  writeFileSync(join(folder, 'README.md'), `${lines.map((text, index) => `LIMIT_${index} = ${index}  # ${text}`).join('\n')}\n`);
  writeFileSync(join(folder, 'ignored.py'), `import hashlib\nkey = hashlib.md5(b"x").hexdigest()  # fathom: ignore[weak-hash] ${lines[0]} ${lines[26]}\n`);
}

const workflow = `version: 1
name: payloads
description: ${yamlText(hostile[0])}
inputs:
  word: {type: string, default: ${yamlText(hostile[1])}, description: ${yamlText(hostile[10])}}
  list: {type: list, description: ${yamlText(hostile[26])}}
  folder: {type: path, default: notes}
tools: {workspace: "\${{ inputs.folder }}", allow: [write_file, read_file]}
steps: # ${oneLine(hostile[0])} ${oneLine(hostile[26])}
  - id: each
    name: ${yamlText(hostile[4])}
    matrix: {text: "\${{ inputs.list }}"}
    report: {text: "\${{ matrix.text }}"}
  - id: agreed
    needs: [each]
    approve: {message: "\${{ join(steps.each.output.*.text, ' ') }}"}
  - id: save
    needs: [agreed]
    tool: {name: write_file, arguments: {path: a.txt, content: "\${{ join(steps.each.output.*.text, ' ') }}"}}
  - id: lost
    needs: [save]
    tool: {name: read_file, arguments: {path: "\${{ inputs.word }}"}}
`;
const broken = `version: 1\nname: ${yamlText(hostile[2])}\n${yamlText(hostile[0])}: 1\nsteps:\n  - id: ${yamlText(hostile[1])}\n    needs: [${yamlText(hostile[26])}]\n    report: {text: "\${{ ${oneLine(hostile[0]).replaceAll('"', "'")} }}"}\n`;

const browser = await launch();
const home = newHome([], { payloads: workflow, broken });
writeRepository(home);
mkdirSync(join(home, 'notes'));
const server = await serve(home);
const { context, page, seen } = await openPage(browser, server.url, 'light');
const go = async (route) => {
  await page.goto(`${server.url}/#/${route}`);
  await page.waitForSelector('.skeleton', { state: 'detached', timeout: longMs });
  await page.waitForTimeout(250);
};
const begun = Date.now();
page.setDefaultTimeout(20_000);

// The page as it is now: `words` are seen on it, and it is inert.
async function shows(field, words = mark) {
  const texts = await page.evaluate(() => [document.getElementById('app').innerText, ...[...document.querySelectorAll('#app *')].flatMap((one) => (one.shadowRoot ? [one.shadowRoot.textContent] : []))].join('\n'));
  check(texts.includes(words), `${field}: the payload is on its page`, texts.slice(0, 300));
  await pageIsInert(page, field);
}

const dialogWith = async (fields) => {
  await page.keyboard.press('n');
  await page.waitForSelector('dialog[open]');
  for (const [index, text] of fields.entries()) await page.locator('dialog :is(input, textarea)').nth(index).fill(text);
};
const refusedIn = async (field, fields, words) => {
  await dialogWith(fields);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog [role=alert]', { timeout: 60_000 });
  await shows(field, words);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
};

async function login() {
  await page.goto(server.url);
  await page.fill('input[type=password]', hostile[0]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=alert]');
  await shows('a token', 'does not know');
  await page.goto(server.link);
  await page.waitForSelector('nav.rail');
}

async function corpora() {
  await go('corpora');
  await refusedIn('a folder that is not there', [`none/${hostile[0]}`], 'is not there');
  const made = await server.ended((await server.post('/api/corpora', { path: folderName })).id);
  check(made.state === 'done', 'the repository is read', made);
  const name = made.result.name;
  await go(`corpora/${encodeURIComponent(name)}`);
  await page.waitForSelector('.treemap .cell');
  await page.click('summary:has-text("not read")');
  check((await page.innerText('.skipped')).includes('not printable'), 'names that hold controls are not read, and named');
  await shows('names of a corpus and its files, as a map');
  await go(`corpora/${encodeURIComponent(name)}?view=list`);
  await page.waitForSelector('.files .vrow');
  await shows('names of files, as a list');
  await page.fill('[data-search]', hostile[1]);
  await shows('a search of files', 'of state in');
  const { per_file: files } = await server.get(`/api/corpora/${encodeURIComponent(name)}/tree`);
  check(files.length >= hostile.length - 4, 'every file was read whose name can be printed', files.length);
  for (const file of [files.find((one) => one.path.endsWith('README.md')), files.find((one) => one.path.includes('0 <img'))]) {
    await go(`corpora/${encodeURIComponent(name)}?${new URLSearchParams({ file: file.path, line: 4, end: 5 })}`);
    await page.waitForSelector('.filepane .cline.hit');
    await shows(`content of ${file.path.slice(-12)}`);
  }
  return name;
}

async function questions(name) {
  const runs = [];
  for (const [index, text] of groups(lines, 4).entries()) {
    for (const question of [`What is LIMIT_${4 * index}? ${text}`, text])
      runs.push(await server.ended((await server.post('/api/ask', { corpus: name, question })).id));
  }
  check(runs.every((run) => run.state === 'done'), 'every question is answered', runs.filter((run) => run.state !== 'done').slice(0, 2));
  const cited = runs.filter((run) => run.result?.citations?.length > 0);
  check(cited.length >= 3, 'answers cite lines with payloads', cited.length);
  await page.evaluate((list) => sessionStorage.setItem('fathom.asked', JSON.stringify(list)), runs.map((run) => ({ run: run.id, corpus: name, question: run.title })));
  await page.reload();
  await go(`ask/${encodeURIComponent(name)}`);
  await page.waitForSelector('.citation', { timeout: 60_000 });
  await shows('questions, answers and citations');
  await page.locator('.citation button').first().click();
  await page.waitForSelector('.filepane .cline.hit');
  await shows('a cited line');
  await page.keyboard.press('Escape');
  await page.fill('[data-ask]', hostile[0]);
  await page.keyboard.press('Enter');
  await page.waitForFunction((many) => document.querySelectorAll('.exchange').length > many, runs.length);
  await page.waitForSelector('.exchange:last-of-type .cost', { timeout: 60_000 });
  await shows('a question that is written here');
  await go('runs');
  await shows('titles of runs');
  await go(`runs/${(cited.find((run) => run.title.includes('LIMIT_')) ?? cited[0]).id}`);
  await page.waitForSelector('.span');
  await shows('one question on the timeline', 'LIMIT_');
}

async function audits() {
  await go('audits');
  await refusedIn('a folder to audit that is not there', [`none/${hostile[0]}`, ''], 'is not there');
  await dialogWith([folderName, hostile[0]]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('main .note', { timeout: 60_000 });
  await shows('families that are not there');
  const audit = await server.ended((await server.post('/api/audits', { path: folderName })).id);
  const report = await server.get(`/api/audits/${audit.id}/report`);
  check(report.findings.filter((one) => one.state === 'shown').length >= 10, 'the audit finds its weaknesses', report.counts);
  for (const tab of ['shown', 'rejected', 'suppressed', 'low_confidence']) {
    await go('audits');
    await go(`audits/${audit.id}?tab=${tab}`);
    await page.waitForSelector('.report');
    const list = report.findings.filter((one) => one.state === tab);
    if (list.length > 0) await shows(`findings: ${tab}`, list.some((one) => JSON.stringify(one).includes(mark)) ? mark : 'CWE');
  }
  const first = report.findings.filter((one) => one.state === 'shown').slice(0, 4);
  const reasons = [hostile[0], hostile[6], hostile[25], hostile[26]].map((text) => `a reason ${oneLine(text)}`);
  for (const [index, finding] of first.entries()) {
    await go('audits');
    await go(`audits/${audit.id}?finding=${finding.fingerprint}`);
    await page.click('[data-suppress]');
    await page.waitForSelector('dialog[open]');
    await page.fill('dialog input', reasons[index].replaceAll('\0', ''));
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog', { state: 'detached', timeout: 10_000 });
    await page.click('#tab-suppressed');
    await page.waitForSelector('.finding .note');
    await shows(`the reason of a suppression, ${index + 1}`, 'a reason');
  }
  const second = await server.ended((await server.post('/api/audits', { path: folderName, baseline: audit.id })).id);
  await go(`audits/${second.id}?tab=suppressed`);
  await page.waitForSelector('.finding .note');
  await shows('suppressions of a repository\'s own making', 'a reason');
  await go(`audits/${second.id}?baseline=${audit.id}`);
  await page.waitForSelector('.report');
  await shows('against a baseline', 'CWE');
  await go('audits');
  await shows('folders of audits');
}

async function sessions() {
  await go('sessions');
  await dialogWith([hostile[0], `none/${hostile[1]}`]);
  await page.click('dialog .btn.primary');
  await page.waitForSelector('dialog [role=alert]');
  await shows('a workspace that is not there', 'is not there');
  await page.keyboard.press('Escape');
  const made = [];
  for (const message of ['Read the file README.md', ...groups(lines, 12)]) {
    made.push(await server.ended((await server.post('/api/sessions', { message, workspace: folderName, steps_max: message.length < 30 ? 2 : 1, seconds_max: 20 })).id));
  }
  const read = await server.get(`/api/sessions/${made[0].session}`);
  check(read.message_list.some((one) => one.role === 'tool' && one.content.includes(mark)), 'a tool gave what the file holds', read.message_list.map((one) => one.role));
  await go('sessions');
  await page.waitForSelector('.vlist .option');
  await shows('titles of sessions');
  for (const run of made) {
    await go(`sessions/${run.session}`);
    await page.waitForSelector('.vpart');
    await page.locator('.vstack').evaluate((stack) => stack.scrollTo(0, 0));
    await page.waitForTimeout(150);
    await shows(`a session: ${run.title.slice(0, 20).toWellFormed()}`, 'Turn 1');
  }
  await go(`sessions/${made[0].session}`);
  await page.waitForSelector('.message.tool');
  await shows('what a tool gave');
  await page.fill('[data-search]', 'onerror');
  await page.waitForTimeout(500);
  await page.waitForSelector('.vlist .option, .empty');
  await shows('a search through sessions');
  await page.fill('[data-search]', hostile[1]);
  await page.waitForTimeout(500);
  await shows('a search that finds nothing, or breaks its words', 'Sessions');
  await go(`runs/${made[0].id}`);
  await page.waitForSelector('.span.tools');
  await page.locator('.vrow:has(.swatch.tools) button').first().click();
  await shows('arguments of a call', 'README.md');
}

async function workflows() {
  await go('workflows');
  await page.waitForSelector('.vlist .option');
  await shows('descriptions of workflows');
  await go('workflows/broken');
  await page.waitForSelector('.problems');
  await shows('problems of a workflow');
  await go('workflows/broken?tab=yaml');
  await page.waitForSelector('.yaml-editor .cm-content');
  await shows('the text of a workflow that is broken');
  await go('workflows/payloads?tab=yaml');
  await page.waitForSelector('.yaml-editor .cm-content');
  await shows('the text of a workflow');
  await page.locator('.yaml-editor .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(`${lines[0]}: ${lines[26]}\n`);
  await page.waitForFunction(() => !document.querySelector('.problems')?.innerText.includes('no problem') && document.querySelector('.problems'), null, { timeout: 15_000 });
  await shows('problems of what is written in the editor');
  await page.reload();
  await go('workflows/payloads');
  await page.waitForSelector('.graph .node');
  await shows('inputs of a workflow');
  await page.fill('[data-input=word]', oneLine(hostile[0]));
  await page.fill('[data-input=list]', lines.join('\n'));
  await page.waitForSelector('[data-start]:enabled');
  await shows('inputs as they are written');
  await page.click('[data-start]');
  await page.waitForSelector('.approval', { timeout: 60_000 });
  await shows('a question of a workflow, with the values of its steps');
  const id = new URLSearchParams(page.url().split('?')[1]).get('run');
  await page.locator('.vrow button').nth(3).click();
  await page.waitForSelector('.step');
  await shows('the value of a step', 'text');
  await page.click('.approval [data-allow]:enabled');
  await page.waitForFunction(() => document.querySelector('.approval')?.innerText.includes('write_file'), null, { timeout: 20_000 });
  await shows('every byte of a call that waits');
  await go('runs');
  await page.waitForSelector('.approval');
  await shows('the same among all runs');
  await page.click('.approval [data-allow]:enabled');
  await page.waitForSelector('.approval', { state: 'detached' });
  await go(`workflows/payloads?run=${id}`);
  await page.waitForSelector('[data-run-state=failed]', { timeout: 20_000 });
  await shows('why a step failed');
  const { run } = (await server.get('/api/runs')).runs.filter((one) => one.kind === 'workflow').map((one) => ({ run: one.id }))[0];
  await go(`runs/${run}`);
  await page.waitForSelector('.timeline');
  await shows('a workflow on the timeline', 'workflow');
  await go('workflows/payloads?tab=runs');
  await page.waitForSelector('#workflow .vrow');
  await shows('inputs of past runs');
}

async function links() {
  for (const route of [`${encodeURIComponent(hostile[0])}`, `corpora/${encodeURIComponent(hostile[0])}`, `audits?path=${encodeURIComponent(hostile[0])}`, `corpora?add=${encodeURIComponent(hostile[0])}`,
    `workflows/${encodeURIComponent(hostile[0])}`, `sessions/${encodeURIComponent(hostile[0])}`, `runs/${encodeURIComponent(hostile[0])}`, `audits/${encodeURIComponent(hostile[0])}`]) {
    await page.goto('about:blank');
    await page.goto(`${server.url}/#/${route}`);
    await page.waitForSelector('.note, .empty, dialog[open]', { timeout: 20_000 });
    await shows(`a link: ${route.slice(0, 24)}`, 'Fathom');
  }
  await page.goto('about:blank');
  await go('engine');
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog[open] [role=option]');
  await page.keyboard.insertText('img');
  await page.waitForTimeout(300);
  await shows('what the palette offers', 'img');
}

try {
  for (const part of [login, async () => questions(await corpora()), audits, sessions, workflows, links]) {
    const from = Date.now();
    const name = part.name || 'corpora, questions';
    await part().catch((error) => check(false, `${name} can be done`, `${error.message.split('\n').slice(0, 4).join(' ')} at ${page.url()}`));
    console.log(`${name}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
  }
  check(seen.outside.length === 0, 'no request leaves the origin', seen.outside.slice(0, 3));
  const faults = seen.errors.filter((text) => !/status of (40[0134]|422)/.test(text)); // the browser tells of each refusal itself
  check(faults.length === 0, 'no error on the console', faults.slice(0, 3));
} finally {
  await context.close();
  await browser.close();
  await server.stop();
  forget(home);
}
console.log(`${seen.requests} requests, ${((Date.now() - begun) / 1000).toFixed(0)} s`);
finish(`payloads (${hostile.length})`);
