export const savedLog = {} as const;
