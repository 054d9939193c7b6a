/**
 * Which recordings a device has put into its outbox, and how far. A recording is one boot of the device, named by its
 * content, and its messages are cut the same on every run; so how many of them the outbox has given a sequence number is
 * all there is to know. The outbox counts in the same atomic write that stores a message; this book only keeps from
 * which number on the boot counts, and is on disk before the boot's first message.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Type, type Static } from 'typebox';
import { Check } from 'typebox/value';

const Count = Type.Integer({ minimum: 0 });
const Book = Type.Object(
  {
    schema: Type.Literal('wayside.boot-book.v1'),
    boots: Type.Record(
      Type.String(),
      Type.Object({
        /** Messages stored before another boot came between. */
        stored: Count,
        /** The device's last sequence number when the boot (again) became the current one; null where it is not. */
        since: Type.Union([Count, Type.Null()]),
        /** Nothing more is to be stored. */
        complete: Type.Boolean(),
      }),
    ),
  },
  { additionalProperties: false },
);
type Book = Static<typeof Book>;

export interface BootPosition {
  readonly stored: number;
  readonly complete: boolean;
}

/** Makes the boot the device's current one. @param lastSequence the last number the outbox has given out. */
export async function beginBoot(file: string, bootId: string, lastSequence: number): Promise<BootPosition> {
  const book = await readBook(file);
  for (const [id, boot] of Object.entries(book.boots))
    if (id !== bootId && boot.since !== null) {
      boot.stored += lastSequence - boot.since;
      boot.since = null;
    }
  const boot = (book.boots[bootId] ??= { stored: 0, since: null, complete: false });
  boot.since ??= lastSequence;
  await writeBook(file, book);
  return { stored: boot.stored + lastSequence - boot.since, complete: boot.complete };
}

export async function completeBoot(file: string, bootId: string): Promise<void> {
  const book = await readBook(file);
  const boot = book.boots[bootId];
  if (boot === undefined || boot.complete) return;
  boot.complete = true;
  await writeBook(file, book);
}

async function readBook(file: string): Promise<Book> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { schema: 'wayside.boot-book.v1', boots: {} };
  const book: unknown = JSON.parse(text);
  if (!Check(Book, book)) throw new Error(`${file} is not a boot book of this version`);
  return book;
}

/** Written apart, flushed and then renamed, so that a crash leaves the old book or the new one. */
async function writeBook(file: string, book: Book): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(JSON.stringify(book));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
