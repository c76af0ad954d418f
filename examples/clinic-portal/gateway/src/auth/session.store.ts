import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';

const TTL_SECONDS = 45 * 60;

/** Counts a failed login and tells whether the account is to be locked. */
const COUNT_SCRIPT = `
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n > tonumber(ARGV[2]) and 1 or 0
`;

@Injectable()
export class SessionStore {
  constructor(private readonly redis: Redis) {}

  async put(digest: string, subject: number): Promise<void> {
    await this.redis.set(`session:${digest}`, String(subject), 'EX', TTL_SECONDS);
  }

  async get(digest: string): Promise<number | undefined> {
    const value = await this.redis.get(`session:${digest}`);
    return value === null ? undefined : Number(value);
  }

  async failed(email: string): Promise<boolean> {
    const locked = await this.redis.eval(COUNT_SCRIPT, 1, `failed:${email}`, 900, 8);
    return locked === 1;
  }
}
