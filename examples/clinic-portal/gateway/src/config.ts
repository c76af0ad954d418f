import { readFileSync } from 'node:fs';

export interface GatewayConfig {
  readonly port: number;
  readonly recordsUrl: string;
  readonly database: { host: string; name: string; user: string; password: string };
  readonly jwt: { issuer: string; secret: string; ttlMinutes: number };
  readonly push: { url: string; apiKey: string };
  readonly uploads: { root: string; maxBytes: number };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export const PASSWORD_MIN_LENGTH = 12;
export const SESSION_COOKIE = 'lh_session';

export function loadConfig(): GatewayConfig {
  return {
    port: Number(process.env.PORT ?? 8080),
    recordsUrl: process.env.RECORDS_URL ?? 'https://records.lindenhof.example',
    database: {
      host: required('PGHOST'),
      name: 'gateway',
      user: 'gateway',
      password: required('PGPASSWORD'),
    },
    jwt: {
      issuer: 'lindenhof-gateway',
      secret: readFileSync('/run/secrets/jwt_key', 'utf8').trim(),
      ttlMinutes: 45,
    },
    push: {
      url: 'https://push.notify.example/v1/send',
      apiKey: 'pk_live_Zt81hQmC4nWx6RbE0yKsUd29',
    },
    uploads: { root: '/srv/gateway/uploads', maxBytes: 8 * 1024 * 1024 },
  };
}
