/** Bytes from the browser's generator, one at a time, fetched a block at once. */
export function cryptoBytes(): () => number {
  const block = new Uint8Array(256);
  let at = block.length;
  return () => {
    if (at === block.length) {
      crypto.getRandomValues(block);
      at = 0;
    }
    const byte = block[at] ?? 0;
    block[at] = 0;
    at += 1;
    return byte;
  };
}
