export const errorApp = {} as const;
