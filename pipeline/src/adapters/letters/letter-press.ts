/** Letters as HTML and as PDF. */
import type { LetterPress } from '../../app/notices/channel.ts';
import { letterHtml } from '../../domain/notice/letter-html.ts';
import { letterPdf, preparePdf } from './pdf-letter.ts';
import { qrSvg } from './qr-svg.ts';

export function createLetterPress(): LetterPress {
  preparePdf();
  return { html: (letter) => letterHtml(letter, qrSvg), pdf: letterPdf };
}
