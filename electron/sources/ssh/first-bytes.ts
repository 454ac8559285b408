import type { Readable } from 'node:stream';

export type FirstWords = 'none' | 'ssh' | 'busy' | 'other';

/** Sentences with which OpenSSH turns a connection away before it names itself. */
const TURNED_AWAY = /^(Exceeded MaxStartups|Not allowed at this time)/m;
const ENOUGH = 4096;

/**
 * Looks over ssh2's shoulder at what a server says first, to tell "not an SSH server" from "hung up". Attach it after
 * ssh2, which has paused the stream.
 */
export function watchFirstBytes(stream: Readable): () => FirstWords {
  let seen = '';
  const onData = (chunk: Buffer) => {
    seen += chunk.toString('latin1', 0, ENOUGH);
    if (seen.length >= ENOUGH || /^SSH-/m.test(seen)) stream.removeListener('data', onData);
  };
  stream.on('data', onData);
  return () => {
    if (/^SSH-/m.test(seen)) return 'ssh';
    if (seen === '') return 'none';
    return TURNED_AWAY.test(seen) ? 'busy' : 'other';
  };
}
