import type { WindowsInstance } from './windows/instance';
import { SECURITY } from './windows/security-events';

/** What is wrong with one instance's SSH server at present. */
export interface ServerFaults {
  /** `banner`: accepts the connection and never says a word; `command`: takes commands and never answers. */
  hang: 'no' | 'banner' | 'command';
  /** Ends the connection after so many bytes of a command's output; null is off. */
  dropAfterBytes: number | null;
  refusePasswords: boolean;
  refuseKeys: boolean;
  /** Holds every answer back for so long, in milliseconds. */
  answerDelayMs: number;
}

export const noFaults = (): ServerFaults => ({
  hang: 'no',
  dropAfterBytes: null,
  refusePasswords: false,
  refuseKeys: false,
  answerDelayMs: 0,
});

/** A channel that starts again at record 1, as after a rebuild of the machine's logs. */
export function rebuildLog(windows: WindowsInstance, channel = SECURITY): void {
  windows.log(channel)?.rebuild();
}

const head = (recordId: number, time: string, computer: string) =>
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
  "<Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID><Version>0</Version><Level>0</Level>" +
  '<Task>12544</Task><Opcode>0</Opcode><Keywords>0x8010000000000000</Keywords>' +
  `<TimeCreated SystemTime='${time}'/><EventRecordID>${recordId}</EventRecordID><Correlation/>` +
  `<Execution ProcessID='4' ThreadID='8'/><Channel>Security</Channel><Computer>${computer}</Computer><Security/></System>`;

/** Four records that no XML reader takes as they are; returns how many were written. */
export function writeBrokenRecords(windows: WindowsInstance): number {
  const tails = [
    "<EventData><Data Name='TargetUserName'>cut off in the mid",
    "<EventData><Data Name='TargetUserName'>a \u0001\u0013 b \ud83d</Data></EventData></Event>",
    "<EventData><Data Name='TargetUserName'>AT&T &nosuch; <b></Data></EventData></Event>",
    '<EventData><Data Name=TargetUserName>no quotes</Data></EventData></Event>',
  ];
  for (const tail of tails) {
    windows.writeRaw(SECURITY, 4625, (id, time) => head(id, time, windows.computer) + tail);
  }
  return tails.length;
}

/** One well-formed failed logon whose name alone is so many bytes of UTF-8. */
export function writeHugeEvent(windows: WindowsInstance, bytes = 10 * 1024 * 1024): void {
  const name = 'x'.repeat(bytes);
  windows.writeRaw(SECURITY, 4625, (id, time) => {
    const data =
      `<EventData><Data Name='TargetUserName'>${name}</Data><Data Name='TargetDomainName'>${windows.computer}</Data>` +
      "<Data Name='Status'>0xc000006d</Data><Data Name='SubStatus'>0xc0000064</Data><Data Name='LogonType'>3</Data></EventData>";
    return `${head(id, time, windows.computer)}${data}</Event>`;
  });
}
