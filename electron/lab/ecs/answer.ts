import type { Json, JsonObject } from './types';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

/** A list becomes its element again and again, under the list's own name. */
function element(name: string, value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => element(name, item)).join('');
  if (value === null) return `<${name}/>`;
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, item]) => element(key, item));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

export interface WrittenAnswer {
  readonly contentType: string;
  readonly text: string;
}

/** Writes a body in the asked form; `root` names the XML document, such as `DescribeInstancesResponse` or `Error`. */
export function writeAnswer(format: 'JSON' | 'XML', root: string, body: JsonObject): WrittenAnswer {
  if (format === 'JSON') return { contentType: 'application/json;charset=utf-8', text: JSON.stringify(body) };
  const text = `<?xml version='1.0' encoding='UTF-8'?>${element(root, body)}`;
  return { contentType: 'text/xml;charset=utf-8', text };
}
