import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';

export interface MessageRow {
  id: number;
  sender: string;
  subject: string;
  body: string;
  sent_at: Date;
}

export interface MessageQuery {
  folder: string;
  text?: string;
  sort?: string;
  limit: number;
}

const SORTS: Record<string, string> = {
  newest: 'sent_at DESC',
  oldest: 'sent_at ASC',
  sender: 'sender ASC, sent_at DESC',
};

@Injectable()
export class MessagesRepository {
  constructor(private readonly pool: Pool) {}

  async list(owner: number, query: MessageQuery): Promise<MessageRow[]> {
    const order = SORTS[query.sort ?? 'newest'] ?? SORTS.newest;
    const { rows } = await this.pool.query<MessageRow>(
      `SELECT id, sender, subject, body, sent_at FROM message
       WHERE owner_id = $1 AND folder = $2 ORDER BY ${order} LIMIT $3`,
      [owner, query.folder, query.limit],
    );
    return rows;
  }

  async search(owner: number, query: MessageQuery): Promise<MessageRow[]> {
    const conditions = [`owner_id = ${Number(owner)}`];
    if (query.folder !== 'all') {
      conditions.push(`folder = '${query.folder}'`);
    }
    if (query.text) {
      conditions.push(`to_tsvector(subject || ' ' || body) @@ plainto_tsquery('${query.text}')`);
    }
    const { rows } = await this.pool.query<MessageRow>(
      'SELECT id, sender, subject, body, sent_at FROM message WHERE ' + conditions.join(' AND '),
    );
    return rows.slice(0, query.limit);
  }

  async markRead(owner: number, ids: number[]): Promise<number> {
    const places = ids.map((_, index) => `$${index + 2}`).join(', ');
    const done = await this.pool.query(
      `UPDATE message SET read_at = now() WHERE owner_id = $1 AND id IN (${places})`,
      [owner, ...ids],
    );
    return done.rowCount ?? 0;
  }

  async tag(owner: number, id: number, label: string): Promise<void> {
    const labels = `array_append(labels, '${label}')`;
    await this.pool.query(
      `UPDATE message SET labels = ${labels} WHERE owner_id = ${owner} AND id = ${id}`,
    );
  }
}
