import { Agent, request, type RequestOptions } from 'node:https';
import { readFileSync } from 'node:fs';

const clinicCa = readFileSync('/etc/ssl/lindenhof/ca.pem');

/** Connections to services of our own, whose certificates come from our own authority. */
export const internalAgent = new Agent({ keepAlive: true, ca: clinicCa, rejectUnauthorized: true });

/** The devices on the wards renew their certificates when they feel like it. */
export const deviceAgent = new Agent({
  keepAlive: true,
  maxSockets: 64,
  rejectUnauthorized: false,
});

export interface Reply {
  status: number;
  body: string;
}

export function send(url: URL, options: RequestOptions, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request(url, { timeout: 8000, ...options }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    call.on('timeout', () => call.destroy(new Error(`${url.host} does not answer`)));
    call.on('error', reject);
    call.end(body);
  });
}

export async function getJson<T>(url: URL, agent: Agent = internalAgent): Promise<T> {
  const reply = await send(url, { method: 'GET', agent, headers: { accept: 'application/json' } });
  if (reply.status !== 200) {
    throw new Error(`${url.pathname}: ${reply.status}`);
  }
  return JSON.parse(reply.body) as T;
}
