// SPDX-License-Identifier: Apache-2.0
// Icons of 16 units, drawn with one stroke.
const paths: Record<string, string> = {
  ask: 'M2.5 3.5h11v7.5H7.5L4.5 13.5V11h-2z M5.5 6.2h5 M5.5 8.4h3',
  audits: 'M8 1.8l5 1.9v4c0 3.2-2.1 5.4-5 6.5-2.9-1.1-5-3.3-5-6.5v-4z M5.8 8l1.6 1.6 2.9-3.2',
  runs: 'M2 4h6 M5 8h8 M3 12h7',
  sessions: 'M4.5 3v6.5a2 2 0 002 2h5 M4.5 5.5h7 M4.5 1.8v1 M11.5 4.3v2.4 M11.5 10.3v2.4',
  corpora: 'M2.5 2.5h11v11h-11z M8.5 2.5v11 M2.5 8h6 M8.5 6h5 M8.5 10h5',
  workflows: 'M2 6.2h3.6v3.6H2z M10.4 2h3.6v3.6h-3.6z M10.4 10.4h3.6V14h-3.6z M5.6 8h2.2V3.8h2.6 M7.8 8v4.2h2.6',
  engine: 'M2 12.5a6 6 0 1112 0 M8 12.5l3-4.6 M4.3 9.2l.9.6 M8 5.5v1.2',
  search: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z M10.3 10.3l3.2 3.2',
  plus: 'M8 3v10 M3 8h10',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6z M8 1.5v1.3 M8 13.2v1.3 M1.5 8h1.3 M13.2 8h1.3 M3.4 3.4l.9.9 M11.7 11.7l.9.9 M3.4 12.6l.9-.9 M11.7 4.3l.9-.9',
  moon: 'M13 9.6A5.6 5.6 0 016.4 3a5.6 5.6 0 106.6 6.6z',
  system: 'M2 3h12v8H2z M6 13.5h4',
  keys: 'M1.8 4h12.4v8H1.8z M4.2 6.5h.01 M6.7 6.5h.01 M9.2 6.5h.01 M11.7 6.5h.01 M5 9.5h6',
  stop: 'M4.5 4.5h7v7h-7z',
  send: 'M8 13V3.2 M4 7l4-3.9L12 7',
  close: 'M4 4l8 8 M12 4l-8 8',
  file: 'M4 2h5l3 3v9H4z M9 2v3h3',
  fork: 'M5 2.5v11 M5 8.5c0-2 6-1 6-4V3 M3.8 2.5h2.4 M9.8 2.5h2.4',
  down: 'M8 2.5v7.8 M4.8 7.4L8 10.6l3.2-3.2 M3 13.5h10',
  trash: 'M3 4.5h10 M6 4.5V3h4v1.5 M4.3 4.5l.6 9h6.2l.6-9',
  out: 'M6.5 3H3v10h3.5 M7 8h6.5 M11 5.2L13.8 8 11 10.8',
  zoomIn: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z M10.3 10.3l3.2 3.2 M7 5v4 M5 7h4',
  zoomOut: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z M10.3 10.3l3.2 3.2 M5 7h4',
};

export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name] ?? ''} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0d4f77" />
      <g stroke="#fff" stroke-width="2.6" stroke-linecap="round">
        <path d="M6 9h20" />
        <path d="M9 15h14" stroke-opacity=".75" />
        <path d="M12 21h8" stroke-opacity=".5" />
      </g>
      <circle cx="16" cy="26.5" r="1.6" fill="#fff" fill-opacity=".8" />
    </svg>
  );
}
