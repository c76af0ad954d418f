// SPDX-License-Identifier: Apache-2.0
// What holds of a page whose texts are hostile: nothing of them runs, loads, or shows other than it is.
import { axeViolations, check, ranScripts } from './browser.mjs';

export async function pageIsInert(page, where) {
  const links = await page.$$eval('#app a[href]', (all) => all.map((a) => [a.getAttribute('href'), a.rel]));
  const bad = links.filter(([href, rel]) => !href.startsWith('#/') && !(/^(https?:\/\/|mailto:)/.test(href) && rel.includes('noopener')));
  check(bad.length === 0, `${where}: every link leads within, or out without opener`, bad);
  check((await page.$$('#app :is(script, iframe, object, embed, img:is([src], [srcset]), form[action], link, style, base, meta, video, template)')).length === 0, `${where}: no element that loads or runs`);
  check((await page.$$('#app [style*="url"], #app [onerror], #app [onload], #app [onclick], #app [srcdoc]')).length === 0, `${where}: no attribute that loads or runs`);
  check((await ranScripts(page)) === 0, `${where}: 0 scripts ran`);
  const raw = await page.evaluate(() => /[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069\u200b]/.exec(document.getElementById('app').innerText)?.index ?? -1);
  check(raw < 0, `${where}: no raw control or direction sign`, raw);
  const faults = await axeViolations(page);
  check(faults.length === 0, `${where}: axe-core finds nothing`, faults.join('\n'));
}
