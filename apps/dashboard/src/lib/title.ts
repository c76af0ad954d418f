// SPDX-License-Identifier: Apache-2.0
// What a tab of the browser is called: the thing it shows, then the page.
import { useEffect } from 'preact/hooks';
import { visible } from './format';
import { pages } from './keys';
import { route } from './router';

export function useTitle(thing: string): void {
  const { page } = route.value;
  useEffect(() => {
    const name = pages.find((one) => one.page === page)?.name ?? '';
    const words = [visible(thing).slice(0, 80), name, 'Fathom'].filter(Boolean);
    document.title = [...new Set(words)].join(' · ');
  }, [thing, page]);
}
