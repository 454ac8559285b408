export const errorSsh = {} as const;
