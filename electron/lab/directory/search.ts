import type { ControllerName } from './domain/accounts';
import { isUnder, normalName, parentOf } from './domain/names';
import { CONFIGURATION_DN, DOMAIN, DOMAIN_DN, type PracticeDomain } from './domain/practice-domain';
import type { Entry, Value } from './domain/tree';
import { sidBytes } from './domain/values';
import { matches } from './matching';
import {
  type Outcome,
  RESULT,
  type SearchRequest,
  type WrittenAttribute,
  writeEntry,
  writeReference,
} from './protocol/messages';
import { rootEntry } from './root';

/** A part of a SID is 32 bits wide. */
const MOST_OF_A_PART = 0xff_ff_ff_ff;
const DOMAIN_NORMAL = normalName(DOMAIN_DN) ?? '';

export interface SearchContext {
  readonly domain: PracticeDomain;
  readonly controller: ControllerName;
  readonly now: () => number;
  readonly authenticated: boolean;
  /** Whether who asks may unlock accounts. */
  readonly administrator: boolean;
  /** Whether the answer may point to the other contexts below the base. */
  readonly references: boolean;
}

/** Everything that a search finds, written, before it is cut into pages. */
export interface Found {
  readonly entries: readonly Buffer[];
  readonly references: readonly Buffer[];
  readonly outcome: Outcome;
}

const nothing = (outcome: Outcome): Found => ({ entries: [], references: [], outcome });

export function search(request: SearchRequest, context: SearchContext): Found {
  const { domain, controller, now } = context;
  const sid = sidOf(request.base);
  const base = sid ? (bySid(sid, domain.entries(controller))?.normal ?? null) : normalName(request.base);
  if (base === null) return nothing({ code: RESULT.noSuchObject });
  if (base === undefined) return nothing({ code: RESULT.invalidDnSyntax, text: 'A name that is none.' });
  if (base === '' && request.scope === 'base') {
    const root = rootEntry(domain, controller, now);
    const shown = matches(root, request.filter) || request.filter.kind === 'present' ? [root] : [];
    return {
      ...nothing({ code: RESULT.success }),
      entries: shown.map((one) => written(one, request, context)),
    };
  }
  if (!context.authenticated) {
    const text = '000004DC: LdapErr: a bind has to be completed on this connection first, data 0';
    return nothing({ code: RESULT.operationsError, text });
  }
  if (!isUnder(base, DOMAIN_NORMAL)) {
    const referral = `ldap://${request.base.replace(/^.*?DC=/i, '').replace(/,DC=/gi, '.')}/${encodeURI(request.base)}`;
    return nothing({ code: RESULT.referral, referral });
  }
  const all = domain.entries(controller);
  const top = all.find(({ normal }) => normal === base);
  if (!top) return nothing({ code: RESULT.noSuchObject, matched: nearest(base, all) });
  const inScope = (entry: Entry): boolean => {
    if (request.scope === 'base') return entry === top;
    if (entry.context !== top.context) return false;
    return request.scope === 'one' ? parentOf(entry.normal) === base : isUnder(entry.normal, base);
  };
  const found = all.filter((entry) => inScope(entry) && matches(entry, request.filter));
  const above = base === DOMAIN_NORMAL && request.scope !== 'base' && context.references;
  return {
    entries: found.map((entry) => written(entry, request, context)),
    references: above ? [writeReference(`ldap://${DOMAIN}/${encodeURI(CONFIGURATION_DN)}`)] : [],
    outcome: { code: RESULT.success },
  };
}

/** The SID of a base such as `<SID=S-1-5-21-...>`, which names an object instead of a distinguished name. */
function sidOf(base: string): Buffer | undefined {
  const sid = /^<SID=(S-1(?:-\d{1,10}){2,15})>$/i.exec(base)?.[1];
  const small = sid
    ?.split('-')
    .slice(3)
    .every((part) => Number(part) <= MOST_OF_A_PART);
  return sid !== undefined && small === true ? sidBytes(sid) : undefined;
}

const bySid = (sid: Buffer, all: readonly Entry[]): Entry | undefined =>
  all.find((entry) => entry.attribute('objectSid').some((held) => sid.equals(Buffer.from(held))));

/** What the one who asks may write: worked out for accounts, from who asks. */
function writable(entry: Entry, { domain, administrator }: SearchContext): readonly string[] {
  return administrator && domain.accountAt(entry.normal) ? ['lockoutTime'] : [];
}

function nearest(base: string, all: readonly Entry[]): string {
  for (let name = parentOf(base); name !== ''; name = parentOf(name)) {
    const found = all.find(({ normal }) => normal === name);
    if (found) return found.dn;
  }
  return '';
}

/** Attributes as asked for: by name, all that is stored for `*` or none named, nothing for `1.1`. */
function written(entry: Entry, { attributes, typesOnly }: SearchRequest, context: SearchContext): Buffer {
  const names: string[] = [];
  const add = (name: string) => {
    if (!names.some((one) => one.toLowerCase() === name.toLowerCase())) names.push(name);
  };
  if (attributes.length === 0 || attributes.includes('*')) entry.stored.forEach(add);
  for (const name of attributes) if (name !== '*' && name !== '1.1' && name !== '+') add(name);
  const valuesOf = (name: string): readonly Value[] =>
    name.toLowerCase() === 'allowedattributeseffective' ? writable(entry, context) : entry.attribute(name);
  const shown = names
    .map(
      (name): WrittenAttribute => ({
        name,
        values: valuesOf(name).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(value))),
      }),
    )
    .filter(({ values }) => values.length > 0);
  return writeEntry(entry.dn, typesOnly ? shown.map(({ name }) => ({ name, values: [] })) : shown);
}
