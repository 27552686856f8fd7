/** What is known of where a stream is shown. */
export interface Screen {
  /** Whether somebody looks at it while it is written. */
  readonly isTerminal: boolean;
  /** Its width; `undefined` where it is no terminal. */
  readonly columns: number | undefined;
  /** By NO_COLOR, FORCE_COLOR and the terminal. */
  readonly hasColor: boolean;
}

/** What is known of a stream of the process, by the stream and the environment. */
export function screenOf(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  const isTerminal = stream.isTTY === true;
  const forced = env['FORCE_COLOR'];
  const isForced = forced !== undefined && forced !== '0' && forced !== 'false';
  const isRefused = Boolean(env['NO_COLOR']) || forced === '0' || forced === 'false';
  return {
    isTerminal,
    columns: isTerminal ? stream.columns : undefined,
    hasColor: !isRefused && (isForced || (isTerminal && stream.hasColors())),
  };
}
