/** A letter on A4, through pdfmake. The face has both scripts; only the characters that are used are embedded. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake, { type Content } from 'pdfmake';
import type { Block, Letter, ValueRow } from '../../domain/notice/letter.ts';
import { qrSvg } from './qr-svg.ts';

const FACE = 'Letter';
const INK = '#16202a';
const QUIET = '#4d5b68';
const BLUE = '#1d4f91';
/** A4 less its margins, points. */
const LINE_POINTS = 483;
const MARGINS: [number, number, number, number] = [56, 56, 56, 56];

/** Tells pdfmake, once, where the face lies; letters can fetch nothing and read nothing else. */
export function preparePdf(): void {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts');
  pdfmake.setFonts({
    [FACE]: {
      normal: join(folder, 'NotoSansHans-Regular.otf'),
      bold: join(folder, 'NotoSansHans-Bold.otf'),
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder));
}

/** After `preparePdf`. */
export const letterPdf = async (letter: Letter): Promise<Uint8Array> =>
  pdfmake.createPdf(documentOf(letter)).getBuffer();

type Document = Parameters<typeof pdfmake.createPdf>[0];

function documentOf(letter: Letter): Document {
  const { office, title, language, fileNumber } = letter;
  return {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: { title, author: office, subject: fileNumber },
    language: language === 'zh' ? 'zh-CN' : 'en',
    defaultStyle: { font: FACE, fontSize: 10, lineHeight: 1.35, color: INK },
    footer: (page, pages) => ({
      text: `${fileNumber} · ${page}/${pages}`,
      alignment: 'center',
      fontSize: 8,
      color: QUIET,
      margin: [0, 18, 0, 0],
    }),
    content: [...head(letter), ...kept(letter.blocks), ...end(letter)],
  };
}

const head = ({ office, date, fileNumber, title, salutation, stamp }: Letter): Content[] => [
  {
    columns: [
      { text: office, bold: true, color: BLUE, fontSize: 11 },
      { text: `${date}\n${fileNumber}`, alignment: 'right', color: QUIET, fontSize: 9 },
    ],
  },
  {
    canvas: [{ type: 'line', x1: 0, y1: 4, x2: LINE_POINTS, y2: 4, lineWidth: 1.5, lineColor: BLUE }],
    margin: [0, 0, 0, 12],
  },
  ...(stamp === null ? [] : [framed({ text: stamp, fontSize: 9, color: '#6b4600' }, '#fdf6e3', '#8a5a00')]),
  { text: title, bold: true, fontSize: 18, lineHeight: 1.2, margin: [0, 6, 0, 12] },
  { text: salutation, margin: [0, 0, 0, 6] },
];

const end = ({ closing, office, fineprint }: Letter): Content[] => [
  { text: `${closing}\n${office}`, margin: [0, 16, 0, 12] },
  ...fineprint.map((text): Content => ({ text, fontSize: 8, color: QUIET })),
];

/** A heading stays with what it is the heading of. */
function kept(blocks: readonly Block[]): Content[] {
  const contents: Content[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const [block, next] = [blocks[i], blocks[i + 1]];
    if (!block) break;
    if (block.kind !== 'heading' || !next) contents.push(blockContent(block));
    else {
      contents.push({ unbreakable: true, stack: [blockContent(block), blockContent(next)] });
      i += 1;
    }
  }
  return contents;
}

function blockContent(block: Block): Content {
  switch (block.kind) {
    case 'paragraph':
      return { text: block.text, margin: [0, 0, 0, 6] };
    case 'heading':
      return { text: block.text, bold: true, fontSize: 11.5, margin: [0, 10, 0, 4], headlineLevel: 1 };
    case 'notice':
      return framed(
        {
          stack: [
            { text: block.title, bold: true, fontSize: 12.5, margin: [0, 0, 0, 3] },
            { text: block.text },
          ],
        },
        '#eef4fb',
        BLUE,
      );
    case 'list':
      return { ul: [...block.items], margin: [0, 0, 0, 4] };
    case 'quote':
      return framed(
        { stack: [{ text: block.by, fontSize: 8.5, color: QUIET }, { text: block.text }] },
        '#ffffff',
        '#b8c3cd',
      );
    case 'values':
      return values(block.rows);
    case 'pictures':
      return pictures(block);
    case 'access':
      return access(block);
  }
}

/** With a bar at its left, and never broken across pages. */
const framed = (content: Content, fill: string, bar: string): Content => ({
  table: { widths: ['*'], body: [[content]], dontBreakRows: true },
  layout: {
    fillColor: () => fill,
    hLineWidth: () => 0,
    vLineWidth: (i) => (i === 0 ? 3 : 0),
    vLineColor: () => bar,
    paddingLeft: () => 12,
    paddingRight: () => 10,
    paddingTop: () => 7,
    paddingBottom: () => 6,
  },
  margin: [0, 6, 0, 8],
});

const values = (rows: readonly ValueRow[]): Content => ({
  table: {
    widths: ['*', 'auto', 165],
    dontBreakRows: true,
    body: rows.map(({ label, value, note }) => [
      { text: label },
      { text: value, bold: true },
      { text: note ?? '', color: QUIET, fontSize: 9 },
    ]),
  },
  layout: {
    hLineWidth: (i) => (i === 0 ? 0 : 0.5),
    hLineColor: () => '#dbe1e7',
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingRight: () => 10,
  },
  margin: [0, 0, 0, 6],
});

const GAP_POINTS = 10;
const MAX_PICTURES = 3;
const PICTURE_POINTS = (LINE_POINTS - (MAX_PICTURES - 1) * GAP_POINTS) / MAX_PICTURES;

const pictures = ({ pictures: shown, legend }: Extract<Block, { readonly kind: 'pictures' }>): Content => ({
  stack: [
    {
      columns: shown.map(({ svg, caption }) => ({
        width: PICTURE_POINTS,
        stack: [
          { svg, width: PICTURE_POINTS, font: FACE },
          { text: caption, fontSize: 8, color: QUIET, margin: [0, 3, 0, 0] },
        ],
      })),
      columnGap: GAP_POINTS,
    },
    { text: legend, fontSize: 8, color: QUIET, margin: [0, 3, 0, 4] },
  ],
});

const CODE_POINTS = 96;

const access = ({ intro, rows, link }: Extract<Block, { readonly kind: 'access' }>): Content => ({
  columns: [
    {
      width: '*',
      stack: [
        { text: intro, margin: [0, 0, 0, 6] },
        {
          table: {
            widths: ['auto', '*'],
            body: rows.map(({ label, value }) => [
              { text: label, color: QUIET },
              { text: value, bold: true, characterSpacing: 0.3 },
            ]),
          },
          layout: 'noBorders',
        },
      ],
    },
    { width: CODE_POINTS, svg: qrSvg(link), fit: [CODE_POINTS, CODE_POINTS] },
  ],
  columnGap: 16,
  margin: [0, 0, 0, 6],
});
