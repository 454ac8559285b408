/** Services that tell a caller its public address, by the id that the settings keep. */
export const addressServiceIds = ['ipify', 'icanhazip', 'cipcc', 'own'] as const;

/** The list with one service put at its end or taken away. */
export const toggled = (services: readonly string[], service: string, on: boolean): string[] => {
  const others = services.filter((one) => one !== service);
  return on ? [...others, service] : others;
};

/** An https address without credentials, or nothing at all. */
export function isServiceAddress(text: string): boolean {
  if (text === '') return true;
  try {
    const { protocol, username, password } = new URL(text);
    return protocol === 'https:' && username === '' && password === '';
  } catch {
    return false;
  }
}
