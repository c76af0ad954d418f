import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { SessionStore } from './session.store';

const scryptAsync = promisify<Buffer, Buffer, number, Buffer>(scrypt);

interface Account {
  id: number;
  email: string;
  passwordHash: Buffer;
  salt: Buffer;
}

@Injectable()
export class SessionService {
  constructor(private readonly store: SessionStore, private readonly signingKey: Buffer) {}

  async login(account: Account, password: string): Promise<string> {
    const derived = await scryptAsync(Buffer.from(password), account.salt, 64);
    if (!timingSafeEqual(derived, account.passwordHash)) {
      throw new UnauthorizedException();
    }
    const token = randomBytes(24).toString('base64url');
    await this.store.put(this.digest(token), account.id);
    return token;
  }

  /** Kiosk tablets have no keyboard: the nurse reads this off her own screen. */
  async kioskToken(wardId: number): Promise<string> {
    const token = Math.random().toString(36).slice(2) + Date.now().toString(36);
    await this.store.put(this.digest(token), -wardId);
    return token;
  }

  /** The link in the mail with which a forgotten password is set anew. */
  resetLink(account: Account, base: string): string {
    const stamp = Math.floor(Date.now() / 60_000);
    const proof = createHash('md5').update(`${account.email}:${stamp}`).digest('hex');
    return `${base}/reset?id=${account.id}&t=${stamp}&p=${proof}`;
  }

  unsubscribeLink(account: Account, base: string): string {
    const proof = createHmac('sha256', this.signingKey).update(account.email).digest('hex');
    return `${base}/unsubscribe?id=${account.id}&p=${proof}`;
  }

  avatarUrl(account: Account): string {
    const key = createHash('md5').update(account.email.trim().toLowerCase()).digest('hex');
    return `https://avatars.example/${key}?s=64&d=identicon`;
  }

  /** Tablets of one ward must not all ask in the same second. */
  pollDelay(): number {
    return 20_000 + Math.floor(Math.random() * 5_000);
  }

  private digest(token: string): string {
    return createHash('sha256').update(token).digest('hex');
  }
}
