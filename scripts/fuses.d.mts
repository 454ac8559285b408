export function wantedFuses(options: { forTests: boolean }): Record<string, boolean>;
export function readFuses(executable: string): Promise<Record<string, boolean>>;
export function setFuses(
  executable: string,
  wanted: Record<string, boolean>,
  options: { resetSignature: boolean },
): Promise<string[]>;
