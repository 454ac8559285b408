import { isServiceAddress } from '../../../shared/settings';

/** Services that tell a caller its public address, by the id that the settings keep. */
export const addressServiceIds = ['ipify', 'icanhazip', 'cipcc', 'own'] as const;

/** The list with one service put at its end or taken away. */
export const toggled = (services: readonly string[], service: string, on: boolean): string[] => {
  const others = services.filter((one) => one !== service);
  return on ? [...others, service] : others;
};

/** What the field may hold: an address that main takes, or nothing at all. */
export const isServiceEntry = (text: string): boolean => text === '' || isServiceAddress(text);
