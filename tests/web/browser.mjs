// SPDX-License-Identifier: Apache-2.0
// The browser of the dashboard's tests: every page is watched for scripts that ran, errors, and requests that leave.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

export const args = Object.fromEntries(
  process.argv.slice(2).map((a, i, all) => [a, all[i + 1]]).filter(([a]) => a.startsWith('--')));

export function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

const packages = resolve(args['--packages'] ?? '.peers', 'node_modules');
export const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!existsSync(join(packages, 'playwright-core')) || !existsSync(join(packages, 'axe-core'))) {
  skip(`no playwright-core or axe-core in ${packages}; copy tests/peers/package*.json beside it and run npm ci`);
}
if (!program) skip('no chromium');

const { chromium } = createRequire(join(packages, 'x.js'))('playwright-core');
const axe = readFileSync(join(packages, 'axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({
  executablePath: program,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

let checks = 0;
const problems = [];
export function check(holds, law, got = '') {
  checks += 1;
  if (holds) return;
  problems.push(law);
  console.log(`FAILED: ${law}${got === '' ? '' : ` (${typeof got === 'string' ? got : JSON.stringify(got)})`.slice(0, 900)}`);
}

export function finish(name) {
  console.log(`${name}: ${checks} checks, ${problems.length} failed`);
  process.exit(problems.length === 0 && checks > 0 ? 0 : 1);
}

// A page whose every request must stay at `origin`. What it asks for beyond is refused and counted.
export async function openPage(browser, origin, scheme) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const seen = { errors: [], outside: [], requests: 0 };
  await context.route('**/*', (route) => {
    const url = route.request().url();
    seen.requests += 1;
    const gone = () => undefined; // a page that went on no longer waits for its answer
    if (url.startsWith(`${origin}/`) || url.startsWith('blob:')) return route.continue().catch(gone);
    seen.outside.push(url);
    return route.abort().catch(gone);
  });
  page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text().slice(0, 200)));
  page.on('pageerror', (error) => seen.errors.push(`${error.message} ${error.stack ?? ''}`.slice(0, 300)));
  page.on('dialog', (dialog) => {
    seen.errors.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { context, page, seen };
}

// axe-core is put into a world of its own: the page's policy lets no foreign script in, and must not be switched off.
export async function axeViolations(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate',
      { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await evaluate(`${axe}; 0`);
  const found = await evaluate(`axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map(
    (v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')).join(' | ')))`);
  await session.detach();
  return found;
}

export const ranScripts = (page) => page.evaluate(() => window.pwned ?? 0);
