/** Lines of a stream of bytes, each at most `maxBytes` long; longer ones are passed over without being kept. */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly text: string }
  | { readonly kind: 'too-long'; readonly number: number };

const NEWLINE = 0x0a;

export async function* linesOf(input: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let number = 0;

  const take = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxBytes) pieces = [];
    else pieces.push(piece);
  };
  const end = (): Line => {
    number++;
    const line: Line =
      bytes > maxBytes
        ? { kind: 'too-long', number }
        : { kind: 'line', number, text: Buffer.concat(pieces).toString('utf8') };
    pieces = [];
    bytes = 0;
    return line;
  };

  for await (const chunk of input) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, to));
      yield end();
      from = to + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (bytes > 0) yield end();
}
