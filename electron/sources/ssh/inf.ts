/** The `Key = Value` lines of one section of an INF file as `secedit` writes it; keys as written. */
export function infSection(text: string, section: string): Record<string, string> {
  const values: Record<string, string> = {};
  let inside = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const header = /^\[(.*)\]$/.exec(line);
    if (header) inside = header[1]?.trim().toLowerCase() === section.toLowerCase();
    const pair = inside ? /^([A-Za-z]\w*)\s*=\s*(.*)$/.exec(line) : null;
    if (pair?.[1] !== undefined && pair[2] !== undefined) values[pair[1]] = pair[2].replace(/^"(.*)"$/, '$1');
  }
  return values;
}
