// SPDX-License-Identifier: Apache-2.0
// The program itself for the dashboard's tests: `fathom serve` with the shipped model over a folder of the test's making.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { args, skip } from './browser.mjs';

export const token = 'a-token-of-the-test-0123456789abcdef';
export const longMs = 240_000; // reading on a busy machine
export const examples = resolve(args['--examples'] ?? 'examples');
const fathom = resolve(args['--fathom'] ?? 'build/test/fathom');

if (!spawnSync(fathom, ['--help'], { encoding: 'utf8' }).stdout?.includes('serve')) skip('this program has no server');

// `workflows`: texts by name, installed beside the shipped ones.
export function newHome(folders, workflows = {}) {
  const home = mkdtempSync(join(tmpdir(), 'fathom-web-'));
  const installed = join(home, '.fathom/config/workflows');
  mkdirSync(installed, { recursive: true });
  for (const [name, text] of Object.entries(workflows)) writeFileSync(join(installed, `${name}.yaml`), text);
  for (const folder of folders) cpSync(join(examples, folder), join(home, folder), { recursive: true });
  return home;
}

// `shownAs`: the folder is seen there by the program, which then speaks of no path of this machine (bubblewrap).
export async function serve(home, { shownAs } = {}) {
  const at = shownAs ?? home;
  const command = [fathom, 'serve', '--port', '0', '--json', '--root', at];
  if (shownAs) command.unshift('bwrap', '--dev-bind', '/', '/', '--tmpfs', '/home', '--bind', home, shownAs, '--chdir', shownAs, '--die-with-parent');
  const server = spawn(command[0], command.slice(1), {
    cwd: home, env: { ...process.env, FATHOM_HOME: join(at, '.fathom'), FATHOM_TOKEN: token, HOME: at }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => server.on('exit', done));
  const url = await new Promise((done, fail) => {
    let said = '';
    server.stdout.on('data', (part) => {
      said += part;
      if (said.includes('\n')) done(JSON.parse(said).url);
    });
    void ended.then((code) => fail(new Error(`fathom serve ended with ${code}`)));
  });
  const send = async (path, init = {}) => {
    const response = await fetch(`${url}${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...(init.body ? { 'Content-Type': 'application/json' } : {}) } });
    const type = response.headers.get('content-type') ?? '';
    return type.includes('json') ? response.json() : response.text();
  };
  const api = {
    get: (path) => send(path),
    post: (path, body = {}) => send(path, { method: 'POST', body: JSON.stringify(body) }),
    // Until a run has ended; its last description.
    ended: async (id) => {
      await send(`/api/runs/${id}/events`);
      return send(`/api/runs/${id}`);
    },
  };
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  if (!(await (await fetch(`${url}/`)).text()).includes('/assets/')) {
    await stop();
    skip('the program was built without its dashboard (npm)');
  }
  return { url, ...api, stop, link: `${url}/#token=${token}` };
}

export const forget = (home) => rmSync(home, { recursive: true, force: true });
