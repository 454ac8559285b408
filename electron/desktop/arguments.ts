/** What the command line asks of the app. */
export interface Arguments {
  /** Run the practice lab, in a data folder of its own. */
  readonly lab: boolean;
  /** Play one drill and end. */
  readonly once: boolean;
  /** How many times as fast the practice goes; null: as it does by itself. */
  readonly pace: number | null;
  /** Start in the tray without a window: at login. */
  readonly hidden: boolean;
  /** Whether the caller chose the data folder. */
  readonly userDataGiven: boolean;
}

const FASTEST = 20;

/** Reads the switches that the app knows; Chromium and Node have their own beside them. */
export function parseArguments(argv: readonly string[]): Arguments {
  const switches = new Set(
    argv.filter((argument) => argument.startsWith('--')).map((text) => text.split('=')[0]),
  );
  const pace = Number(argv.find((argument) => argument.startsWith('--pace='))?.slice('--pace='.length));
  return {
    pace: pace >= 1 && pace <= FASTEST ? pace : null,
    lab: switches.has('--lab') || switches.has('--once'),
    once: switches.has('--once'),
    hidden: switches.has('--hidden'),
    userDataGiven: switches.has('--user-data-dir'),
  };
}
