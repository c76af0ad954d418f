// SPDX-License-Identifier: Apache-2.0
// The style sheet of the HTML report. Every pair of text and background has a contrast of at least
// 4.5 in both schemes (tests/peers checks it with axe-core).
#pragma once

#include <string_view>

namespace fathom {

inline constexpr std::string_view kReportStyle = R"css(
:root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--fg:#1c2127;--muted:#59616d;
--line:#dfdfda;--link:#1f5a96;
--hit:#fdf0d5;--hitline:#b26a00;--code:#f3f3f0;
--critical:#8c1c2e;--high:#a8430f;--medium:#785a00;--low:#46566a;--on:#fff;--ok:#216e3c;
--bad:#8c1c2e}
@media (prefers-color-scheme:dark){:root{--bg:#14171b;--card:#1b1f25;--fg:#e3e6ea;
--muted:#9fa8b5;--line:#2d333c;--link:#8dbdf0;
--hit:#33290f;--hitline:#d9a441;--code:#15181d;
--critical:#f49aa6;--high:#f2b184;--medium:#e2cd82;--low:#b3c2d3;--on:#16181c;--ok:#85d3a0;
--bad:#f49aa6}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:2rem 1.25rem 3rem;background:var(--bg);color:var(--fg);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",
"DejaVu Sans Mono",monospace;font-size:.88em;overflow-wrap:anywhere}
pre code{font-size:1em}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;
border-radius:3px}
header{margin-bottom:1.25rem}
h1{margin:0;font-size:1.75rem;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
.product{margin:0;color:var(--muted);font-size:.8rem;letter-spacing:.08em;
text-transform:uppercase}
header .muted{margin:.15rem 0 0;font-size:.87rem}
h2{margin:2rem 0 .6rem;font-size:1.12rem;font-weight:650}
h3{margin:0;font-size:1rem;font-weight:600}
.muted{color:var(--muted)}.small{font-size:.8rem}.nowrap{white-space:nowrap}
.partial{padding:.6rem .9rem;border:1px solid var(--hitline);border-radius:8px;
background:var(--hit)}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.6rem;margin:0}
.tile{display:flex;flex-direction:column-reverse;padding:.6rem .9rem .5rem;
border:1px solid var(--line);border-left-width:4px;border-radius:8px;background:var(--card)}
.tile dt{color:var(--muted);font-size:.82rem}
.tile dd{margin:0;font-size:1.6rem;line-height:1.2;font-weight:600;
font-variant-numeric:tabular-nums}
.tile.critical{border-left-color:var(--critical)}.tile.high{border-left-color:var(--high)}
.tile.medium{border-left-color:var(--medium)}.tile.low{border-left-color:var(--low)}
.tile.none dd{color:var(--muted);font-weight:400}
.facts{display:grid;grid-template-columns:1fr;gap:.15rem;margin:.8rem 0 0;font-size:.9rem}
.facts div{display:grid;grid-template-columns:5.5rem 1fr;gap:.5rem}.facts dt{color:var(--muted)}
.facts dd{margin:0}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);
border-radius:8px;font-size:.88rem}
th,td{padding:.36rem .7rem;text-align:left;vertical-align:baseline;
border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--muted);font-weight:500;font-size:.8rem}
.badge{display:inline-block;min-width:5.2em;padding:.05em .55em;border-radius:999px;
color:var(--on);font-size:.76rem;font-weight:600;text-align:center}
.badge.critical{background:var(--critical)}.badge.high{background:var(--high)}
.badge.medium{background:var(--medium)}.badge.low{background:var(--low)}
article{margin:.9rem 0;padding:.9rem 1.1rem .5rem;border:1px solid var(--line);
border-radius:10px;background:var(--card);scroll-margin-top:1rem}
article:target{border-color:var(--link)}
article p{margin:.4rem 0}
.where{display:flex;flex-wrap:wrap;gap:.2rem .9rem;align-items:baseline;font-size:.9rem}
.code{margin:.6rem 0;padding:.4rem 0;border:1px solid var(--line);border-radius:6px;
background:var(--code);line-height:1.55}
.l{display:grid;grid-template-columns:3.6rem 1fr;padding-right:.8rem}
.n{padding-right:.9rem;text-align:right;color:var(--muted);user-select:none}
.t{white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}
.hit{background:var(--hit);box-shadow:inset 3px 0 var(--hitline)}.hit .n{color:var(--fg)}
.log{list-style:none;margin:.5rem 0;padding:0;font-size:.85rem}
.log li{display:grid;grid-template-columns:1.1rem 6rem 5.5rem 1fr;gap:.3rem}
.log .outcome{color:var(--muted)}.log .said{overflow-wrap:anywhere}
.agrees .sign{color:var(--ok)}.contradicts .sign,.contradicts .outcome{color:var(--bad)}
.silent .sign{color:var(--muted)}
.help{font-size:.9rem}
details{margin:.5rem 0;padding:.5rem .9rem;border:1px solid var(--line);border-radius:8px;
background:var(--card)}
details[open] summary{margin-bottom:.5rem}summary{cursor:pointer}
details table{border:0;font-size:.84rem}details td{padding:.28rem .6rem .28rem 0}
details th{padding-left:0}
details ul{margin:.3rem 0;padding-left:1.2rem;font-size:.88rem}
.count{margin-left:.3rem;padding:0 .5em;border-radius:999px;background:var(--code);
color:var(--muted);font-size:.82rem}
footer{margin-top:2rem;color:var(--muted);font-size:.8rem}
@media (max-width:40rem){.tiles{grid-template-columns:repeat(2,1fr)}
th:nth-child(2),td:nth-child(2){display:none}.log li{grid-template-columns:1.1rem 1fr}
.log .outcome{display:none}}
@media print{body{max-width:none;background:#fff}article{break-inside:avoid}}
)css";

}  // namespace fathom
