// SPDX-License-Identifier: Apache-2.0
// What holds of a page whose texts are hostile: nothing of them runs, loads, or shows other than it is.
import { axeViolations, check, ranScripts } from './browser.mjs';

// Controls, directions, no width, no shape, tags; CodeMirror ends its lines with U+200B where they are empty.
const hiddenSigns = '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200c-\\u200f\\u2028-\\u202e\\u2061-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]';

export async function pageIsInert(page, where) {
  const links = await page.$$eval('#app a[href]', (all) => all.map((a) => [a.getAttribute('href'), a.rel]));
  const bad = links.filter(([href, rel]) => !href.startsWith('#/') && !(/^(https?:\/\/|mailto:)/.test(href) && rel.includes('noopener')));
  check(bad.length === 0, `${where}: every link leads within, or out without opener`, bad);
  check((await page.$$('#app :is(script, iframe, object, embed, img:is([src], [srcset]), form[action], link, style, base, meta, video, template)')).length === 0, `${where}: no element that loads or runs`);
  check((await page.$$('#app [style*="url"], #app [onerror], #app [onload], #app [onclick], #app [srcdoc]')).length === 0, `${where}: no attribute that loads or runs`);
  check((await ranScripts(page)) === 0, `${where}: 0 scripts ran`);
  const raw = await page.evaluate((pattern) => {
    const texts = [document.title, document.getElementById('app').innerText];
    for (const one of document.querySelectorAll('#app [title], #app [aria-label], #app [placeholder]')) texts.push(one.title, one.ariaLabel, one.placeholder);
    for (const one of document.querySelectorAll('#app *')) if (one.shadowRoot) texts.push(one.shadowRoot.querySelector('.cm-content')?.innerText);
    return texts.map((text) => new RegExp(pattern, 'u').exec(text ?? '')).filter(Boolean).map((found) => `U+${found[0].codePointAt(0).toString(16)} in ${JSON.stringify(found.input.slice(Math.max(0, found.index - 20), found.index + 20))}`);
  }, hiddenSigns);
  check(raw.length === 0, `${where}: no sign that hides or turns text is drawn as such`, raw.slice(0, 3));
  const faults = await axeViolations(page);
  check(faults.length === 0, `${where}: axe-core finds nothing`, faults.join('\n'));
}
