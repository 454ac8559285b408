/** RFC 3986: everything but letters, digits and `-_.~`, byte by byte in UTF-8. */
export function percentEncode(text: string): string {
  let out = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    out += /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** `k=v&k=v` in byte order of the plain keys, both sides encoded anew, whatever the client's own spelling was. */
export function canonicalQuery(parameters: Iterable<readonly [string, string]>): string {
  return [...parameters]
    .map(([key, value]) => ({ order: Buffer.from(key, 'utf8'), key, value }))
    .sort((a, b) => Buffer.compare(a.order, b.order))
    .map(({ key, value }) => `${percentEncode(key)}=${percentEncode(value)}`)
    .join('&');
}
