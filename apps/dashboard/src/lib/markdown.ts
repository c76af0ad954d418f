// SPDX-License-Identifier: Apache-2.0
// Model text is inert, twice over. marked knows Markdown only: HTML in the text stays text, an image is its words, a link
// leads to http, https or mailto or is none. What that gives passes DOMPurify with a short list of tags, so that a fault
// in the first does no harm.
import DOMPurify from 'dompurify';
import { Marked, type Tokens } from 'marked';
import { visible } from './format';
import { escapeHtml } from './highlight';

const tags = [
  'a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li',
  'ol', 'p', 'pre', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
];
const linkable = /^(?:https?:\/\/|mailto:)/i;

const marked = new Marked({
  gfm: true,
  breaks: false,
  renderer: {
    html: (token: Tokens.HTML | Tokens.Tag) => escapeHtml(token.text),
    image: (token: Tokens.Image) => escapeHtml(`[image: ${token.text || token.href}]`),
    link(token: Tokens.Link) {
      const text = this.parser.parseInline(token.tokens);
      return linkable.test(token.href) ? `<a href="${escapeHtml(token.href)}">${text}</a>` : text;
    },
    checkbox: (token: Tokens.Checkbox) => (token.checked ? '☑ ' : '☐ '),
    tablecell(token: Tokens.TableCell) {
      const tag = token.header ? 'th' : 'td';
      return `<${tag}>${this.parser.parseInline(token.tokens)}</${tag}>`;
    },
  },
});

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'PRE') node.setAttribute('tabindex', '0'); // it may scroll
  if (node.tagName !== 'A') return;
  node.setAttribute('rel', 'noopener noreferrer nofollow');
  node.setAttribute('target', '_blank');
});

export function markdown(text: string): string {
  const html = marked.parse(visible(text), { async: false });
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'start'],
    ALLOWED_URI_REGEXP: linkable,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
