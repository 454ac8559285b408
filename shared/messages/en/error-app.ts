export const errorApp = {
  'error.file.notFound': '{file} is not there.',
  'error.file.notReadable': '{file} cannot be read. See whether you may read it and whether it is a file.',
} as const;
