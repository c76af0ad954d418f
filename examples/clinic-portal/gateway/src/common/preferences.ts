import { unserialize } from 'node-serialize';

export interface Preferences {
  theme: 'light' | 'dark';
  language: string;
  columns: string[];
}

const DEFAULTS: Preferences = { theme: 'light', language: 'de', columns: ['sender', 'subject'] };

/** Reads the cookie of the new portal. */
export function fromCookie(cookie: string | undefined): Preferences {
  if (!cookie) return DEFAULTS;
  try {
    return { ...DEFAULTS, ...JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8')) };
  } catch {
    return DEFAULTS;
  }
}

/** Reads the cookie of the old portal, which stays valid for a year. */
export function fromLegacyCookie(cookie: string): Preferences {
  const text = Buffer.from(cookie, 'base64').toString('utf8');
  return { ...DEFAULTS, ...unserialize(text) };
}
