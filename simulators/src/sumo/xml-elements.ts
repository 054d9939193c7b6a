/** Reads an XML file an element at a time, in the memory of one. What is not well-formed spoils its own place only. */
import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import { ReadingError } from '../recordings/reading-error.ts';
import { MAX_ROWS } from '../recordings/recording.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  /** The outermost element; `open` is told of those within. */
  readonly root?: (attributes: Attributes) => void;
  readonly open: (name: string, attributes: Attributes, line: number) => void;
  readonly close: (name: string, line: number) => void;
  /** What is not XML there; the rest is read nevertheless. */
  readonly fault: (line: number, reason: string) => void;
}

const MAX_SYNTAX_FAULTS = 1000;

/**
 * @param roots what the outermost element may be called.
 * @returns the number of its last line. @throws ReadingError where it cannot be read or is something else.
 */
export async function readXml(
  file: string,
  roots: readonly string[],
  handlers: XmlHandlers,
  signal: AbortSignal,
): Promise<number> {
  const reader = elementReader(file, roots, handlers);
  const stream = createReadStream(file, { encoding: 'utf8', signal });
  try {
    for await (const chunk of stream) if (!reader.write(String(chunk))) break;
    return reader.end();
  } catch (error) {
    if (error instanceof ReadingError || signal.aborted) throw error;
    throw new ReadingError('unreadable', `cannot read ${file}: ${(error as Error).message}`, error);
  } finally {
    stream.destroy();
  }
}

interface ElementReader {
  /** @returns whether there is any use in reading on. */
  readonly write: (text: string) => boolean;
  readonly end: () => number;
}

function elementReader(file: string, roots: readonly string[], handlers: XmlHandlers): ElementReader {
  const parser = new SaxesParser();
  let elements = 0;
  let syntaxFaults = 0;
  let stopped = false;
  const stop = (reason: string): void => {
    if (!stopped) handlers.fault(parser.line, reason);
    stopped = true;
  };
  parser.on('opentag', ({ name, attributes }) => {
    if (stopped) return;
    elements++;
    if (elements === 1) {
      checkRoot(file, parser.line, roots, name);
      handlers.root?.(attributes);
    } else if (elements > MAX_ROWS) stop(`more than ${MAX_ROWS} elements: the rest is left out`);
    else handlers.open(name, attributes, parser.line);
  });
  parser.on('closetag', ({ name }) => {
    if (!stopped) handlers.close(name, parser.line);
  });
  parser.on('error', (error) => {
    if (stopped || elements === 0) return;
    syntaxFaults++;
    if (syntaxFaults > MAX_SYNTAX_FAULTS) stop('too much of it is not XML: the rest is left out');
    else handlers.fault(parser.line, `is not XML: ${error.message.replace(/^\d+:\d+: /, '')}`);
  });
  return {
    write(text) {
      parser.write(text);
      return !stopped;
    },
    end() {
      const { line } = parser;
      if (!stopped) parser.close();
      if (elements === 0)
        throw new ReadingError('bad-header', `${file}:1: holds no XML element; ${expected(roots)}`);
      return line;
    },
  };
}

function checkRoot(file: string, line: number, roots: readonly string[], name: string): void {
  if (!roots.includes(name))
    throw new ReadingError('bad-header', `${file}:${line}: begins with <${name}>; ${expected(roots)}`);
}

const expected = (roots: readonly string[]): string =>
  `expected ${roots.map((root) => `<${root}>`).join(' or ')}`;
