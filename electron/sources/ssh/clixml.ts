const ENTITY: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITY[name] ?? '')
    .replace(/&#x([0-9A-Fa-f]{1,6});/g, (whole, code: string) => {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });

/**
 * PowerShell writes standard error as CLIXML when nobody sits at a terminal. The error lines of it, without progress,
 * verbose and warning records; text that is not CLIXML comes back as it is.
 */
export function errorLines(stderr: string): string[] {
  const lines: string[] = [];
  let rest = '';
  let at = 0;
  for (const block of stderr.matchAll(/#< CLIXML\s*|<Objs\b[\s\S]*?(?:<\/Objs>|$)/g)) {
    rest += stderr.slice(at, block.index);
    at = block.index + block[0].length;
    const text = [...block[0].matchAll(/<S S="Error">([\s\S]*?)<\/S>/g)].map(([, inner]) =>
      decode(inner ?? ''),
    );
    lines.push(...text.join('').split(/\r?\n/));
  }
  rest += stderr.slice(at);
  return [...lines, ...rest.split(/\r?\n/)].map((line) => line.trimEnd()).filter((line) => line !== '');
}

/** What PowerShell calls the failure in every language: its FullyQualifiedErrorId; undefined if it names none. */
export function errorIdOf(lines: readonly string[]): string | undefined {
  const match = /FullyQualifiedErrorId\s*:\s*([\w.,-]{1,120})/.exec(lines.join('\n'));
  return match?.[1];
}
