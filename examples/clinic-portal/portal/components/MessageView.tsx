import React, { useMemo } from 'react';
import DOMPurify from 'dompurify';
import { marked } from 'marked';

interface Attachment {
  name: string;
  url: string;
}

interface MessageViewProps {
  subject: string;
  /** Markdown, as the sender wrote it. */
  body: string;
  /** What an external practice sent: a whole HTML mail. */
  externalHtml?: string;
  attachments: Attachment[];
  onReply(): void;
}

export function MessageView(props: MessageViewProps) {
  const { subject, body, externalHtml, attachments, onReply } = props;
  const rendered = useMemo(() => DOMPurify.sanitize(marked.parse(body) as string), [body]);

  return (
    <article className="message">
      <h2>{subject}</h2>
      <div className="message__body" dangerouslySetInnerHTML={{ __html: rendered }} />
      {externalHtml && (
        <section className="message__external" dangerouslySetInnerHTML={{ __html: externalHtml }} />
      )}
      <ul>
        {attachments.map((file) => (
          <li key={file.url}>
            <a href={`/api/files/attachment?name=${encodeURIComponent(file.name)}`}>{file.name}</a>
          </li>
        ))}
      </ul>
      <button type="button" onClick={onReply}>Reply</button>
    </article>
  );
}
