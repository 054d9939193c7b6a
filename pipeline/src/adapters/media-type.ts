/** What a file is, seen from its first bytes. */
import { fileTypeFromBuffer } from 'file-type';
import type { MediaTypeOf } from '../app/portal/uploads.ts';

export const mediaTypeOf: MediaTypeOf = async (bytes) => (await fileTypeFromBuffer(bytes))?.mime;
