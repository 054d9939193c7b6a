/**
 * The register as a file, `register.json` of the data folder: addresses by account. An authority puts its own register
 * behind the same port; a house without the file knows nobody.
 */
import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Language } from '@wayside/contracts/notice';
import { AccountId } from '@wayside/contracts/tokens';
import type { Address, AddressBook } from '../app/notices/channel.ts';

const validator = Compile(
  Type.Record(
    AccountId,
    Type.Object(
      {
        language: Type.Optional(Language),
        email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
      },
      { additionalProperties: false },
    ),
  ),
);

/** Read anew at every question, so that a change of address counts at once. */
export const addressFile = (path: string): AddressBook => ({
  addressOf: async (account): Promise<Address | undefined> => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const entries: unknown = JSON.parse(text);
    if (!validator.Check(entries)) throw new Error(`${path} is no register of addresses by account`);
    return entries[account];
  },
});
