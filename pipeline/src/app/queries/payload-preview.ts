/** @returns the bytes as text where they are printable UTF-8 (a character cut off at the end is left out), else as hexadecimal. */
export function payloadPreview(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    if (!UNPRINTABLE.test(text)) return text;
  } catch {
    // Not text; shown as hexadecimal.
  }
  return Buffer.from(bytes).toString('hex');
}

/** Controls other than tab, line feed and carriage return, and the marks that turn the direction of what follows. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;
