const escapedByte = (byte: number): string => `\\${byte.toString(16).padStart(2, '0')}`;

/** A value inside an LDAP filter (RFC 4515): what means something there is escaped. */
export const ldapValue = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to be escaped
  value.replace(/[*()\\\u0000-\u001f\u007f]/g, (char) => escapedByte(char.charCodeAt(0)));

/** `S-1-5-21-...` as the bytes that a directory holds it in. */
function sidBytes(sid: string): readonly number[] {
  const [revision, authority, ...parts] = sid.slice(2).split('-').map(Number);
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes[0] = revision ?? 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(authority ?? 5, 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + index * 4);
  return [...bytes];
}

/** Finds one user of a domain: by SID where it is known, so that a rename does not hide it; else by logon name. */
export function userFilter({ name, sid }: { readonly name: string; readonly sid: string | null }): string {
  const which =
    sid === null
      ? `(sAMAccountName=${ldapValue(name)})`
      : `(objectSid=${sidBytes(sid).map(escapedByte).join('')})`;
  // 0x30000000: a user, neither a computer nor a trust.
  return `(&(sAMAccountType=805306368)${which})`;
}
