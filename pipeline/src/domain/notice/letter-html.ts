/** A letter as one HTML page that needs nothing else: for a mail, for a browser, for printing. */
import type { Block, Letter, ValueRow } from './letter.ts';
import { LETTER_CSS } from './letter-css.ts';

/** @param qr makes the SVG of a code for a link. */
export function letterHtml(letter: Letter, qr: (link: string) => string): string {
  const { language, office, date, fileNumber, title, salutation, blocks, closing, fineprint, stamp } = letter;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light">
<title>${text(title)}</title><style>${LETTER_CSS}</style></head><body><article>
<header><strong>${text(office)}</strong><p>${text(date)}<br><span>${text(fileNumber)}</span></p></header>
${stamp === null ? '' : `<p class="stamp">${text(stamp)}</p>`}
<h1>${text(title)}</h1>
<p>${text(salutation)}</p>
${blocks.map((block) => blockHtml(block, qr)).join('\n')}
<footer><p>${text(closing)}<br>${text(office)}</p>${fineprint.map((line) => `<small>${text(line)}</small>`).join('')}</footer>
</article></body></html>`;
}

function blockHtml(block: Block, qr: (link: string) => string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${text(block.text)}</p>`;
    case 'heading':
      return `<h2>${text(block.text)}</h2>`;
    case 'notice':
      return `<section class="notice"><h2>${text(block.title)}</h2><p>${text(block.text)}</p></section>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
    case 'quote':
      return `<figure class="quote"><figcaption>${text(block.by)}</figcaption><blockquote>${text(block.text)}</blockquote></figure>`;
    case 'values':
      return `<table>${block.rows.map(rowHtml).join('')}</table>`;
    case 'pictures':
      return `<div class="pictures">${block.pictures.map(({ svg, caption }) => `<figure>${svg}<figcaption>${text(caption)}</figcaption></figure>`).join('')}</div><p class="legend">${text(block.legend)}</p>`;
    case 'access':
      return `<section class="access"><div><p>${text(block.intro)}</p><dl>${block.rows.map(({ label, value }) => `<dt>${text(label)}</dt><dd>${text(value)}</dd>`).join('')}</dl></div>${qr(block.link)}</section>`;
  }
}

const rowHtml = ({ label, value, note }: ValueRow): string =>
  `<tr><th scope="row">${text(label)}</th><td>${text(value)}</td><td class="note">${text(note ?? '')}</td></tr>`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Whatever a person wrote stays text. */
const text = (value: string): string =>
  value.replaceAll(/[&<>"']/g, (char) => ESCAPES[char] ?? char).replaceAll('\n', '<br>');
