// SPDX-License-Identifier: Apache-2.0
// Server-sent events over fetch (EventSource cannot send the token): a parser that takes any splitting of the bytes.

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

export class EventParser {
  private rest = '';
  private id = '';
  private event = '';
  private data: string[] = [];

  // The events that are complete after this piece. CR, LF and CRLF end a line.
  push(piece: string): ServerEvent[] {
    this.rest += piece;
    const found: ServerEvent[] = [];
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.rest);
      if (!end) return found;
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      const event = this.line(line);
      if (event) found.push(event);
    }
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return null;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') this.id = value;
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    return null;
  }

  private dispatch(): ServerEvent | null {
    const event = { id: this.id, event: this.event || 'message', data: this.data.join('\n') };
    const empty = this.data.length === 0;
    this.event = '';
    this.data = [];
    return empty ? null : event;
  }
}
