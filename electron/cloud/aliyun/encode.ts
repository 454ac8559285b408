export type Parameters = Readonly<Record<string, string>>;

/** RFC 3986: everything but letters, digits and `-_.~` as `%XX`, the five that `encodeURIComponent` spares too. */
export const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The canonical query: keys in the order of their bytes before encoding (`Ids.10` before `Ids.2`). */
export const canonicalQuery = (parameters: Parameters): string =>
  Object.keys(parameters)
    .sort(byBytes)
    .map((key) => `${encodeRfc3986(key)}=${encodeRfc3986(parameters[key] ?? '')}`)
    .join('&');
