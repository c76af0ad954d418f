// SPDX-License-Identifier: Apache-2.0
// Asks for the token once. It is checked before it is kept.
import { useState } from 'preact/hooks';
import { refused, setToken, tokenHolds } from '../api/client';
import { useTitle } from '../lib/title';
import { Field } from '../ui/parts';
import { Mark } from '../ui/icons';

export function LoginPage() {
  useTitle('Sign in');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const enter = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const given = value.trim();
    try {
      if (await tokenHolds(given)) return setToken(given);
      setProblem('The server does not know this token.');
    } catch {
      setProblem('The server does not answer. Is `fathom serve` still running?');
    }
    setBusy(false);
  };
  return (
    <main class="login">
      <form onSubmit={enter}>
        <div class="brand">
          <Mark />
          <span>Fathom</span>
        </div>
        <h1>Sign in to this machine</h1>
        <Field
          label="Token"
          hint={
            <>
              <code>fathom serve</code> prints a link that holds it. It stays in the tabs that show
              this page and is forgotten when they close.
            </>
          }
        >
          <input
            class="input mono"
            type="password"
            autocomplete="off"
            spellcheck={false}
            autofocus
            required
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </Field>
        {(problem || refused.value) && (
          <div class="note" role="alert">
            {problem || 'The server does not know the token that this tab had. Its newest link has the right one.'}
          </div>
        )}
        <button class="btn primary" disabled={busy || !value.trim()}>
          Sign in
        </button>
      </form>
    </main>
  );
}
