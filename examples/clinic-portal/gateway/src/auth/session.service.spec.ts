import { randomBytes, scryptSync } from 'node:crypto';
import { SessionService } from './session.service';
import { SessionStore } from './session.store';

describe('SessionService', () => {
  const password = 'a-password-for-tests';
  const salt = randomBytes(16);
  const account = {
    id: 7,
    email: 'Nora@Lindenhof.Example',
    passwordHash: scryptSync(password, salt, 64),
    salt,
  };
  const kept = new Map<string, number>();
  const store = {
    put: async (digest: string, subject: number) => void kept.set(digest, subject),
  } as unknown as SessionStore;
  const service = new SessionService(store, Buffer.from('key-of-the-spec'));

  it('keeps a digest and never the token', async () => {
    const token = await service.login(account, password);
    expect([...kept.keys()].some((key) => key.includes(token))).toBe(false);
  });

  it('refuses another password', async () => {
    await expect(service.login(account, 'something else')).rejects.toThrow();
  });

  it('asks for the avatar by the address in lower case', () => {
    const upper = service.avatarUrl({ ...account, email: account.email.toUpperCase() });
    expect(upper).toBe(service.avatarUrl(account));
  });
});
