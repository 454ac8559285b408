export const savedLog = {
  'error.log.binary':
    '{file} is a binary event log (.evtx). Turn it into XML on any Windows machine first, in PowerShell or the command prompt: wevtutil qe "{file}" /lf:true /f:xml > out.xml',
  'error.log.empty': '{file} is empty.',
  'error.log.noEvents':
    '{file} holds no Windows events. Save the log as XML, or export it with: wevtutil qe Security /f:xml > out.xml',
  'error.log.unordered':
    '{file} is not in the order of time and too large to be put in order here. Export it again with the oldest event first.',
} as const;
