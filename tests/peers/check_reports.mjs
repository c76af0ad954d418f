// SPDX-License-Identifier: Apache-2.0
// Reports judged by programs of others: sarif-multitool (rules of SARIF and of GitHub) and axe-core in a browser.
//
//   node check_reports.mjs --packages DIR --sample PROGRAM [--screenshots DIR]
//
// PROGRAM FOLDER writes the reports. DIR holds node_modules as tests/peers/package.json asks. Exit 0: nothing found,
// 1: something found, 77: a package or the browser is absent (the test is skipped).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const args = Object.fromEntries(process.argv.slice(2).map((a, i, all) => [a, all[i + 1]]).filter(([a]) => a.startsWith('--')));
const packages = resolve(args['--packages'] ?? '.peers', 'node_modules');
const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const multitool = join(packages, '@microsoft/sarif-multitool-linux/Sarif.Multitool');

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}
if (!existsSync(multitool)) skip(`no sarif-multitool in ${packages}; copy tests/peers/package*.json beside it and run npm ci`);
if (!existsSync(join(packages, 'axe-core')) || !existsSync(join(packages, 'playwright-core'))) skip(`no axe-core or playwright-core in ${packages}`);
if (!browser) skip('no chromium');

let problems = 0;
const folder = mkdtempSync(join(tmpdir(), 'fathom-reports-'));
execFileSync(args['--sample'], [folder], { stdio: 'ignore' });
const files = readdirSync(folder);
if (files.filter((f) => f.endsWith('.sarif')).length < 4) throw new Error(`the sample program wrote ${files}`);

function validate(file) {
  const out = join(folder, `${file}.validation`);
  const run = spawnSync(multitool, ['validate', join(folder, file), '--rule-kind', 'Sarif;Ghas', '--output', out, '--log', 'ForceOverwrite'],
    { encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } });
  if (!existsSync(out)) throw new Error(`sarif-multitool wrote nothing: ${run.stdout}${run.stderr}`);
  return JSON.parse(readFileSync(out, 'utf8')).runs.flatMap((r) => r.results ?? []);
}

// A judge that finds nothing wrong with a broken file judges nothing.
const broken = JSON.parse(readFileSync(join(folder, 'ordinary.sarif'), 'utf8'));
delete broken.runs[0].results[0].locations;
broken.runs[0].tool.driver.rules.forEach((rule) => delete rule.help);
writeFileSync(join(folder, 'broken.json'), JSON.stringify(broken));
if (validate('broken.json').filter((r) => r.level === 'error').length < 2) throw new Error('sarif-multitool accepts a broken file');

for (const file of files.filter((f) => f.endsWith('.sarif'))) {
  const results = validate(file);
  const errors = results.filter((r) => (r.level ?? 'warning') === 'error');
  const others = new Set(results.filter((r) => !errors.includes(r)).map((r) => `${r.ruleId} ${r.level ?? 'warning'}`));
  console.log(`${file}: ${errors.length} errors${others.size ? `; also ${[...others].join(', ')}` : ''}`);
  for (const e of errors.slice(0, 10)) console.log(`  ${e.ruleId} ${JSON.stringify(e.message)} ${JSON.stringify(e.locations?.[0]?.physicalLocation?.region ?? {})}`);
  problems += errors.length;
}

const require = createRequire(join(packages, 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(join(packages, 'axe-core/axe.min.js'), 'utf8');
const instance = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
for (const file of files.filter((f) => f.endsWith('.html'))) {
  for (const scheme of ['light', 'dark']) {
    // bypassCSP lets axe in; what the page itself may do is measured before, without it.
    const strict = await instance.newContext({ colorScheme: scheme });
    const plain = await strict.newPage();
    const requests = [], complaints = [];
    plain.on('request', (r) => requests.push(r.url()));
    plain.on('console', (m) => complaints.push(m.text()));
    plain.on('dialog', (d) => { complaints.push('dialog'); d.dismiss(); });
    await plain.goto(`file://${folder}/${file}`);
    if (args['--screenshots']) await plain.screenshot({ path: join(args['--screenshots'], `${file}.${scheme}.png`), fullPage: file !== 'hostile.html' });
    const scripts = await plain.locator('script').count();
    await strict.close();
    const context = await instance.newContext({ colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`file://${folder}/${file}`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    await context.close();
    console.log(`${file} ${scheme}: ${violations.length} violations, ${requests.length - 1} requests, ${scripts} scripts, ${complaints.length} complaints`);
    for (const v of violations) console.log(`  ${v.id}: ${v.help}; ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`);
    for (const c of complaints) console.log(`  ${c}`);
    problems += violations.length + (requests.length - 1) + scripts + complaints.length;
  }
}
await instance.close();
rmSync(folder, { recursive: true });
process.exit(problems === 0 ? 0 : 1);
